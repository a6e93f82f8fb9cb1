from marketplace.foundation.database import transaction
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.enums import OrganisationState
from marketplace.postings.lives.enums import PostingState
from marketplace.upkeep.mail.models import Letter
from marketplace.upkeep.mail.services import queue
from tests.factories.people import make_coordinator, make_organisation, make_user
from tests.factories.postings import make_offer
from tests.moments import NOON


def test_desk_shows_what_waits(browser):
    make_organisation(name="Neuling", state=OrganisationState.REGISTERED)
    make_offer(PostingState.SUBMITTED, title="Bitte lesen")
    browser.sign_in(make_coordinator())

    page = browser.get("/koordination").text

    assert "Neuling" in page
    assert "Bitte lesen" in page
    assert "Alles erledigt" in page


def test_desk_is_for_the_office_alone(browser):
    guest = browser.get("/koordination").status_code
    member = browser.sign_in(make_user()).get("/koordination").status_code

    assert (guest, member) == (302, 404)


def test_outbox_shows_state_and_address_but_no_text(browser):
    with transaction():
        letter = Letter("password_changed", "Betreff", {"name": "Geheimname"})
        queue(letter, ["leserin@example.org"], at=NOON)
    browser.sign_in(make_user(Role.ADMIN))

    page = browser.get("/koordination/postausgang").text

    assert ("leserin@example.org" in page, "wartet" in page) == (True, True)
    assert "Geheimname" not in page

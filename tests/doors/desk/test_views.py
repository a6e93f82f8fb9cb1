from datetime import timedelta

import pytest

from marketplace.foundation.database import transaction
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.enums import OrganisationState
from marketplace.postings.lives.enums import PostingState
from marketplace.upkeep.mail.models import Letter
from marketplace.upkeep.mail.services import queue
from marketplace.upkeep.settings.enums import NEEDED, Setting
from marketplace.upkeep.settings.services import change_setting
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


def test_desk_names_what_is_missing_before_all_may_come(browser):
    browser.sign_in(make_coordinator())
    page = browser.get("/koordination").text
    assert "Das fehlt noch, bevor die Seite für alle offen ist" in page
    assert "security.txt" in page
    assert str(Setting.OFFICE_EMAIL.label) in page

    with transaction():
        for setting in NEEDED:
            change_setting(setting, "leitung@example.org", actor=None, at=NOON)

    page = browser.get("/koordination").text
    assert "Das fehlt noch" not in page


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


def test_desk_tells_age_and_what_is_overdue_most_urgent_first(browser):
    make_organisation(
        name="Vergessen",
        state=OrganisationState.REGISTERED,
        registered_at=NOON - timedelta(days=5),
    )
    make_offer(PostingState.SUBMITTED, changed_at=NOON - timedelta(days=1))
    browser.sign_in(make_coordinator())

    page = browser.get("/koordination").text

    assert "Eine Sache ist überfällig." in page
    assert "die älteste seit 5 Tagen" in page
    assert "<strong>1 überfällig</strong>" in page
    assert page.index('id="pruefen"') < page.index('id="lesen"')
    assert page.index('id="lesen"') < page.index('id="meldungen"')


def test_desk_with_nothing_late_says_so(browser):
    make_offer(PostingState.SUBMITTED, changed_at=NOON - timedelta(days=3))
    browser.sign_in(make_coordinator())

    assert "Nichts ist überfällig." in browser.get("/koordination").text


def test_desk_asks_as_often_with_thirty_as_with_one(browser, queries):
    make_offer(PostingState.SUBMITTED)
    browser.sign_in(make_coordinator())
    browser.get("/koordination")
    queries.clear()
    browser.get("/koordination")
    few = len(queries)
    for k in range(29):
        make_offer(PostingState.SUBMITTED, title=f"Angebot {k}")
    queries.clear()
    browser.get("/koordination")

    assert len(queries) == few


@pytest.mark.parametrize(
    ("narrowing", "shown"),
    [
        ("", ["anna@example.org", "bert@example.org"]),
        ("adresse=Anna", ["anna@example.org"]),
        ("stand=waiting", ["anna@example.org", "bert@example.org"]),
        ("stand=parked", []),
        ("adresse=%25", []),
        ("stand=unsinn", ["anna@example.org", "bert@example.org"]),
    ],
)
def test_outbox_is_narrowed_by_state_and_address(browser, narrowing, shown):
    both = ["anna@example.org", "bert@example.org"]
    with transaction():
        queue(Letter("password_changed", "Betreff", {"name": "X"}), both, at=NOON)
    browser.sign_in(make_coordinator())

    page = browser.get(f"/koordination/postausgang?{narrowing}").text

    assert [address for address in both if address in page] == shown

import pytest

from marketplace.foundation.database import db
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.enums import InvitationState
from marketplace.people.organisations.mails import INVITATION
from marketplace.upkeep.audit.queries import history_of
from marketplace.upkeep.mail.queries import link_of
from tests.factories.invitations import make_invitation, token_of
from tests.factories.people import (
    PASSWORD,
    make_coordinator,
    make_organisation,
    make_pupil,
    make_user,
)
from tests.moments import NOON

WHY = "Unter diesem Namen schreibt jemand anders."
SHUT = {"act": "disable", "reason": WHY}
OPEN = {"act": "enable", "reason": "Geklärt."}


def place_of(user):
    return f"/koordination/konten/{user.id}"


def test_office_shuts_an_account_and_opens_it_again(app, browser, outbox):
    pupil = make_pupil()
    hers = app.test_client().sign_in(pupil)
    browser.sign_in(make_coordinator())

    shut = browser.post(place_of(pupil), data=SHUT)
    page = browser.get(place_of(pupil)).text
    is_out = hers.get("/konto").status_code
    opened = browser.post(place_of(pupil), data=OPEN)

    assert (shut.status_code, is_out, opened.status_code) == (302, 302, 302)
    assert "Gesperrt seit 23.11.2026" in page
    assert WHY in page
    letters = ["account_disabled", "account_enabled"]
    assert outbox() == [(pupil.email, letter) for letter in letters]
    assert "Gesperrt seit" not in browser.get(place_of(pupil)).text


def test_who_is_shut_out_reads_one_clear_sentence(browser):
    user = make_user(disabled_at=NOON)

    data = {"email": user.email, "password": PASSWORD}
    right = browser.post("/anmelden", data=data)
    wrong = browser.post("/anmelden", data=data | {"password": "etwas anderes"})

    assert (right.status_code, wrong.status_code) == (422, 422)
    assert "Dieses Konto ist gesperrt. Die Gründe stehen im Brief dazu." in right.text
    assert "gesperrt" not in wrong.text
    assert browser.get("/konto").status_code == 302


@pytest.mark.parametrize(
    "changes", [{"reason": ""}, {"reason": " \n"}, {"act": ""}, {"act": "other"}]
)
def test_a_reason_and_an_act_are_needed(browser, changes):
    user = make_user()
    browser.sign_in(make_coordinator())

    page = browser.post(place_of(user), data=SHUT | changes)

    assert page.status_code == 422
    assert "Es gibt ein Problem" in page.text
    assert user.disabled_at is None


def test_pressed_twice_an_account_stays_as_it_was_wanted(browser, outbox):
    user = make_user()
    browser.sign_in(make_coordinator())

    shown = browser.get(place_of(user)).text
    shut = [browser.post(place_of(user), data=SHUT) for _press in range(2)]
    is_shut = user.disabled_at is not None
    shown_then = browser.get(place_of(user)).text
    opened = [browser.post(place_of(user), data=OPEN) for _press in range(2)]

    assert [page.status_code for page in shut + opened] == [302, 409, 302, 409]
    assert "Dieses Konto ist schon gesperrt." in shut[1].text
    assert "Dieses Konto ist nicht gesperrt." in opened[1].text
    assert (is_shut, user.disabled_at) == (True, None)
    assert [letter for _who, letter in outbox()] == [
        "account_disabled",
        "account_enabled",
    ]
    assert ('value="disable"' in shown, 'value="enable"' in shown_then) == (True, True)


def test_invitations_of_who_is_shut_out_end(browser):
    owner, other = make_user(), make_user()
    linse = make_organisation(owner)
    hers = make_invitation(linse, "neu@example.org", is_owner=True)
    theirs = make_invitation(make_organisation(other), "neu@example.org")
    token = token_of(hers)
    browser.sign_in(make_coordinator())

    browser.post(place_of(owner), data=SHUT)

    states = (hers.state, theirs.state)
    assert states == (InvitationState.REVOKED, InvitationState.OPEN)
    assert link_of(INVITATION, token).valid_until <= NOON
    entries = db.session.scalars(history_of(hers)).all()
    assert entries[-1].verb == "organisation.invitation_revoked"


def test_own_account_shows_no_button_and_refuses(browser):
    office = make_coordinator()
    browser.sign_in(office)

    assert "Dieses Konto können Sie nicht sperren" in browser.get(place_of(office)).text
    assert browser.post(place_of(office), data=SHUT).status_code == 409
    assert office.disabled_at is None


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.MEMBER, 404), (Role.OBSERVER, 404), (Role.ADMIN, 200)],
)
def test_accounts_are_for_office_and_admin(browser, role, status):
    user = make_user()

    assert browser.sign_in(make_user(role)).get(place_of(user)).status_code == status


def test_search_leads_to_the_account(browser):
    user = make_user(surname="Ahorn", disabled_at=NOON)
    browser.sign_in(make_coordinator())

    page = browser.get("/koordination/suche?q=Ahorn").text

    assert f'href="{place_of(user)}"' in page
    assert "gesperrt" in page

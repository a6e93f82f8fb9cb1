from datetime import timedelta

import pytest

from marketplace.foundation.database import db
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Membership
from marketplace.upkeep.settings.enums import Setting
from tests.factories.invitations import make_invitation, token_of
from tests.factories.people import (
    PASSWORD,
    make_member,
    make_organisation,
    make_user,
)
from tests.factories.settings import set_to
from tests.moments import NOON

ADDRESS = "neu@example.org"
JOIN = {
    "first_name": "Nora",
    "surname": "Neumann",
    "password": "kaninchen pfote lampe",
}


@pytest.fixture
def owner(app):
    return make_user()


@pytest.fixture
def linse(owner):
    return make_organisation(owner, "Labor Linse")


def members(organisation, *ways):
    return "/".join(
        [f"/organisationen/{organisation.public_id}", *(str(way) for way in ways)]
    )


def number_of(user):
    return db.session.scalar(
        db.select(Membership.id).where(Membership.user_id == user.id)
    )


def names(organisation):
    return {m.user.email for m in organisation.memberships}


def test_index_shows_owners_more_than_members(app, linse, owner):
    member = make_member(linse)
    make_invitation(linse)

    pages = [
        app.test_client().sign_in(who).get(members(linse, "mitglieder")).text
        for who in (owner, member)
    ]

    for page in pages:
        assert owner.email in page
        assert member.email in page
    for words in (ADDRESS, "Einladung schicken", "Verwaltung geben", "Herausnehmen"):
        assert [words in page for page in pages] == [True, False]


def test_members_do_not_exist_for_strangers(app, linse, owner):
    invitation = make_invitation(linse)
    stranger = app.test_client().sign_in(make_user())
    member = app.test_client().sign_in(make_member(linse))
    acts = [
        *(("mitglieder", number_of(owner), act) for act in ("verwalten", "entfernen")),
        *(("einladungen", invitation.id, act) for act in ("nochmal", "zurueckziehen")),
    ]

    for ways in [("mitglieder",), ("austreten",), *acts]:
        assert stranger.post(members(linse, *ways)).status_code == 404
    for ways in acts:
        assert member.post(members(linse, *ways)).status_code == 404


def test_a_member_of_another_organisation_is_not_found_here(browser, linse, owner):
    other = make_member(make_organisation())

    way = members(linse, "mitglieder", number_of(other), "entfernen")

    assert browser.sign_in(owner).post(way).status_code == 404


@pytest.mark.parametrize("role", [None, Role.MEMBER, Role.PUPIL, Role.COORDINATOR])
def test_inviting_answers_the_same_whoever_has_an_account(browser, linse, owner, role):
    if role:
        make_user(role, email=ADDRESS)
    browser.sign_in(owner)

    answer = browser.post(members(linse, "mitglieder"), data={"email": ADDRESS})
    page = browser.get(answer.location).text

    assert (answer.status_code, answer.location) == (
        302,
        f"{members(linse)}-labor-linse/mitglieder",
    )
    assert "Der Brief ist unterwegs." in page
    assert "gilt bis 30.11.2026" in page


@pytest.mark.parametrize("email", ["", "keine Adresse", ADDRESS])
def test_inviting_shows_the_mistake(browser, linse, owner, email, outbox):
    make_invitation(linse)

    page = browser.sign_in(owner).post(
        members(linse, "mitglieder"), data={"email": email}
    )

    assert page.status_code == 422
    assert "Es gibt ein Problem" in page.text
    assert len(outbox()) == 1


def test_the_link_does_nothing_until_it_is_pressed(browser, linse):
    user = make_user(email=ADDRESS)
    way = f"/organisationen/einladung/{token_of(make_invitation(linse))}"
    browser.sign_in(user)

    for _ in range(10):
        assert "Einladung annehmen" in browser.get(way).text
        browser.head(way)
    assert len(linse.memberships) == 1
    answer = browser.post(way)

    assert user.email in names(linse)
    assert "Labor Linse" in browser.get(answer.location).text
    assert browser.get(way).status_code == 409


def test_the_link_leads_to_sign_in_where_there_is_an_account(browser, linse):
    make_user(email=ADDRESS)
    token = token_of(make_invitation(linse))
    way = f"/organisationen/einladung/{token}"

    page = browser.get(way).text
    assert f"/anmelden?weiter=/organisationen/einladung/{token}" in page
    assert "Konto eröffnen und annehmen" not in page
    # Pressed by a guest it opens nothing.
    assert browser.post(way).status_code == 409

    form = {"email": ADDRESS, "password": PASSWORD}
    answer = browser.post(f"/anmelden?weiter={way}", data=form)
    assert answer.location == way


@pytest.mark.parametrize(
    ("role", "email", "words"),
    [
        (Role.MEMBER, "b@example.org", "mit einer anderen Adresse angemeldet"),
        (Role.PUPIL, "c@example.org", "mit einer anderen Adresse angemeldet"),
    ],
)
def test_the_link_is_bound_to_its_address(browser, linse, role, email, words):
    way = f"/organisationen/einladung/{token_of(make_invitation(linse))}"
    browser.sign_in(make_user(role, email=email))

    assert words in browser.get(way).text
    assert browser.post(way).status_code == 409
    assert len(linse.memberships) == 1


def test_the_link_says_that_a_pupils_account_is_of_another_kind(browser, linse):
    make_user(Role.PUPIL, email=ADDRESS)
    way = f"/organisationen/einladung/{token_of(make_invitation(linse))}"

    assert "von anderer Art" in browser.get(way).text


def test_the_link_opens_an_account_where_there_is_none(browser, linse):
    way = f"/organisationen/einladung/{token_of(make_invitation(linse))}"

    wrong = browser.post(way, data=JOIN | {"password": "passwort1234"})
    assert (wrong.status_code, 'value="Nora"' in wrong.text) == (422, True)
    assert browser.post(way, data=JOIN).location == "/anmelden"

    user = db.session.scalars(db.select(User).where(User.email == ADDRESS)).one()
    assert [m.user_id for m in linse.memberships][1:] == [user.id]
    assert browser.post(way, data=JOIN).status_code == 409


def test_removing_asks_first_and_ends_the_access_at_once(app, linse, owner):
    member = make_member(linse)
    there, here = app.test_client().sign_in(member), app.test_client().sign_in(owner)
    way = members(linse, "mitglieder", number_of(member), "entfernen")

    assert there.get(members(linse, "bearbeiten")).status_code == 200
    assert member.email in here.get(way).text
    assert len(linse.memberships) == 2
    here.post(way)

    assert names(linse) == {owner.email}
    assert there.get(members(linse, "bearbeiten")).status_code == 404


def test_handing_over_and_leaving(app, linse, owner):
    member = make_member(linse)
    browser = app.test_client().sign_in(owner)

    refused = browser.post(members(linse, "austreten"))
    assert refused.status_code == 409
    assert "Übergeben Sie die Verwaltung zuerst" in refused.text
    browser.post(members(linse, "mitglieder", number_of(member), "uebergeben"))
    browser.post(members(linse, "austreten"))

    assert names(linse) == {member.email}
    assert linse.memberships[0].is_owner


def test_invitations_are_sent_again_and_taken_back(browser, linse, owner, outbox, app):
    invitation = make_invitation(linse)
    app.config["NOW"] = NOON + timedelta(days=9)
    browser.sign_in(owner)

    assert "abgelaufen am 30.11.2026" in browser.get(members(linse, "mitglieder")).text
    browser.post(members(linse, "einladungen", invitation.id, "nochmal"))
    assert "gilt bis 09.12.2026" in browser.get(members(linse, "mitglieder")).text
    browser.post(members(linse, "einladungen", invitation.id, "zurueckziehen"))

    assert ADDRESS not in browser.get(members(linse, "mitglieder")).text
    assert outbox() == []


def test_mine_lets_choose_for_which_one_acts(browser):
    user = make_user()
    make_organisation(user, "Labor Linse")
    browser.sign_in(user)
    with_one = browser.get("/konto").text
    second = make_organisation(user, "Museum Rad")

    assert "Für welche Sie gerade handeln" not in with_one
    assert "Für welche Sie gerade handeln" in browser.get("/konto").text
    browser.post(members(second, "handeln"))
    page = browser.get("/organisationen/meine").text

    assert page.index("Museum Rad") < page.index("Labor Linse")
    assert page.count("Dafür handeln") == 1
    other = members(make_organisation(), "handeln")
    assert browser.post(other).status_code == 404


def test_mine_says_so_where_there_is_none(browser):
    page = browser.sign_in(make_user()).get("/organisationen/meine").text

    assert "Noch keine Organisation" in page


@pytest.mark.parametrize("rows", [1, 30])
def test_index_asks_the_database_the_same_number_of_times(
    browser, linse, owner, queries, rows
):
    set_to(Setting.MOST_INVITATIONS, 30)
    set_to(Setting.MOST_INVITATIONS_A_DAY, 30)
    for number in range(rows):
        make_member(linse)
        make_invitation(linse, f"neu{number}@example.org")
    browser.sign_in(owner)
    way = members(linse, "mitglieder")

    queries.clear()
    browser.get(way)

    # Who reads; organisation, its sites, its memberships; members; invitations.
    assert len(queries) == 6

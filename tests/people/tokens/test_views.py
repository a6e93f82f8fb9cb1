import re

from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.people.organisations.models import Membership
from marketplace.people.tokens.models import AccessToken
from marketplace.people.tokens.queries import token_with
from tests.factories.people import make_coordinator, make_organisation, make_user
from tests.factories.tokens import make_access

ENTRY = {"name": "Kursverwaltung", "scopes": ["write"]}


def test_the_secret_is_shown_once(browser):
    owner = make_user()
    make_organisation(owner, name="Labor Linse")
    browser.sign_in(owner)

    page = browser.post("/konto/zugang/neu", data=ENTRY).text
    secret = re.search(r'value="(mint_[^"]+)"', page)[1]
    listed = browser.get("/konto/zugang").text

    token = token_with(secret)
    assert (token.name, token.scopes) == ("Kursverwaltung", {"write"})
    assert token.organisation.name == "Labor Linse"
    assert "Kursverwaltung" in listed
    assert secret not in listed
    assert "Noch nie benutzt" in listed


def test_nothing_is_made_without_saying_what_for(browser):
    owner = make_user()
    make_organisation(owner)
    browser.sign_in(owner)

    answer = browser.post("/konto/zugang/neu", data={"name": ""})

    assert answer.status_code == 422
    assert db.session.scalars(select(AccessToken)).all() == []


def test_who_does_not_manage_sees_and_changes_nothing(browser):
    owner, member = make_user(), make_user()
    organisation = make_organisation(owner)
    make_access(organisation)
    with transaction():
        organisation.memberships.append(Membership(user=member))
    token = db.session.scalars(select(AccessToken)).one()
    browser.sign_in(member)

    page = browser.get("/konto/zugang").text

    assert "Unser Programm" in page
    assert "Zurückziehen" not in page
    assert browser.get("/konto/zugang/neu").status_code == 404
    address = f"/konto/zugang/{token.id}/zurueckziehen"
    assert browser.post(address).status_code == 404
    browser.sign_in(make_coordinator())
    assert browser.post(address).status_code == 404
    assert db.session.get(AccessToken, token.id).revoked_at is None


def test_a_token_is_revoked_by_a_button(browser):
    owner = make_user()
    organisation = make_organisation(owner)
    headers = make_access(organisation)
    token = db.session.scalars(select(AccessToken)).one()
    browser.sign_in(owner)

    browser.post(f"/konto/zugang/{token.id}/zurueckziehen")

    assert "Unser Programm" not in browser.get("/konto/zugang").text
    answer = browser.post("/api/v1/offers", headers=headers, json={})
    assert answer.status_code == 401

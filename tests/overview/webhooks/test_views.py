import re
from datetime import timedelta

from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.overview.webhooks.models import Delivery, Subscription
from marketplace.people.organisations.models import Membership
from tests.factories.people import make_organisation, make_user
from tests.moments import NOON

HERE = "/konto/zugang/meldungen"
ENTRY = {"address": " https://portal.example.org/mint ", "subjects": ["offers"]}


def test_an_address_is_entered_tried_and_ended(browser):
    owner = make_user()
    make_organisation(owner)
    browser.sign_in(owner)

    page = browser.post(f"{HERE}/neu", data=ENTRY).text
    secret = re.search(r'id="geheimnis" readonly value="([^"]+)"', page)[1]
    subscription = db.session.scalars(select(Subscription)).one()
    here = f"{HERE}/{subscription.id}"
    browser.post(f"{here}/probe")
    shown = browser.get(here).text

    assert subscription.secret == secret
    assert subscription.address == "https://portal.example.org/mint"
    assert "Probe" in shown
    assert "unterwegs" in shown
    assert secret not in shown
    assert "portal.example.org" in browser.get(HERE).text
    browser.post(f"{here}/beenden")
    assert db.session.scalars(select(Delivery)).all() == []
    assert "portal.example.org" not in browser.get(HERE).text


def test_an_address_inside_is_a_mistake(browser):
    owner = make_user()
    make_organisation(owner)
    browser.sign_in(owner)

    entry = ENTRY | {"address": "https://169.254.169.254/"}
    answer = browser.post(f"{HERE}/neu", data=entry)

    assert answer.status_code == 422
    assert db.session.scalars(select(Subscription)).all() == []


def test_others_see_nothing_and_members_change_nothing(browser):
    owner, member = make_user(), make_user()
    organisation = make_organisation(owner)
    browser.sign_in(owner)
    browser.post(f"{HERE}/neu", data=ENTRY)
    number = db.session.scalars(select(Subscription.id)).one()
    with transaction():
        organisation.memberships.append(Membership(user=member))

    browser.sign_in(member)
    assert browser.get(f"{HERE}/{number}").status_code == 200
    assert browser.post(f"{HERE}/{number}/beenden").status_code == 404
    assert browser.get(f"{HERE}/neu").status_code == 404
    stranger = make_user()
    make_organisation(stranger)
    browser.sign_in(stranger)
    assert browser.get(f"{HERE}/{number}").status_code == 404
    assert db.session.scalars(select(Subscription.id)).all() == [number]


def test_an_address_needs_a_password_of_just_now(browser, app):
    owner = make_user()
    make_organisation(owner)
    browser.sign_in(owner)
    app.config["NOW"] = NOON + timedelta(minutes=20)

    answer = browser.post(f"{HERE}/neu", data=ENTRY)

    assert (answer.status_code, "noch-einmal" in answer.location) == (302, True)
    assert db.session.scalars(select(Subscription)).all() == []

"""Before what cannot be taken back, the password once more, unless just entered."""

from datetime import timedelta

import pytest

from marketplace.foundation.database import db
from marketplace.people.accounts.models import SignIn
from marketplace.people.accounts.queries import open_recovery_codes
from marketplace.people.organisations.models import Invitation, Membership, Organisation
from tests.factories.people import PASSWORD, make_member, make_organisation, make_user
from tests.moments import NOON
from tests.people.accounts.test_factor import code_at, with_factor

LATER = NOON + timedelta(minutes=15, seconds=1)


@pytest.fixture
def owner(app, browser):
    owner = make_user()
    browser.sign_in(owner)
    return owner


def ways_of(organisation):
    place = f"/organisationen/{organisation.public_id}"
    member = make_member(organisation)
    row = db.session.query(Membership).filter_by(user_id=member.id).one()
    acts = ("verwalten", "uebergeben", "entfernen")
    return [f"{place}/loeschen", *(f"{place}/mitglieder/{row.id}/{a}" for a in acts)]


def test_within_a_quarter_hour_nothing_is_asked(app, browser, owner):
    ways = ways_of(make_organisation(owner))
    app.config["NOW"] = NOON + timedelta(minutes=15)

    assert [browser.get(way).status_code for way in ways] == [200] * 4


def test_later_one_is_led_to_the_password(app, browser, owner):
    ways = ways_of(make_organisation(owner))
    app.config["NOW"] = LATER

    for way in ways:
        expected = f"/konto/noch-einmal?weiter={way}"
        assert browser.get(way).location == expected
        assert browser.post(way, data={"name": "Labor"}).location == expected
    assert db.session.query(Membership).count() == 2
    assert db.session.query(Organisation).filter_by(closed_at=None).count() == 1


def test_who_sent_something_is_told_to_send_it_again(app, browser, owner):
    way = ways_of(make_organisation(owner))[0]
    app.config["NOW"] = LATER
    sentence = "Noch ist nichts gespeichert. Bitte danach noch einmal senden."

    read = browser.get(browser.get(way).location).text
    sent = browser.get(browser.post(way, data={"name": "Labor"}).location).text

    assert (sentence in read, sentence in sent) == (False, True)


def test_the_way_back_keeps_the_whole_address(app, browser, owner):
    way = f"{ways_of(make_organisation(owner))[0]}?von=liste"
    app.config["NOW"] = LATER
    ask = browser.get(way).location

    assert browser.post(ask, data={"present": PASSWORD}).location == way


def test_only_an_invitation_to_administer_asks_for_the_password(app, browser, owner):
    organisation = make_organisation(owner)
    way = f"/organisationen/{organisation.public_id}/mitglieder"
    app.config["NOW"] = LATER
    both = {"email": "neu@example.org", "is_owner": "y"}

    plain = browser.post(way, data={"email": "andere@example.org"})
    asked = browser.post(way, data=both)
    invited = db.session.scalars(db.select(Invitation.email)).all()
    browser.post(asked.location, data={"present": PASSWORD})
    again = browser.post(way, data=both)

    assert (plain.status_code, asked.location, again.location) == (
        302,
        f"/konto/noch-einmal?weiter={way}",
        plain.location,
    )
    assert invited == ["andere@example.org"]
    rows = db.session.execute(db.select(Invitation.email, Invitation.is_owner))
    assert dict(rows.all()) == {"andere@example.org": False, "neu@example.org": True}


def test_after_the_password_one_is_back_at_the_act(app, browser, owner):
    way = ways_of(make_organisation(owner))[0]
    app.config["NOW"] = LATER
    ask = browser.get(way).location

    assert browser.post(ask, data={"present": "falsch"}).status_code == 422
    assert browser.get(way).location == ask
    assert browser.post(ask, data={"present": PASSWORD}).location == way
    assert browser.get(way).status_code == 200


def test_the_old_sign_in_is_dead_afterwards(app, browser, owner):
    [before] = db.session.scalars(db.select(SignIn.key_hash))
    app.config["NOW"] = LATER

    browser.post("/konto/noch-einmal", data={"present": PASSWORD})

    [after] = db.session.scalars(db.select(SignIn.key_hash))
    assert after != before


def test_with_a_second_factor_the_code_is_asked_too(app, browser):
    user, _codes = with_factor()
    browser.sign_in(user)
    app.config["NOW"] = LATER

    place, fields = "/konto/noch-einmal", {"present": PASSWORD}
    assert browser.post(place, data=fields).status_code == 422
    code = {"code": code_at(user, LATER)}
    assert browser.post(place, data=fields | code).location == "/konto"
    assert open_recovery_codes(user) == 10


@pytest.mark.parametrize("target", ["//fremd.example", "https://fremd.example", ""])
def test_it_leads_nowhere_else(browser, owner, target):
    answer = browser.post(
        f"/konto/noch-einmal?weiter={target}", data={"present": PASSWORD}
    )

    assert answer.location == "/konto"

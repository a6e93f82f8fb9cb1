"""The second factor: required of staff, offered to others, each code good once."""

import re
from datetime import timedelta

import pyotp
import pytest

from marketplace.doors.commands.users import reset
from marketplace.foundation.database import db, transaction
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import RecoveryCode
from marketplace.people.accounts.queries import open_recovery_codes, user_by_email
from marketplace.people.accounts.services.factors import begin_factor, confirm_factor
from tests.factories.people import PASSWORD, make_pupil, make_user
from tests.moments import NOON

PLACE = "/konto/zweiter-faktor"


def enter(browser, user):
    return browser.post("/anmelden", data={"email": user.email, "password": PASSWORD})


def code_at(user, at=NOON):
    return pyotp.TOTP(user_by_email(user.email).totp_secret).at(at)


def proof_of(user):
    """The password and the next code, since the present one is used up."""
    code = code_at(user, NOON + timedelta(seconds=30))
    return {"present": PASSWORD, "code": code}


def with_factor(role=Role.MEMBER):
    """Somebody whose second factor was set up an hour ago, and her recovery codes."""
    user = make_user(role, second_factor_at=None)
    before = NOON - timedelta(hours=1)
    with transaction():
        begin_factor(user)
        codes = confirm_factor(user, code_at(user, before), at=before)
    return user, codes


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMIN])
def test_staff_set_it_up_before_anything_else(app, browser, role, outbox):
    user = make_user(role, second_factor_at=None)
    enter(browser, user)

    places = ("/konto", "/koordination/einstellungen", "/", "/praktika")
    assert {browser.get(place).location for place in places} == {PLACE}
    assert "Für dieses Konto ist er Pflicht" in browser.get(PLACE).text
    assert browser.post(f"{PLACE}/beginnen").location == f"{PLACE}/einrichten"
    assert "<svg" in browser.get(f"{PLACE}/einrichten").text
    page = browser.post(
        f"{PLACE}/einrichten", data={"code": code_at(user), "present": PASSWORD}
    )
    codes = re.findall(r"<li>(\w{4}-\w{4}-\w{4})</li>", page.text)
    assert len(set(codes)) == 10
    assert "download=" in page.text
    assert browser.get("/konto").status_code == 200
    assert outbox() == [(user.email, "second_factor_changed")]


def test_demo_asks_for_none(app, browser):
    app.config["DEMO"] = True
    user = make_user(Role.ADMIN, second_factor_at=None)
    enter(browser, user)

    assert browser.get("/konto").status_code == 200
    other = app.test_client()
    assert enter(other, with_factor(Role.ADMIN)[0]).location == "/konto"


def test_password_alone_opens_nothing(browser):
    user, _codes = with_factor()

    assert enter(browser, user).location == "/anmelden/code"
    assert browser.get("/konto").status_code == 302
    assert browser.get("/anmelden/code").status_code == 200


def test_a_code_opens_the_door_and_leads_where_one_was_going(browser):
    user, _codes = with_factor()
    fields = {"email": user.email, "password": PASSWORD}
    way = browser.post("/anmelden?weiter=/praktika", data=fields).location

    answer = browser.post(way, data={"code": code_at(user)})

    assert answer.location == "/praktika"
    assert browser.get("/konto").status_code == 200


@pytest.mark.parametrize(
    ("seconds", "is_good"),
    [(-60, False), (-30, True), (0, True), (30, True), (60, False)],
)
def test_a_code_is_good_for_half_a_minute_around(browser, seconds, is_good):
    user, _codes = with_factor()
    enter(browser, user)

    code = code_at(user, NOON + timedelta(seconds=seconds))
    answer = browser.post("/anmelden/code", data={"code": code})

    assert (answer.status_code == 302) == is_good


def test_a_code_is_good_once(app, browser):
    user, _codes = with_factor()
    code = code_at(user)
    enter(browser, user)
    browser.post("/anmelden/code", data={"code": code})
    other = app.test_client()
    enter(other, user)

    page = other.post("/anmelden/code", data={"code": code})

    assert (page.status_code, "Dieser Code gilt nicht." in page.text) == (422, True)
    assert other.get("/konto").status_code == 302


def test_a_recovery_code_is_good_once_however_it_is_written(app, browser):
    user, codes = with_factor()
    enter(browser, user)
    written = codes[0].upper().replace("-", " ")
    other = app.test_client()
    enter(other, user)

    assert browser.post("/anmelden/code", data={"code": written}).status_code == 302
    assert other.post("/anmelden/code", data={"code": codes[0]}).status_code == 422
    assert open_recovery_codes(user) == 9


def test_recovery_codes_of_others_open_nothing(browser):
    user, _codes = with_factor()
    _other, codes = with_factor()
    enter(browser, user)

    assert browser.post("/anmelden/code", data={"code": codes[0]}).status_code == 422


def test_recovery_codes_are_kept_as_hashes(app):
    _user, codes = with_factor()

    kept = {row.code_hash for row in db.session.scalars(db.select(RecoveryCode))}

    assert len(kept) == 10
    assert [code for code in codes if any(code in one for one in kept)] == []


def test_guesses_at_a_code_are_throttled(browser):
    user, _codes = with_factor()
    enter(browser, user)

    statuses = [
        browser.post("/anmelden/code", data={"code": "000000"}).status_code
        for _ in range(11)
    ]

    assert statuses == [422] * 10 + [429]
    right = browser.post("/anmelden/code", data={"code": code_at(user)})
    assert right.status_code == 429


def test_the_password_counts_for_five_minutes(app, browser):
    user, _codes = with_factor()
    enter(browser, user)
    app.config["NOW"] = NOON + timedelta(minutes=5, seconds=1)

    assert browser.get("/anmelden/code").location == "/anmelden"


def test_nobody_comes_to_the_code_without_a_password(browser):
    assert browser.get("/anmelden/code").location == "/anmelden"


@pytest.mark.parametrize("make", [make_pupil, make_user])
def test_others_may_have_it_and_may_end_it(browser, outbox, make):
    user = make()
    enter(browser, user)
    browser.post(f"{PLACE}/beginnen")
    fields = {"code": code_at(user), "present": PASSWORD}
    browser.post(f"{PLACE}/einrichten", data=fields)
    assert user_by_email(user.email).second_factor_at == NOON

    answer = browser.post(f"{PLACE}/abschalten", data=proof_of(user))

    assert answer.location == "/konto/sicherheit"
    assert user_by_email(user.email).second_factor_at is None
    assert open_recovery_codes(user) == 0
    assert outbox() == [(user.email, "second_factor_changed")] * 2


def test_staff_may_not_end_it(browser):
    user, _codes = with_factor(Role.ADMIN)
    enter(browser, user)
    browser.post("/anmelden/code", data={"code": code_at(user)})

    page = browser.post(f"{PLACE}/abschalten", data=proof_of(user))

    assert (page.status_code, "Pflicht" in page.text) == (422, True)
    assert user_by_email(user.email).second_factor_at is not None


def test_new_codes_end_the_old_ones(app, browser):
    user, codes = with_factor()
    enter(browser, user)
    browser.post("/anmelden/code", data={"code": code_at(user)})

    form = browser.get(f"{PLACE}/codes").text
    page = browser.post(f"{PLACE}/codes", data=proof_of(user))

    assert 'name="code"' in form
    assert len(re.findall(r"<li>\w{4}-\w{4}-\w{4}</li>", page.text)) == 10
    other = app.test_client()
    enter(other, user)
    assert other.post("/anmelden/code", data={"code": codes[0]}).status_code == 422


@pytest.mark.parametrize(
    ("way", "more"),
    [
        ("einrichten", {"code": "000000"}),
        ("codes", {"code": "000000"}),
        ("abschalten", {"code": "000000"}),
    ],
)
def test_every_change_asks_for_the_password(browser, outbox, way, more):
    if way == "einrichten":
        user = make_user()
        enter(browser, user)
        browser.post(f"{PLACE}/beginnen")
    else:
        user, _codes = with_factor()
        enter(browser, user)
        browser.post("/anmelden/code", data={"code": code_at(user)})
    before = outbox()

    page = browser.post(f"{PLACE}/{way}", data={"present": "falsch"} | more)

    assert page.status_code == 422
    assert "Das ist nicht das jetzige Passwort." in page.text
    assert outbox() == before


def test_setting_it_up_ends_all_other_sign_ins(app, browser):
    user, other = make_user(), app.test_client()
    enter(other, user)
    enter(browser, user)
    browser.post(f"{PLACE}/beginnen")

    fields = {"code": code_at(user), "present": PASSWORD}
    browser.post(f"{PLACE}/einrichten", data=fields)

    assert (other.get("/konto").status_code, browser.get("/konto").status_code) == (
        302,
        200,
    )


def test_it_cannot_be_begun_twice_or_confirmed_before(browser):
    user, _codes = with_factor()
    enter(browser, user)
    browser.post("/anmelden/code", data={"code": code_at(user)})

    assert browser.post(f"{PLACE}/beginnen").status_code == 409
    assert browser.get(f"{PLACE}/einrichten").location == PLACE


def test_the_secret_lies_encrypted(app):
    user, _codes = with_factor()
    secret = user_by_email(user.email).totp_secret

    row = db.session.execute(db.text("SELECT totp_secret FROM users")).scalars().one()

    assert secret.encode() not in bytes(row)


def test_reset_drops_it(app):
    user, _codes = with_factor(Role.ADMIN)

    from_the_line = app.test_cli_runner().invoke(reset, [user.email])

    assert from_the_line.exit_code == 0
    assert user_by_email(user.email).second_factor_at is None
    assert open_recovery_codes(user) == 0


@pytest.mark.parametrize("way", ["codes", "abschalten", "/konto/adresse"])
def test_what_opens_the_account_to_others_asks_for_the_code_too(browser, way):
    user, codes = with_factor()
    enter(browser, user)
    browser.post("/anmelden/code", data={"code": code_at(user)})
    place = way if way.startswith("/") else f"{PLACE}/{way}"
    fields = {"present": PASSWORD, "email": "neu@example.org"}

    page = browser.post(place, data=fields)
    wrong = browser.post(place, data=fields | {"code": "000000"})
    right = browser.post(place, data=fields | {"code": codes[0]})

    assert (page.status_code, wrong.status_code) == (422, 422)
    assert "Dieser Code gilt nicht." in wrong.text
    # New recovery codes are shown at once; they stand nowhere else.
    shown = (200, None) if way == "codes" else (302, "/konto/sicherheit")
    assert (right.status_code, right.location) == shown

"""What a person changes of her own account."""

from datetime import timedelta

import pytest

from marketplace.foundation.database import db, transaction
from marketplace.people.accounts.enums import Notice, Role
from marketplace.people.accounts.models import SignIn
from marketplace.people.accounts.queries import user_by_email, willing
from marketplace.people.accounts.rules import device_of
from marketplace.people.accounts.services.passwords import is_password_of
from marketplace.upkeep.mail.models import OutboxEntry
from marketplace.upkeep.mail.services import mint_link
from tests.factories.people import PASSWORD, make_pupil, make_user
from tests.moments import NOON

NEW = "teekessel dachrinne"
FIREFOX = "Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0"


def enter(browser, user, password=PASSWORD, agent=FIREFOX):
    fields = {"email": user.email, "password": password}
    return browser.post("/anmelden", data=fields, headers={"User-Agent": agent})


def mint(name):
    newest = db.select(OutboxEntry).filter_by(letter=name).order_by(-OutboxEntry.id)
    with transaction():
        return mint_link(db.session.scalars(newest).first())


def change(browser, present=PASSWORD, new=NEW):
    fields = {"present": present, "password": new}
    return browser.post("/konto/passwort", data=fields)


def ask(browser, email="neu@example.org", present=PASSWORD):
    return browser.post("/konto/adresse", data={"email": email, "present": present})


def test_new_password_ends_all_others_and_is_told(app, browser, outbox):
    user, elsewhere = make_user(), app.test_client()
    enter(elsewhere, user)
    enter(browser, user)

    assert change(browser).location == "/konto/sicherheit"

    assert is_password_of(user_by_email(user.email), NEW)
    assert elsewhere.get("/konto").status_code == 302
    assert browser.get("/konto").status_code == 200
    assert outbox() == [(user.email, "password_changed")]


@pytest.mark.parametrize(
    ("present", "new", "told"),
    [
        ("falsch", NEW, "Das ist nicht das jetzige Passwort."),
        (PASSWORD, "kurz", "Ein Passwort hat 12 bis 128 Zeichen."),
        (PASSWORD, "passwort1234", "Dieses Passwort wäre schnell erraten."),
    ],
)
def test_a_password_that_cannot_be_changes_nothing(browser, outbox, present, new, told):
    user = make_user()
    enter(browser, user)

    page = change(browser, present, new)

    assert (page.status_code, told in page.text) == (422, True)
    assert is_password_of(user_by_email(user.email), PASSWORD)
    assert outbox() == []


def test_guesses_at_the_present_password_are_throttled(browser):
    user = make_user()
    enter(browser, user)

    statuses = [change(browser, "falsch").status_code for _ in range(11)]

    assert statuses == [422] * 10 + [429]
    assert change(browser).status_code == 429


def test_new_address_holds_once_its_link_is_followed(app, browser, outbox):
    user = make_user(email="alt@example.org")
    enter(browser, user)

    assert ask(browser).location == "/konto/sicherheit"

    assert outbox() == [
        ("neu@example.org", "confirm_new_address"),
        ("alt@example.org", "address_asked"),
    ]
    place = f"/konto/adresse/{mint('confirm_new_address')}"
    assert browser.get(place).status_code == 200
    assert user_by_email("neu@example.org") is None
    browser.post(place)
    assert user_by_email("neu@example.org").id == user.id
    assert browser.post(place).status_code == 302  # twice does no harm


def test_new_address_of_somebody_else_looks_the_same_and_is_never_taken(
    browser, outbox
):
    make_user(email="neu@example.org")
    enter(browser, make_user(email="alt@example.org"))

    assert ask(browser).location == "/konto/sicherheit"
    assert outbox() == [
        ("neu@example.org", "account_exists"),
        ("alt@example.org", "address_asked"),
    ]


def test_an_address_that_was_taken_meanwhile_is_refused(browser):
    enter(browser, make_user(email="alt@example.org"))
    ask(browser)
    token = mint("confirm_new_address")
    make_user(email="neu@example.org")

    assert browser.post(f"/konto/adresse/{token}").status_code == 409
    assert user_by_email("alt@example.org") is not None


def test_only_the_newest_wish_for_an_address_holds(browser):
    enter(browser, make_user(email="alt@example.org"))
    ask(browser, "erste@example.org")
    token = mint("confirm_new_address")
    ask(browser, "zweite@example.org")

    assert browser.post(f"/konto/adresse/{token}").status_code == 409
    assert user_by_email("alt@example.org") is not None


def test_a_link_to_a_new_address_ends_after_14_days(app, browser):
    enter(browser, make_user(email="alt@example.org"))
    ask(browser)
    token = mint("confirm_new_address")
    app.config["NOW"] = NOON + timedelta(days=15)

    assert browser.post(f"/konto/adresse/{token}").status_code == 409


def test_the_old_address_hears_that_it_is_no_longer_the_account_s(browser, outbox):
    enter(browser, make_user(email="alt@example.org"))
    ask(browser)

    browser.post(f"/konto/adresse/{mint('confirm_new_address')}")

    assert outbox()[-1] == ("alt@example.org", "address_changed")


@pytest.mark.parametrize("way", ["reset", "change"])
def test_a_new_password_ends_the_wish_for_another_address(browser, way):
    user = make_user(email="alt@example.org")
    enter(browser, user)
    ask(browser)  # by somebody else, who knows the password
    token = mint("confirm_new_address")

    if way == "reset":
        browser.post("/passwort", data={"email": user.email})
        reset = mint("password_reset")
        assert browser.post(f"/passwort/{reset}", data={"password": NEW}).location
    else:
        assert change(browser).location

    assert browser.post(f"/konto/adresse/{token}").status_code == 409
    assert user_by_email("neu@example.org") is None


def test_a_reset_link_in_the_old_mailbox_ends_with_the_address(browser):
    user = make_user(email="alt@example.org")
    browser.post("/passwort", data={"email": user.email})
    reset = mint("password_reset")
    enter(browser, user)
    ask(browser)
    browser.post(f"/konto/adresse/{mint('confirm_new_address')}")

    page = browser.post(f"/passwort/{reset}", data={"password": NEW})

    assert page.status_code == 422
    assert is_password_of(user_by_email("neu@example.org"), PASSWORD)


@pytest.mark.parametrize(
    ("email", "present"),
    [("neu@example.org", "falsch"), ("keine", PASSWORD), ("alt@example.org", PASSWORD)],
)
def test_an_address_that_cannot_be_is_told(browser, outbox, email, present):
    enter(browser, make_user(email="alt@example.org"))

    assert ask(browser, email, present).status_code == 422
    assert outbox() == []


def test_new_addresses_are_asked_for_five_times_a_day(browser):
    enter(browser, make_user())

    statuses = [ask(browser, f"neu{n}@example.org").status_code for n in range(6)]

    assert statuses == [302] * 5 + [422]


def test_sign_ins_are_listed_and_ended(app, browser):
    user, phone = make_user(), app.test_client()
    enter(phone, user)
    enter(browser, user, agent="Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537")

    page = browser.get("/konto/sicherheit").text
    rows = {row.device: row.id for row in db.session.scalars(db.select(SignIn))}

    assert set(rows) == {"Firefox, Android", "Chrome, Windows"}
    assert [device in page for device in rows] == [True, True]
    browser.post(f"/konto/anmeldungen/{rows['Firefox, Android']}/beenden")
    assert phone.get("/konto").status_code == 302
    assert browser.get("/konto").status_code == 200


def test_nobody_ends_the_sign_in_of_another(app, browser):
    other = app.test_client()
    enter(other, make_user())
    row_id = db.session.scalars(db.select(SignIn)).one().id
    enter(browser, make_user())

    browser.post(f"/konto/anmeldungen/{row_id}/beenden")

    assert other.get("/konto").status_code == 200


def test_all_others_are_ended_at_once(app, browser):
    user, others = make_user(), [app.test_client() for _ in range(3)]
    for one in [*others, browser]:
        enter(one, user)

    browser.post("/konto/anmeldungen/andere-beenden")

    assert [one.get("/konto").status_code for one in others] == [302] * 3
    assert browser.get("/konto").status_code == 200


def test_sign_ins_cost_the_same_number_of_queries(app, browser, queries):
    user = make_user()
    enter(browser, user)
    counts = []
    for others in (0, 29):
        with transaction():
            for n in range(others):
                row = SignIn(key_hash=f"{n}", user=user, began_at=NOON, seen_at=NOON)
                db.session.add(row)
        queries.clear()
        browser.get("/konto/sicherheit")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_language_follows_the_account(app, browser):
    user = make_user()
    enter(browser, user)

    browser.post("/konto/sprache", data={"language": "en"})

    assert 'lang="en"' in browser.get("/konto").text
    another = app.test_client()
    enter(another, user)
    assert 'lang="en"' in another.get("/konto").text


def test_a_language_there_is_not_is_told(browser):
    enter(browser, make_user())

    assert browser.post("/konto/sprache", data={"language": "fr"}).status_code == 422


def test_unwanted_letters_do_not_come(browser):
    user, other = make_user(), make_user()
    enter(browser, user)

    browser.post("/konto/benachrichtigungen", data={"wanted": "applications"})

    both = [user.email, other.email]
    assert willing(both, Notice.INTRODUCTIONS) == [other.email]
    assert willing(both, Notice.APPLICATIONS) == both
    browser.post(
        "/konto/benachrichtigungen", data={"wanted": ["introductions", "applications"]}
    )
    assert willing(both, Notice.INTRODUCTIONS) == both


def test_a_letter_that_is_not_offered_cannot_be_chosen(browser):
    enter(browser, make_user())

    page = browser.post("/konto/benachrichtigungen", data={"wanted": "postings"})

    assert page.status_code == 422


def test_where_no_letter_is_optional_the_page_says_so(browser):
    enter(browser, make_pupil())

    page = browser.get("/konto/benachrichtigungen").text

    assert "Hier gibt es nichts abzuwählen" in page


@pytest.mark.parametrize("role", Role)
def test_my_data_stand_on_one_page(browser, role):
    user = make_pupil(town="Jena") if role is Role.PUPIL else make_user(role)
    browser.sign_in(user)

    page = browser.get("/konto/daten").text

    assert (user.email in page, user.name in page) == (True, True)
    assert ("Jena" in page) == (role is Role.PUPIL)


@pytest.mark.parametrize(
    "place",
    ["sicherheit", "passwort", "adresse", "sprache", "benachrichtigungen", "daten"],
)
def test_own_pages_are_for_who_is_signed_in(browser, place):
    assert browser.get(f"/konto/{place}").location.startswith("/anmelden")


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (FIREFOX, "Firefox, Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17) Version/17 Safari/604",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux) Chrome/126 Safari/537 Edg/126", "Edge, Linux"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_device_is_told_by_its_family_alone(agent, device):
    assert device_of(agent) == device

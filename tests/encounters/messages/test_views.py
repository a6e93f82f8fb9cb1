from datetime import date, timedelta

import pytest

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.messages.enums import Circle, Phrase, Speaker
from marketplace.encounters.messages.models import Conversation, Message, Reading
from marketplace.encounters.messages.services.saying import ask, write
from marketplace.foundation.database import db, transaction
from marketplace.people.accounts.enums import Role
from marketplace.upkeep.mail.models import OutboxEntry
from marketplace.upkeep.mail.services import mint_link
from tests.factories.applications import make_application
from tests.factories.people import (
    make_company,
    make_coordinator,
    make_guardian,
    make_pupil,
    make_user,
)
from tests.moments import NOON


def path(application, *more):
    return "/".join(["/bewerbungen", application.public_id, "nachrichten", *more])


def desk_path(application):
    return f"/koordination/bewerbungen/{application.public_id}/nachrichten"


def messages():
    query = db.select(Message).order_by(Message.id)
    return [(m.circle, m.speaker, m.phrase, m.words) for m in db.session.scalars(query)]


def ask_at(application, words="", at=NOON):
    with transaction():
        ask(application, Phrase.WHERE, words, actor=application.pupil, at=at)


def link_home(application):
    """The secret of the link in the last letter to the guardian."""
    query = db.select(OutboxEntry).where(OutboxEntry.link_purpose == "messages")
    with transaction():
        last = db.session.scalars(query.order_by(OutboxEntry.id.desc())).first()
        return mint_link(last)


def test_a_pupil_asks_and_reads_the_answer(browser, application, mia, boss, place):
    browser.sign_in(mia)
    page = browser.get(f"/bewerbungen/{application.public_id}").text
    assert f'href="{path(application)}"' in page

    answer = browser.post(
        path(application), data={"phrase": "where", "words": "Am Tor?"}
    )
    assert (answer.status_code, answer.location) == (302, path(application))

    browser.sign_in(boss)
    assert "1 neue Nachricht" in browser.get("/bewerbungen").text
    assert "Am Tor?" in browser.get(path(application)).text
    reply = path(application, "antwort", "first_day")
    assert 'value="2027-02-01"' in browser.get(reply).text
    sent = {
        "day": "2027-02-01",
        "starts_at": "08:00",
        "person": str(place.supervisors[0].id),
    }
    assert browser.post(reply, data=sent).location == path(application)

    browser.sign_in(mia)
    assert "1 neue Nachricht" in browser.get("/bewerbungen").text
    assert "Eine neue" in browser.get("/konto").text
    page = browser.get(path(application)).text
    assert "Montag, 1. Februar 2027" in page
    assert browser.post(path(application, "gelesen")).status_code == 302
    assert "neue Nachricht" not in browser.get("/bewerbungen").text


def test_reading_changes_nothing(browser, application, mia, boss):
    ask_at(application)
    browser.sign_in(boss)

    browser.get(path(application))

    stored = db.session.scalars(db.select(Conversation)).one()
    assert stored.company_seen_id == 0


def test_a_question_outside_the_list_is_a_mistake(browser, application, mia):
    browser.sign_in(mia)

    answer = browser.post(path(application), data={"phrase": "first_day"})

    assert (answer.status_code, messages()) == (422, [])


def test_a_company_has_no_field_for_words_to_a_pupil(browser, application, boss):
    browser.sign_in(boss)

    answer = browser.post(
        path(application, "antwort", "lunch_own"), data={"words": "Ruf an"}
    )

    assert answer.status_code == 302
    assert messages() == [(Circle.PUPIL, Speaker.COMPANY, Phrase.LUNCH_OWN, "")]
    assert browser.get(path(application, "antwort", "where")).status_code == 404


def test_an_answer_with_a_wrong_day_is_refused_where_it_was_filled_in(
    browser, application, boss, place
):
    browser.sign_in(boss)
    sent = {
        "day": "2027-05-01",
        "starts_at": "08:00",
        "person": str(place.supervisors[0].id),
    }

    answer = browser.post(path(application, "antwort", "first_day"), data=sent)

    assert (answer.status_code, messages()) == (409, [])
    assert "gehört nicht zum Praktikum" in answer.text
    assert 'value="2027-05-01"' in answer.text


def test_company_and_guardian_write_to_one_another(browser, application, mother, boss):
    browser.sign_in(boss)
    browser.post(path(application), data={"words": "Darf Mia in die Halle?"})
    browser.sign_in(mother)
    page = browser.get(path(application)).text
    assert "Darf Mia in die Halle?" in page

    browser.post(path(application), data={"words": "Ja."})

    assert messages() == [
        (Circle.GUARDIAN, Speaker.COMPANY, None, "Darf Mia in die Halle?"),
        (Circle.GUARDIAN, Speaker.GUARDIAN, None, "Ja."),
    ]
    browser.sign_in(application.pupil)
    assert "Darf Mia in die Halle?" not in browser.get(path(application)).text


def test_a_guardian_without_account_reads_writes_and_ends_it(browser, application):
    ask_at(application)
    here = f"/nachrichten/{link_home(application)}"
    page = browser.get(here).text
    assert "Wo melde ich mich am ersten Tag?" in page

    assert browser.post(here, data={"words": "Bitte um Anruf"}).location == here
    assert browser.post(f"{here}/gelesen").location == here
    assert browser.post(f"{here}/beenden").location == here

    assert messages()[-1] == (
        Circle.GUARDIAN,
        Speaker.GUARDIAN,
        None,
        "Bitte um Anruf",
    )
    stored = db.session.scalars(db.select(Conversation)).one()
    assert (stored.stopped_by_guardian_at, stored.guardian_seen_id) == (NOON, 2)
    assert browser.post(here, data={"words": "Noch etwas"}).status_code == 409
    browser.post(f"{here}/wieder")
    assert db.session.scalars(db.select(Conversation)).one().stopped_by_guardian_at is (
        None
    )


def test_the_link_ends_a_month_after_the_last_day_and_at_eighteen(
    app, browser, application, mia
):
    ask_at(application)
    here = f"/nachrichten/{link_home(application)}"

    app.config["NOW"] = NOON.replace(year=2027, month=3, day=7)
    assert browser.get(here).status_code == 200
    app.config["NOW"] = NOON.replace(year=2027, month=3, day=8)
    assert browser.get(here).status_code == 404
    app.config["NOW"] = NOON
    with transaction():
        mia.pupil.birth_on = date(2008, 11, 23)
    assert browser.get(here).status_code == 404
    assert browser.get("/nachrichten/erfunden").status_code == 404


def test_a_pupil_ends_and_takes_up_again(browser, application, mia, boss):
    browser.sign_in(mia)
    browser.post(path(application, "beenden"))
    browser.sign_in(boss)
    assert "Hier möchte jemand keine Nachrichten mehr" in (
        browser.get(path(application)).text
    )
    answer = browser.post(path(application, "antwort", "lunch_own"))
    assert (answer.status_code, messages()) == (409, [])

    browser.sign_in(mia)
    browser.post(path(application, "wieder"))

    stored = db.session.scalars(db.select(Conversation)).one()
    assert stored.stopped_by_pupil_at is None


def test_the_office_reads_once_it_said_why_and_the_family_sees_that(
    app, browser, application, mia
):
    ask_at(application, "Am Zwirbeltor?")
    office = make_coordinator()
    browser.sign_in(office)
    page = browser.get(desk_path(application))
    assert (page.status_code, "Zwirbeltor" in page.text) == (200, False)
    assert browser.post(desk_path(application), data={"reason": ""}).status_code == 422

    answer = browser.post(
        desk_path(application), data={"reason": "Meldung der Mutter vom Montag"}
    )
    assert answer.location == desk_path(application)
    assert "Am Zwirbeltor?" in browser.get(desk_path(application)).text

    rows = db.session.scalars(db.select(Reading)).all()
    assert [(r.reader_id, r.reason, r.at) for r in rows] == [
        (office.id, "Meldung der Mutter vom Montag", NOON)
    ]
    browser.sign_in(mia)
    assert "hat mitgelesen: 23.11.2026" in browser.get(path(application)).text
    app.config["NOW"] = NOON + timedelta(minutes=61)
    browser.sign_in(office)
    assert "Zwirbeltor" not in browser.get(desk_path(application)).text


# Of pupil, her guardian, the company, another pupil, guardian and company: reads it.
SEEN = {
    ApplicationState.DRAFT: "------",
    ApplicationState.WAITING: "------",
    ApplicationState.REFUSED: "------",
    ApplicationState.OPEN: "ddd---",
    ApplicationState.CONFIRMED: "ddd---",
    ApplicationState.ATTENDED: "ddd---",
}


@pytest.mark.parametrize("state", SEEN)
def test_who_reads_messages(browser, mia, mother, boss, place, state):
    application = make_application(state, mia, place)
    other = make_user()
    make_company(other)
    people = (mia, mother, boss, make_pupil(), make_guardian(), other)

    seen = [
        browser.sign_in(person).get(path(application)).status_code for person in people
    ]
    office = browser.sign_in(make_coordinator()).get(desk_path(application))

    assert seen == [200 if sign == "d" else 404 for sign in SEEN[state]]
    assert office.status_code == min(seen)


@pytest.mark.parametrize("role", [Role.SCHOOL, Role.COORDINATOR, Role.ADMIN])
def test_no_other_role_gets_in(browser, application, role):
    browser.sign_in(make_user(role))

    assert browser.get(path(application)).status_code == 404
    assert browser.post(path(application, "beenden")).status_code == 404


def test_after_a_withdrawal_the_company_finds_nothing(browser, mia, boss, place):
    application = make_application(ApplicationState.OPEN, mia, place)
    ask_at(application)
    with transaction():
        application.state = ApplicationState.WITHDRAWN

    browser.sign_in(boss)
    gone = browser.get(path(application))
    browser.sign_in(mia)
    kept = browser.get(path(application))

    assert (gone.status_code, kept.status_code) == (404, 200)
    assert "Abschicken" not in kept.text


def test_words_of_a_person_are_shown_as_words(browser, application, mia):
    with transaction():
        write(
            application,
            "<script>x</script>",
            speaker=Speaker.GUARDIAN,
            actor=None,
            at=NOON,
        )
    guardian = make_guardian(mia)

    page = browser.sign_in(guardian).get(path(application)).text

    assert "&lt;script&gt;x&lt;/script&gt;" in page

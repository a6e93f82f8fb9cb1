"""The boundary cases 28 and 29 of the rules for the protection of young people."""

from datetime import UTC, date, datetime, timedelta

import pytest

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.services.sending import confirm_oneself
from marketplace.foundation.clock import BERLIN
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.region.labour.enums import Basis
from marketplace.upkeep.mail.models import LinkToken, OutboxEntry
from tests.factories.applications import (
    PARENT,
    link_for,
    make_application,
    make_draft,
    make_mia,
    make_place,
    make_sent,
)
from tests.factories.people import make_guardian

# The birthday of 18 is the day after NOON.
BORN_ON = date(2008, 11, 24)
EVE = datetime(2026, 11, 23, 23, 59, 59, tzinfo=BERLIN)
BIRTHDAY = datetime(2026, 11, 24, 0, 0, 0, tzinfo=BERLIN)
LATE_WEEK = {"starts_on": date(2027, 7, 12), "ends_on": date(2027, 7, 16)}
SENT_AT = datetime(2027, 3, 20, 15, tzinfo=BERLIN)
LAST_SECOND = datetime(2027, 4, 3, 23, 59, 59, tzinfo=BERLIN)


@pytest.fixture
def nearly(app):
    return make_mia(born_on=BORN_ON, class_level=12)


@pytest.fixture
def late_place(company):
    place = make_place(organisation=company, week=LATE_WEEK)
    with transaction():
        place.periods[0].apply_until = None
    return place


@pytest.fixture
def sent(app, mia, late_place):
    app.config["NOW"] = SENT_AT
    return make_sent(mia, late_place, at=SENT_AT)


@pytest.mark.parametrize(
    ("case", "at", "state"),
    [
        ("28a", EVE, ApplicationState.WAITING),
        ("28b", BIRTHDAY, ApplicationState.OPEN),
    ],
)
def test_the_birthday_decides_who_is_asked(nearly, place, case, at, state):
    application = make_sent(nearly, place, at=at)

    assert application.state is state


def test_28e_at_16_somebody_at_home_is_asked(place):
    pupil = make_mia(born_on=date(2010, 11, 24))

    application = make_sent(pupil, place, at=BIRTHDAY)

    assert application.state is ApplicationState.WAITING


def test_28f_on_the_birthday_an_open_request_passes_to_the_pupil(
    app, browser, nearly, place
):
    application = make_sent(nearly, place)
    page = f"/freigabe/{link_for(application)}"
    app.config["NOW"] = BIRTHDAY

    assert "Seit dem 18. Geburtstag" in browser.get(page).text
    browser.post(page, data={"antwort": "ja"})
    assert application.state is ApplicationState.WAITING
    with transaction():
        confirm_oneself(application, actor=nearly, at=BIRTHDAY)

    assert application.state is ApplicationState.OPEN


def test_28g_what_was_approved_stays_and_the_view_of_the_guardian_ends(
    app, browser, nearly, place
):
    guardian = make_guardian(nearly)
    application = make_application(ApplicationState.OPEN, nearly, place)
    address = f"/bewerbungen/{application.public_id}"
    assert browser.sign_in(guardian).get(address).status_code == 200

    app.config["NOW"] = BIRTHDAY
    answer = browser.sign_in(guardian).get(address)

    assert (answer.status_code, application.state) == (404, ApplicationState.OPEN)
    assert place.title not in browser.get("/konto/kinder").text


def test_29a_reading_changes_nothing(browser, sent):
    page = f"/freigabe/{link_for(sent)}"

    answers = [browser.get(page).status_code for _number in range(10)]
    heads = [browser.head(page).status_code for _number in range(2)]

    assert (answers, heads) == ([200] * 10, [200] * 2)
    assert sent.state is ApplicationState.WAITING


def test_29b_the_last_second_of_day_14_still_counts(app, browser, sent):
    page = f"/freigabe/{link_for(sent)}"
    app.config["NOW"] = LAST_SECOND

    browser.post(page, data={"antwort": "ja"})

    assert sent.state is ApplicationState.OPEN


def test_29c_a_second_later_a_new_link_is_offered(app, browser, sent, letters):
    page = f"/freigabe/{link_for(sent)}"
    app.config["NOW"] = LAST_SECOND + timedelta(seconds=1)

    browser.post(page, data={"antwort": "ja"})
    assert sent.state is ApplicationState.WAITING
    assert "Dieser Link ist abgelaufen" in browser.get(page).text
    letters()
    browser.post(f"{page}/neu")

    assert letters() == [(PARENT, "approval_asked")]
    newer = f"/freigabe/{link_for(sent)}"
    browser.post(newer, data={"antwort": "ja"})
    assert sent.state is ApplicationState.OPEN


def letter_to(recipient):
    query = db.select(OutboxEntry).where(OutboxEntry.recipient == recipient)
    return db.session.scalars(query.order_by(OutboxEntry.id.desc())).first()


def test_the_letter_names_the_last_day_of_the_link_and_that_of_the_request(sent):
    words = letter_to(PARENT).context

    assert (words["link_until"], words["due"]) == (
        "Samstag, 3. April 2027",
        "Montag, 19. April 2027",
    )


def test_no_link_outlives_the_request(mia, company):
    week = {"starts_on": date(2026, 12, 1), "ends_on": date(2026, 12, 4)}
    place = make_place(week=week, organisation=company)
    application = make_sent(mia, place, basis=Basis.SCHOOL)

    letter = letter_to(PARENT)

    assert letter.link_valid_until == application.due_at
    assert letter.context["link_until"] == letter.context["due"]


def test_29d_a_second_press_shows_the_state_and_sends_nothing(
    app, browser, sent, letters
):
    page = f"/freigabe/{link_for(sent)}"
    app.config["NOW"] = SENT_AT + timedelta(hours=1)
    browser.post(page, data={"antwort": "ja"})
    letters()

    answer = browser.post(page, data={"antwort": "ja"})

    assert "beim Unternehmen" in browser.get(answer.location).text
    assert letters() == []
    assert len(sent.approvals) == 1


@pytest.mark.parametrize(
    ("case", "address", "is_sent"),
    [
        ("29f", "MIA@example.org", False),
        ("29f", "mia+mama@example.org", False),
        ("29g", PARENT, True),
    ],
)
def test_the_link_never_goes_to_the_pupil(mia, place, case, address, is_sent):
    with transaction():
        mia.email = "mia@example.org"

    def send():
        return make_sent(mia, place, guardian_email=address)

    if is_sent:
        assert send().state is ApplicationState.WAITING
        return
    with pytest.raises(Refusal) as refused:
        send()
    assert refused.value.sentence == (
        "Das ist deine eigene Adresse. Nimm die deiner Eltern."
    )


def test_only_the_hash_of_a_link_is_kept(sent):
    secret = link_for(sent)

    [link] = db.session.scalars(db.select(LinkToken))

    assert secret not in link.token_hash
    assert link.valid_until == LAST_SECOND.astimezone(UTC)


def test_a_draft_asks_nobody(mia, place, outbox):
    make_draft(mia, place)

    assert outbox() == []

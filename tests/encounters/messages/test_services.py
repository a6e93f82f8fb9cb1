from datetime import date, time, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.messages.enums import (
    ANSWERS,
    QUESTIONS,
    SENTENCES,
    SLOTS,
    Circle,
    Phrase,
    Slot,
    Speaker,
    Thing,
)
from marketplace.encounters.messages.models import Message
from marketplace.encounters.messages.queries import messages_of, new_counts
from marketplace.encounters.messages.rules import said_in
from marketplace.encounters.messages.services.saying import Gaps, ask, reply, write
from marketplace.encounters.messages.services.stopping import (
    read_all,
    read_along,
    resume,
    stop,
)
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.organisations.enums import OrganisationState
from marketplace.upkeep.mail.models import OutboxEntry
from tests.factories.applications import PARENT, make_application
from tests.factories.people import make_coordinator
from tests.moments import NOON

FIRST = date(2027, 2, 1)
EIGHT = time(8)


def asked(application, phrase=Phrase.WHERE, words="", at=NOON):
    with transaction():
        return ask(application, phrase, words, actor=application.pupil, at=at)


def replied(application, phrase=Phrase.LUNCH_OWN, at=NOON, **gaps):
    boss = application.internship.organisation.memberships[0].user
    with transaction():
        return reply(application, phrase, Gaps(**gaps), actor=boss, at=at)


def written(application, speaker=Speaker.COMPANY, words="Guten Tag", at=NOON):
    with transaction():
        return write(application, words, speaker=speaker, actor=None, at=at)


def heard(application, speaker):
    return [m.phrase or m.words for m in messages_of(application, speaker)]


def test_every_sentence_has_the_gaps_it_names():
    named = {
        phrase: {slot for slot in Slot if f"%({slot})s" in str(sentence)}
        for phrase, sentence in SENTENCES.items()
    }

    assert named == {phrase: set(SLOTS.get(phrase, ())) for phrase in SENTENCES}
    assert set(ANSWERS) | set(QUESTIONS) == set(Phrase)


def test_a_question_is_told_to_the_company_and_copied_home(application, boss, letters):
    message = asked(application, words="Ich bin ab 7 Uhr wach.")

    assert (message.words, said_in(message)) == (
        "Ich bin ab 7 Uhr wach.",
        "Wo melde ich mich am ersten Tag?",
    )
    assert letters() == sorted(
        [(PARENT, "message_copy"), (boss.email, "message_to_company")]
    )


def test_ways_to_reach_a_pupil_are_not_even_stored(application):
    message = asked(application, words="Schreib mir: mia@example.org, 0361 5550123")

    assert message.words == "Schreib mir: [entfernt], [entfernt]"


def test_an_answer_is_made_of_the_posting_alone(application, place, mia, letters):
    jana = place.supervisors[0]
    gaps = {"day": FIRST, "starts_at": EIGHT, "supervisor_id": jana.id}

    message = replied(application, Phrase.FIRST_DAY, **gaps)

    assert said_in(message) == (
        "Am Montag, 1. Februar 2027 geht es um 8:00 Uhr los. Ort: Linsenweg 4, "
        f"07743 Jena. {jana.first_name}, {jana.function} erwartet dich."
    )
    assert letters() == sorted(
        [(PARENT, "message_copy"), (mia.email, "message_to_pupil")]
    )


def test_what_a_sentence_has_no_gap_for_is_dropped(application, place):
    message = replied(
        application,
        Phrase.BRING,
        things=frozenset({Thing.SHOES, Thing.FOOD}),
        day=FIRST,
        starts_at=EIGHT,
        supervisor_id=place.supervisors[0].id,
    )

    assert said_in(message) == "Bitte denk an: etwas zu essen, feste Schuhe."
    assert (message.day, message.starts_at, message.person) == (None, None, "")


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        (Phrase.FIRST_DAY, date(2027, 2, 8)),
        (Phrase.FIRST_DAY, date(2026, 11, 20)),
        (Phrase.COME_BEFORE, FIRST),
        (Phrase.COME_BEFORE, date(2026, 11, 22)),
    ],
)
def test_a_day_must_lie_where_the_sentence_says(application, place, phrase, day):
    gaps = {"day": day, "starts_at": EIGHT, "supervisor_id": place.supervisors[0].id}

    with pytest.raises(Refusal):
        replied(application, phrase, **gaps)


def test_somebody_else_than_a_supervisor_is_refused(application):
    with pytest.raises(Refusal, match="als Betreuung"):
        replied(application, Phrase.SUPERVISOR, supervisor_id=4711)


def test_nobody_says_what_belongs_to_the_other_side(application):
    with pytest.raises(Refusal):
        asked(application, Phrase.FIRST_DAY)
    with pytest.raises(Refusal):
        replied(application, Phrase.WHERE)
    with pytest.raises(Refusal):
        written(application, Speaker.PUPIL)


def test_the_database_keeps_free_words_of_a_company_from_a_pupil(application):
    with pytest.raises(IntegrityError), transaction():
        db.session.add(
            Message(
                application_id=application.id,
                circle=Circle.PUPIL,
                speaker=Speaker.COMPANY,
                words="Ruf mich an",
                said_at=NOON,
            )
        )


@pytest.mark.parametrize(
    "state",
    [
        ApplicationState.WAITING,
        ApplicationState.REFUSED,
        ApplicationState.DECLINED,
        ApplicationState.WITHDRAWN,
        ApplicationState.ATTENDED,
    ],
)
def test_outside_its_time_nobody_says_anything(mia, place, state, letters):
    application = make_application(state, mia, place)

    for act in (asked, replied, written):
        with pytest.raises(Refusal):
            act(application)
    assert letters() == []


def test_a_company_that_is_frozen_says_nothing(application, place):
    with transaction():
        place.organisation.state = OrganisationState.FROZEN

    with pytest.raises(Refusal):
        replied(application)


def test_adults_write_freely_and_the_pupil_does_not_hear_it(application, boss, letters):
    written(application, words="Darf Mia mit in die Werkstatt?")
    assert letters() == [(PARENT, "message_to_guardian")]

    written(application, Speaker.GUARDIAN, "Ja, gern.")

    assert letters() == [(boss.email, "message_to_company")]
    assert heard(application, Speaker.PUPIL) == []
    both = ["Darf Mia mit in die Werkstatt?", "Ja, gern."]
    assert heard(application, Speaker.COMPANY) == both
    assert heard(application, Speaker.GUARDIAN) == both


def test_what_the_pupil_and_the_company_say_is_heard_at_home(application):
    asked(application)
    replied(application)

    for speaker in Speaker:
        assert heard(application, speaker) == [Phrase.WHERE, Phrase.LUNCH_OWN]


def test_no_second_letter_before_the_first_was_read(application, boss, letters):
    asked(application)
    letters()

    asked(application, Phrase.LUNCH)
    assert letters() == [(PARENT, "message_copy")]

    with transaction():
        read_all(application, speaker=Speaker.COMPANY)
    asked(application, Phrase.WHO)
    assert (boss.email, "message_to_company") in letters()


def test_letters_tell_nothing_but_the_copy(application, mia, boss):
    asked(application, words="Zwirbelwicht")
    replied(application)
    entries = db.session.scalars(db.select(OutboxEntry)).all()

    told = {e.letter: f"{e.subject} {e.context}" for e in entries}

    assert [name for name, text in told.items() if "Zwirbelwicht" in text] == []
    assert mia.first_name not in told["message_to_company"]
    copies = [e.context["said"] for e in entries if e.letter == "message_copy"]
    assert copies == [
        ["Wo melde ich mich am ersten Tag?", "Zwirbelwicht"],
        ["Bitte bring dir für die Pause etwas zu essen mit."],
    ]


def test_a_pupil_ends_what_is_said_with_her_at_once(application, mia):
    with transaction():
        stop(application, speaker=Speaker.PUPIL, actor=mia, at=NOON)

    for act in (asked, replied):
        with pytest.raises(Refusal, match="möchte jemand keine"):
            act(application)
    assert written(application).words == "Guten Tag"

    with transaction():
        resume(application, speaker=Speaker.PUPIL, actor=mia, at=NOON)
    assert replied(application).phrase is Phrase.LUNCH_OWN


def test_a_guardian_ends_all_of_it(application, mia):
    with transaction():
        stop(application, speaker=Speaker.GUARDIAN, actor=None, at=NOON)
        resume(application, speaker=Speaker.PUPIL, actor=mia, at=NOON)

    for act in (asked, replied, written):
        with pytest.raises(Refusal, match="möchte jemand keine"):
            act(application)


def test_a_company_cannot_end_anything(application, boss):
    with pytest.raises(Refusal), transaction():
        stop(application, speaker=Speaker.COMPANY, actor=boss, at=NOON)


def test_ten_messages_a_day_are_enough(application):
    for _ in range(10):
        replied(application)
    with pytest.raises(Refusal, match="zehn"):
        replied(application)

    assert asked(application).id
    assert replied(application, at=NOON + timedelta(hours=25)).id


def test_what_is_new_is_counted_for_each_side(application):
    asked(application)
    written(application, Speaker.GUARDIAN)
    ids = [application.id]

    assert new_counts(ids, Speaker.COMPANY) == {application.id: 2}
    assert new_counts(ids, Speaker.PUPIL) == {}
    # She has written herself since.
    assert new_counts(ids, Speaker.GUARDIAN) == {}

    replied(application)
    assert new_counts(ids, Speaker.COMPANY) == {}
    assert new_counts(ids, Speaker.PUPIL) == {application.id: 1}
    assert new_counts(ids, Speaker.GUARDIAN) == {application.id: 1}
    with transaction():
        read_all(application, speaker=Speaker.PUPIL)
    assert new_counts(ids, Speaker.PUPIL) == {}


def test_messages_go_with_their_application(application):
    asked(application)
    with transaction():
        read_along(application, "Meldung der Mutter", actor=make_coordinator(), at=NOON)

    with transaction():
        db.session.delete(application)

    assert db.session.scalars(db.select(Message)).all() == []

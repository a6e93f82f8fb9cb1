from datetime import UTC, date, datetime, timedelta

import pytest

from marketplace.encounters.applications.enums import (
    COMPANY_REASONS,
    OWN_REASONS,
    ApplicationState,
    CancelCode,
    Side,
)
from marketplace.encounters.applications.services.ending import cancel
from marketplace.encounters.applications.services.sending import confirm_place
from marketplace.encounters.attendances.enums import Contradiction, Presence
from marketplace.encounters.attendances.queries import attendances_of
from marketplace.encounters.attendances.services.attending import (
    contradict,
    note_presence,
)
from marketplace.encounters.attendances.services.breaking import break_off
from marketplace.encounters.attendances.services.following import (
    follow_days,
    tell_of_the_eve,
)
from marketplace.foundation.database import transaction
from marketplace.foundation.refusals import Refusal
from marketplace.upkeep.jobs.jobs import run_due
from tests.factories.applications import PARENT, make_application, make_mia
from tests.factories.people import make_school, make_staff
from tests.moments import NOON

MONDAY, FRIDAY = date(2027, 2, 1), date(2027, 2, 5)
EVE = datetime(2027, 1, 31, 9, tzinfo=UTC)


def at(day, hour=9):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@pytest.fixture
def running(mia, place):
    return make_application(ApplicationState.RUNNING, mia, place)


def note(application, boss, day=MONDAY, presence=Presence.ABSENT, moment=None):
    with transaction():
        note_presence(
            application, day, presence, actor=boss, at=moment or at(FRIDAY, 15)
        )


def marks(application):
    return [
        (it.day, str(it.presence), it.contradiction)
        for it in attendances_of(application)
    ]


def test_a_placement_begins_and_ends_with_its_days(mia, place):
    application = make_application(ApplicationState.CONFIRMED, mia, place)
    days = [date(2027, 1, 31), MONDAY, FRIDAY, date(2027, 2, 6)]

    states = []
    for day in days:
        with transaction():
            follow_days(at=at(day))
        states.append(application.state)

    assert states == ["confirmed", "running", "running", "attended"]


def test_who_never_came_and_said_nothing_did_not_show_up(running, boss, letters):
    for k in range(5):
        note(running, boss, MONDAY + timedelta(days=k))
    letters()

    with transaction():
        follow_days(at=at(date(2027, 2, 6)))

    assert running.state is ApplicationState.NO_SHOW
    assert letters() == [(running.pupil.email, "placement_ended")]


def test_a_note_is_told_once_and_changes_once(running, boss, letters):
    note(running, boss)
    told = letters()
    note(running, boss)

    assert marks(running) == [(MONDAY, "absent", None)]
    assert told == [
        (running.pupil.email, "placement_noted"),
        (PARENT, "placement_missed_guardian"),
    ]
    assert letters() == []


def test_who_is_there_gets_no_letter(running, boss, letters):
    note(running, boss, presence=Presence.PRESENT)

    assert (marks(running), letters()) == ([(MONDAY, "present", None)], [])


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (date(2027, 2, 2), at(MONDAY)),
        (date(2027, 2, 6), at(date(2027, 2, 6))),
        (date(2027, 1, 29), at(MONDAY)),
    ],
)
def test_days_to_come_and_days_of_nobody_are_refused(running, boss, day, moment):
    with pytest.raises(Refusal) as refused:
        note(running, boss, day, moment=moment)

    assert refused.value.sentence == "An diesem Tag gibt es nichts einzutragen."


def test_nothing_is_noted_of_what_does_not_run(mia, place, boss):
    confirmed = make_application(ApplicationState.CONFIRMED, mia, place)

    with pytest.raises(Refusal):
        note(confirmed, boss)

    assert marks(confirmed) == []


def test_a_pupil_says_once_that_it_was_not_so(running, boss, coordinator, letters):
    note(running, boss)
    letters()
    (row,) = attendances_of(running)

    with transaction():
        contradict(row, Contradiction.WAS_THERE, actor=running.pupil, at=NOON)

    assert marks(running) == [(MONDAY, "absent", Contradiction.WAS_THERE)]
    assert letters() == [
        (boss.email, "placement_contested"),
        (coordinator.email, "placement_contested_office"),
    ]
    with pytest.raises(Refusal), transaction():
        contradict(row, Contradiction.HAD_TOLD, actor=running.pupil, at=NOON)


def test_a_new_mark_ends_the_contradiction(running, boss):
    note(running, boss)
    (row,) = attendances_of(running)
    with transaction():
        contradict(row, Contradiction.WAS_THERE, actor=running.pupil, at=NOON)

    note(running, boss, presence=Presence.LATE)

    assert marks(running) == [(MONDAY, "late", None)]


@pytest.mark.parametrize(
    ("side", "code", "told"),
    [
        (Side.PUPIL, CancelCode.ILL, {"guardian", "company", "school"}),
        (Side.GUARDIAN, CancelCode.TRAVEL, {"pupil", "company", "school"}),
        (Side.COMPANY, CancelCode.RULE_BROKEN, {"pupil", "guardian", "school"}),
    ],
)
def test_all_but_who_broke_off_are_told(place, boss, letters, side, code, told):
    school = make_school()
    make_staff(school)
    mia = make_mia(school_id=school.id)
    running = make_application(
        ApplicationState.RUNNING, mia, place, school_confirmed_at=NOON
    )

    with transaction():
        break_off(running, code, side=side, actor=mia, at=at(MONDAY))

    names = {
        "pupil": "placement_broken_off",
        "guardian": "placement_broken_off_guardian",
        "company": "placement_broken_off_company",
        "school": "placement_broken_off_school",
    }
    assert (running.state, running.cancel_code) == (ApplicationState.BROKEN_OFF, code)
    assert {letter for _to, letter in letters()} == {names[who] for who in told}


@pytest.mark.parametrize("end", [cancel, break_off])
@pytest.mark.parametrize(
    ("side", "codes"),
    [(Side.COMPANY, OWN_REASONS), (Side.PUPIL, COMPANY_REASONS)],
)
def test_nobody_gives_a_reason_of_the_other_side(running, boss, end, side, codes):
    for code in codes:
        with pytest.raises(Refusal) as refused, transaction():
            end(running, code, side=side, actor=boss, at=NOON)
        assert refused.value.sentence == "Diesen Grund gibt es hier nicht."


def test_on_the_eve_everybody_is_told_once(place, boss, letters):
    first, second = (
        make_application(ApplicationState.CONFIRMED, make_mia(), place) for _ in "ab"
    )

    with transaction():
        count = tell_of_the_eve(at=EVE)
    told = letters()
    with transaction():
        again = tell_of_the_eve(at=EVE)

    assert (count, again) == (2, 0)
    assert sorted(told) == sorted(
        [
            (first.pupil.email, "placement_eve"),
            (second.pupil.email, "placement_eve"),
            (PARENT, "placement_eve_guardian"),
            (PARENT, "placement_eve_guardian"),
            (boss.email, "placement_eve_company"),
        ]
    )


@pytest.mark.parametrize("day", [date(2027, 1, 30), MONDAY])
def test_no_other_day_is_the_eve(mia, place, day):
    make_application(ApplicationState.CONFIRMED, mia, place)

    with transaction():
        assert tell_of_the_eve(at=at(day)) == 0


def test_who_confirms_on_the_eve_is_told_at_once(app, mia, place, letters):
    offered = make_application(
        ApplicationState.OFFERED, mia, place, due_at=EVE + timedelta(hours=5)
    )
    app.config["NOW"] = EVE
    with transaction():
        confirm_place(offered, actor=mia, at=EVE)
    letters()

    run_due()

    assert offered.eve_told_at == EVE

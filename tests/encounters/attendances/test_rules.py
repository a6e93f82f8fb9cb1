from datetime import date, timedelta

import pytest

from marketplace.encounters.attendances.enums import ANSWERS, Contradiction, Presence
from marketplace.encounters.attendances.models import Attendance
from marketplace.encounters.attendances.rules import can_contradict, outcome_of

WEEK = [date(2027, 2, 1) + timedelta(days=k) for k in range(5)]
P, L, E, A = Presence
SAID = Contradiction.WAS_THERE


def notes(*marks):
    """One note a day; a pair is a mark and what was said against it."""
    pairs = [mark if isinstance(mark, tuple) else (mark, None) for mark in marks]
    return [
        Attendance(day=day, presence=mark, contradiction=said)
        for day, (mark, said) in zip(WEEK, pairs, strict=False)
    ]


@pytest.mark.parametrize(
    ("marks", "end"),
    [
        ([], "attended"),
        ([P, P, P, P, P], "attended"),
        ([P, L, L, P, P], "attended"),
        ([P, E], "partly"),
        ([A, A, A, A], "partly"),
        ([E, E, E, E, L], "partly"),
        ([E, E, E, E, E], "excused"),
        ([E, E, E, E, A], "no_show"),
        ([A, A, A, A, A], "no_show"),
        ([(A, SAID)] * 5, "excused"),
        ([(A, SAID), E, E, E, A], "no_show"),
        ([(A, SAID), P, P, P, P], "partly"),
    ],
)
def test_how_it_ends_stands_in_the_notes(marks, end):
    assert outcome_of(WEEK, notes(*marks)) == end


def test_a_note_about_another_day_changes_nothing():
    other = Attendance(day=date(2027, 3, 1), presence=A, contradiction=None)

    assert outcome_of(WEEK, [other]) == "attended"


def test_only_what_fits_a_mark_can_be_said_against_it_and_once():
    said = {
        mark: {c for c in Contradiction if can_contradict(notes(mark)[0], c)}
        for mark in Presence
    }

    assert said == {mark: set(ways) for mark, ways in ANSWERS.items()}
    assert not can_contradict(notes((A, SAID))[0], SAID)

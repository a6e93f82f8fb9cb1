from collections.abc import Collection, Iterable
from datetime import date

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.attendances.enums import ANSWERS, Contradiction, Presence
from marketplace.encounters.attendances.models import Attendance

THERE = frozenset({Presence.PRESENT, Presence.LATE})


def outcome_of(days: Collection[date], notes: Iterable[Attendance]) -> ApplicationState:
    """How a placement ends, by what was noted about its days.

    | what was noted                                   | end      |
    | there on every day, late or not, or nothing said | attended |
    | there on some days                               | partly   |
    | on no day, and every time excused or contested   | excused  |
    | on no day, and at least once without a word      | no_show  |

    Where the pupil says something else than the company, the day counts as excused.
    """
    missed = {it.day: it for it in notes if it.day in days and not is_there(it)}
    if not missed:
        return ApplicationState.ATTENDED
    if len(missed) < len(days):
        return ApplicationState.PARTLY
    is_without_a_word = any(stands_as_absent(it) for it in missed.values())
    return ApplicationState.NO_SHOW if is_without_a_word else ApplicationState.EXCUSED


def is_there(note: Attendance) -> bool:
    """Says whether a note is of somebody who came."""
    return note.presence in THERE


def stands_as_absent(note: Attendance) -> bool:
    """Says whether somebody stayed away without a word, and does not deny it."""
    return note.presence is Presence.ABSENT and note.contradiction is None


def can_contradict(note: Attendance, contradiction: Contradiction) -> bool:
    """Says whether this can be said against a note, once."""
    return note.contradiction is None and contradiction in ANSWERS[note.presence]

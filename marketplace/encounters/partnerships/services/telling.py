"""Reminders while it is arranged, and how both found it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from marketplace.encounters.introductions.enums import Event, Side
from marketplace.encounters.introductions.services.telling import BOTH
from marketplace.encounters.partnerships.enums import Moment, PartnershipState
from marketplace.encounters.partnerships.mails import Writing
from marketplace.encounters.partnerships.models import (
    Partnership,
    PartnershipFeedback,
)
from marketplace.encounters.partnerships.queries import (
    partnerships_begun,
    partnerships_to_remind,
)
from marketplace.encounters.partnerships.rules import (
    FEEDBACK_DAYS,
    REMINDER_DAYS,
    can_read,
    has_confirmed,
    moments_open,
    sides_of,
)
from marketplace.encounters.partnerships.services.moving import noted, write
from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User


@dataclass(frozen=True, kw_only=True)
class Answer:
    """How a side found it: whether it took place, 1 to 4, and whether again."""

    took_place: bool
    useful: int
    would_again: bool


def remind_arranging(*, at: datetime) -> int:
    """Reminds who has not confirmed, once at each of the two days; says how many."""
    count = 0
    for waiting in partnerships_to_remind(len(REMINDER_DAYS)):
        passed = (day_of(at) - day_of(waiting.created_at)).days
        due = sum(passed >= days for days in REMINDER_DAYS)
        if due <= waiting.reminded_count:
            continue
        partnership = locked(waiting)
        is_arranging = partnership.state is PartnershipState.ARRANGING
        if is_arranging and due > partnership.reminded_count:
            partnership.reminded_count = due
            sides = [one for one in BOTH if not has_confirmed(partnership, one)]
            write(Writing.reminder, partnership, sides, at=at)
            count += 1
    return count


def ask_for_feedback(*, at: datetime) -> int:
    """Asks both a fortnight after the first date, once; says how many."""
    count = 0
    for begun in partnerships_begun(day_of(at) - timedelta(days=FEEDBACK_DAYS)):
        partnership = locked(begun)
        if partnership.asked_count:
            continue
        partnership.asked_count = 1  # what ended before that day is never asked
        if Moment.FIRST in moments_open(partnership, day_of(at)):
            write(Writing.feedback, partnership, BOTH, at=at)
            count += 1
    return count


def give_feedback(
    partnership: Partnership,
    moment: Moment,
    answer: Answer,
    *,
    side: Side,
    actor: User,
    at: datetime,
) -> None:
    """Keeps how a side found it; refuses a second answer to the same question."""
    partnership = locked(partnership)
    if side not in BOTH or side not in sides_of(actor, partnership):
        raise Refusal(_("Das sagen die beiden Seiten selbst."))
    if moment not in moments_open(partnership, day_of(at)):
        raise Refusal(_("Dafür ist es noch zu früh."))
    db.session.refresh(partnership, ["feedback"])
    if any((f.side, f.moment) == (side, moment) for f in partnership.feedback):
        raise Refusal(_("Das haben Sie schon gesagt. Danke."))
    db.session.add(
        PartnershipFeedback(
            partnership_id=partnership.id,
            side=side,
            moment=moment,
            given_at=at,
            **vars(answer),
        )
    )
    noted(partnership, Event.FEEDBACK, side=side, actor=actor, at=at)


def readable_feedback(
    partnership: Partnership, side: Side, *, at: datetime
) -> list[PartnershipFeedback]:
    """What a side reads: its own answers, the other's once both told or time passed."""
    return [f for f in partnership.feedback if can_read(side, f, partnership, at)]


def questions_for(
    partnership: Partnership, side: Side, *, at: datetime
) -> list[Moment]:
    """What a side has not told yet and may tell now."""
    told = {f.moment for f in partnership.feedback if f.side is side}
    return [m for m in moments_open(partnership, day_of(at)) if m not in told]

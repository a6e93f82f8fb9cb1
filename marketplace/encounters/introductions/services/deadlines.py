"""What the days bring: reminders, ends, and a rest for profiles that keep silent."""

from datetime import datetime

from flask_babel import force_locale

from marketplace.encounters.introductions import mails
from marketplace.encounters.introductions.enums import (
    Act,
    Event,
    IntroductionState,
    Side,
)
from marketplace.encounters.introductions.models import Introduction
from marketplace.encounters.introductions.queries import (
    gives_at,
    introductions_to_remind,
    last_answers,
    overdue_introductions,
)
from marketplace.encounters.introductions.rules import is_live
from marketplace.encounters.introductions.services.answering import end
from marketplace.encounters.introductions.services.telling import (
    BOTH,
    NO_ANSWER,
    note,
    silent,
    tell,
)
from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.enums import Notice, Role
from marketplace.people.accounts.models import User
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.models import Posting
from marketplace.postings.lives.services import rest_posting
from marketplace.upkeep.audit.services import record

# Reminders go so many days before the deadline.
REMINDERS = (7, 2)
# So many introductions in a row without an answer, and the profile rests.
PATIENCE = 3


def expire_introductions(*, at: datetime) -> int:
    """Ends what nobody answered in time and says how many.

    A profile that let three in a row pass rests, and the office is asked to call.
    """
    count = 0
    for overdue in overdue_introductions(at):
        introduction = locked(overdue)
        if not is_live(introduction) or introduction.due_at >= at:
            continue  # somebody answered meanwhile
        sides = silent(introduction)
        end(introduction, Act.EXPIRE, at=at)
        db.session.flush()  # the next question reads it
        record("introduction.expired", introduction, actor=None, at=at)
        for side in sides:
            note(introduction, Event.EXPIRED, side=side, code=NO_ANSWER, at=at)
        tell(mails.introduction_ended, introduction, BOTH, at=at)
        for side in sides:
            _rest_if_silent(introduction, side, at=at)
        count += 1
    return count


def remind_silent_sides(*, at: datetime) -> int:
    """Reminds who has not answered, once at each of the two days; says how many."""
    count = 0
    for waiting in introductions_to_remind(len(REMINDERS)):
        if _reminders_due(waiting, at=at) <= waiting.reminded_count:
            continue
        introduction = locked(waiting)
        due = _reminders_due(introduction, at=at)
        if is_live(introduction) and due > introduction.reminded_count:
            introduction.reminded_count = due
            tell(
                mails.introduction_reminder,
                introduction,
                silent(introduction),
                notice=Notice.INTRODUCTIONS,
                at=at,
            )
            count += 1
    return count


def follow_up(introduction: Introduction, *, actor: User, at: datetime) -> None:
    """Notes that the office asked whoever kept silent; it is off its list then."""
    if actor.role is not Role.COORDINATOR:
        raise Refusal(_("Das macht die Koordinationsstelle."))
    introduction = locked(introduction)
    if introduction.todo_at is None:
        raise Refusal(_("Hier ist für Sie nichts mehr zu tun."))
    introduction.todo_at = None

    record("introduction.followed_up", introduction, actor=actor, at=at)
    note(introduction, Event.FOLLOWED_UP, side=Side.COORDINATION, at=at)


def _reminders_due(introduction: Introduction, *, at: datetime) -> int:
    left = (day_of(introduction.due_at) - day_of(at)).days
    return sum(left <= days for days in REMINDERS)


def _rest_if_silent(introduction: Introduction, side: Side, *, at: datetime) -> None:
    """Lets the profile of a side rest after each third expiry in a row."""
    in_a_row = 0
    for state, agreed_at in last_answers(introduction, side):
        if state is not IntroductionState.EXPIRED or agreed_at:
            break
        in_a_row += 1
    if not in_a_row or in_a_row % PATIENCE:
        return
    with force_locale("de"):
        why = _("Drei Anfragen nacheinander blieben ohne Antwort.")
    postings: list[Posting] = [introduction.offer]
    if side is Side.COMPANY:
        postings = [*gives_at([introduction.site]).get(introduction.site_id, [])]
    for posting in postings:
        if posting.state is PostingState.PUBLISHED:
            rest_posting(posting, why, at=at)
    introduction.todo_at = at
    note(introduction, Event.PROFILE_PAUSED, side=side, code=NO_ANSWER, at=at)

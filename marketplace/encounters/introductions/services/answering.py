"""Yes, no, and taking back."""

from datetime import datetime
from typing import Any

from sqlalchemy import update

from marketplace.encounters.introductions import mails
from marketplace.encounters.introductions.enums import (
    MOVES,
    Act,
    DeclineCode,
    Event,
    IntroductionState,
    Side,
)
from marketplace.encounters.introductions.models import (
    Introduction,
    IntroductionRelease,
)
from marketplace.encounters.introductions.queries import gives_at
from marketplace.encounters.introductions.rules import are_known, can_act, sides_of
from marketplace.encounters.introductions.services.conditions import held_by
from marketplace.encounters.introductions.services.telling import (
    BOTH,
    note,
    others,
    tell,
)
from marketplace.foundation.clock import days_after
from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.jobs.services import ask_for

LONGEST_DAYS = 21
AFTER_HALF = 7
# What the worker does once both have agreed; a feature above knows how.
WHEN_AGREED = "partnerships.begin"


def agree(introduction: Introduction, *, side: Side, actor: User, at: datetime) -> None:
    """Says yes for a side; with the second yes both read each other's contact."""
    introduction = locked(introduction)
    _require(introduction, Act.AGREE, side=side, actor=actor)
    _require_in_time(introduction, at=at)
    if not are_known(introduction):
        raise Refusal(
            _("Eine der beiden Seiten ist gerade nicht freigeschaltet.")
            + " "
            + _("Bitte fragen Sie die Koordinationsstelle.")
        )
    is_second = introduction.state is IntroductionState.HALF
    if is_second:
        _release(introduction, side, at=at)
    else:
        say_yes(introduction, side, at=at)
        _prolong(introduction, at=at)

    record("introduction.agreed", introduction, actor=actor, at=at)
    note(introduction, Event.AGREED, side=side, at=at)
    if is_second:
        note(introduction, Event.RELEASED, side=Side.PROGRAM, at=at)
        tell(mails.introduction_agreed, introduction, BOTH, at=at)
        ask_for(WHEN_AGREED, {"introduction": introduction.id}, due_at=at)


def decline(
    introduction: Introduction,
    code: DeclineCode,
    *,
    side: Side,
    actor: User,
    at: datetime,
) -> None:
    """Says no for a side; the other reads only that it does not come about."""
    introduction = locked(introduction)
    _require(introduction, Act.DECLINE, side=side, actor=actor)
    introduction.decline_side, introduction.decline_code = side, code
    gives = gives_at([introduction.site])
    introduction.declined_over = held_by(introduction, code, gives)
    end(introduction, Act.DECLINE, at=at)

    record("introduction.declined", introduction, actor=actor, at=at)
    note(introduction, Event.DECLINED, side=side, code=code, at=at)
    tell(mails.introduction_ended, introduction, others(side), at=at)


def withdraw(
    introduction: Introduction, *, side: Side, actor: User, at: datetime
) -> None:
    """Takes a proposal back, for the side that agreed or the office."""
    introduction = locked(introduction)
    _require(introduction, Act.WITHDRAW, side=side, actor=actor)
    end(introduction, Act.WITHDRAW, at=at)

    record("introduction.withdrawn", introduction, actor=actor, at=at)
    note(introduction, Event.WITHDRAWN, side=side, at=at)
    tell(mails.introduction_ended, introduction, others(side), at=at)


def say_yes(introduction: Introduction, side: Side, *, at: datetime) -> None:
    """Notes the first yes of an introduction."""
    if side is Side.PROVIDER:
        introduction.provider_ok_at = at
    else:
        introduction.company_ok_at = at
    introduction.state = MOVES[introduction.state, Act.AGREE].to


def end(introduction: Introduction, act: Act, *, at: datetime) -> None:
    """Takes an introduction to one of its ends."""
    introduction.state = MOVES[introduction.state, act].to
    introduction.ended_at = at


def _release(introduction: Introduction, side: Side, *, at: datetime) -> None:
    """Opens both contacts with the second yes, in one statement that asks anew.

    Of several that come at once one finds the row as it must be, the others none.
    """
    is_provider = side is Side.PROVIDER
    mine, other = Introduction.provider_ok_at, Introduction.company_ok_at
    if not is_provider:
        mine, other = other, mine
    db.session.flush()
    done: Any = db.session.execute(
        update(Introduction)
        .where(
            Introduction.id == introduction.id,
            Introduction.state == IntroductionState.HALF,
            mine.is_(None),
            other.is_not(None),
            Introduction.due_at > at,
        )
        .values(
            {
                mine: at,
                Introduction.state: IntroductionState.AGREED,
                Introduction.ended_at: at,
                Introduction.version: Introduction.version + 1,
            }
        )
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:
        raise Refusal(_("Das geht nicht mehr. Sehen Sie sich den neuen Stand an."))
    db.session.refresh(introduction)
    for whose in BOTH:
        db.session.add(
            IntroductionRelease(
                introduction_id=introduction.id, side=whose, released_at=at
            )
        )


def _prolong(introduction: Introduction, *, at: datetime) -> None:
    """Leaves the other side a week after the first yes, at most 21 days in all."""
    longest = days_after(introduction.created_at, LONGEST_DAYS)
    introduction.due_at = min(
        longest, max(introduction.due_at, days_after(at, AFTER_HALF))
    )


def _require(introduction: Introduction, act: Act, *, side: Side, actor: User) -> None:
    if side not in sides_of(actor, introduction):
        raise Refusal(_("Das entscheiden die beiden Seiten."))
    if not can_act(side, introduction, act):
        raise Refusal(_("Das geht nicht mehr. Sehen Sie sich den neuen Stand an."))


def _require_in_time(introduction: Introduction, *, at: datetime) -> None:
    if at > introduction.due_at:
        raise Refusal(_("Die Frist ist vorbei. Schlagen Sie sich neu vor."))

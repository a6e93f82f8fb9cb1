"""What the clock does with rounds: open, close, draw, run late, fill."""

from datetime import datetime, timedelta

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db, locked
from marketplace.matching.rounds.enums import RoundState
from marketplace.matching.rounds.models import Round
from marketplace.matching.rounds.queries.rounds import rounds_due, rounds_to_fill
from marketplace.matching.rounds.rules import lacks_beacon
from marketplace.matching.rounds.services.consenting import forget_origins
from marketplace.matching.rounds.services.filling import fill_round
from marketplace.matching.rounds.services.freezing import freeze_round
from marketplace.matching.rounds.services.planning import FOLLOW
from marketplace.matching.rounds.services.publishing import run_late
from marketplace.matching.rounds.services.running import draw_round
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.jobs.services import ask_for

HOUR = timedelta(hours=1)


def follow_rounds(*, at: datetime) -> int:
    """Does all that is due by the clock, and says in how many rounds; safe to repeat.

    While places may still become free it asks for itself anew each hour.
    """
    due = rounds_due(at)
    for round_ in due:
        _take_step(locked(round_), at=at)
    to_fill = rounds_to_fill(day_of(at))
    for round_ in to_fill:
        fill_round(round_, at=at)
    if to_fill:
        begun = at.replace(minute=0, second=0, microsecond=0) + HOUR
        ask_for(FOLLOW, name=f"{FOLLOW} {begun.isoformat()}", due_at=begun)
    forget_origins(at=at)
    return len(due)


def _take_step(round_: Round, *, at: datetime) -> None:
    if round_.state is RoundState.DRAFT:
        round_.state = RoundState.OPEN
        record("round.opened", round_, actor=None, at=at)
    if round_.state is RoundState.OPEN and round_.closes_at < at:
        freeze_round(round_, at=at)
        db.session.flush()  # the run reads the rows
        if not lacks_beacon(round_):
            draw_round(round_, actor=None, at=at)
    elif round_.state is RoundState.PUBLISHED:
        run_late(round_, at=at)

"""A result becomes public, and then a place for each pupil who has one."""

from datetime import datetime, timedelta

from marketplace.encounters.applications.models import Approval
from marketplace.encounters.applications.services.deadlines import lapse_applications
from marketplace.encounters.applications.services.placing import place
from marketplace.foundation.clock import day_of, days_after
from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.matching.rounds import mails
from marketplace.matching.rounds.enums import LATE, MAIN, RoundState
from marketplace.matching.rounds.models import Round, RoundEntry, RoundSeat
from marketplace.matching.rounds.queries.entries import entries_to_tell
from marketplace.matching.rounds.queries.frozen import result_of
from marketplace.matching.rounds.queries.seats import seats_numbered
from marketplace.matching.rounds.rules import (
    counts,
    has_place,
    is_coordinator,
    is_minor,
)
from marketplace.matching.rounds.services.freezing import freeze_late
from marketplace.matching.rounds.services.planning import FOLLOW
from marketplace.matching.rounds.services.running import figures_of, settle
from marketplace.matching.rounds.services.wishing import placing_for
from marketplace.people.accounts.models import User
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.jobs.services import ask_for
from marketplace.upkeep.mail.services import queue
from marketplace.upkeep.settings.enums import Setting
from marketplace.upkeep.settings.queries import value_of

HAND_OUT = "rounds.hand_out"
# So many are placed in one transaction, so that others may write in between.
AT_ONCE = 25


def publish_round(round_: Round, *, actor: User, at: datetime) -> None:
    """Makes result and seed public; the places are given out by the worker at once."""
    if not is_coordinator(actor):
        raise Refusal(_("Das macht die Koordinationsstelle."))
    round_ = locked(round_)
    if round_.state is not RoundState.CLEARED:
        raise Refusal(_("Veröffentlicht wird, was ausgelost ist."))
    round_.state, round_.published_at = RoundState.PUBLISHED, at
    until = days_after(at, value_of(Setting.CONFIRM_DAYS))
    round_.confirm_until = until
    _ask_to_hand_out(round_, MAIN, at=at)
    late_at = until + timedelta(seconds=1)
    ask_for(FOLLOW, name=f"{FOLLOW} {late_at.isoformat()}", due_at=late_at)
    record("round.published", round_, actor=actor, at=at)


def hand_out(round_: Round, run: int, *, at: datetime) -> int:
    """Gives the next ones their places, tells the others, and says how many are told.

    Twice does no harm. Where a place cannot be given any more, the reason is kept for
    the pupil, and the place goes into the late run.
    """
    entries = entries_to_tell(round_, run, AT_ONCE)
    results = {one.id: result_of(round_, one.public_id) for one in entries}
    numbers = [row.seat_no for row in results.values() if row and row.seat_no]
    seats = seats_numbered(round_, numbers)
    for entry in entries:
        row = results[entry.id]
        is_new = row is not None and row.run == run
        entry.told_run = run
        if is_new and not has_place(entry):
            seat = seats.get(row.seat_no or 0) if row else None
            _give(entry, seat, at=at)
    if len(entries) == AT_ONCE:
        _ask_to_hand_out(round_, run, at=at)
    return len(entries)


def run_late(round_: Round, *, at: datetime) -> None:
    """Gives what was not confirmed to those without a place; moves nobody else."""
    lapse_applications(at=at)
    round_ = locked(round_)
    if round_.state is not RoundState.PUBLISHED:
        return
    freeze_late(round_, at=at)
    db.session.flush()  # the run reads the rows
    figures = figures_of(settle(round_.id, LATE))
    round_.figures = round_.figures | {"late": figures}
    round_.state = RoundState.DONE
    _ask_to_hand_out(round_, LATE, at=at)
    record("round.run_late", round_, actor=None, at=at)


def give_place(
    entry: RoundEntry, seat: RoundSeat, *, is_late: bool, at: datetime
) -> bool:
    """Makes an application of a seat; says False, and keeps why, where it cannot be."""
    try:
        with db.session.begin_nested():
            placing = placing_for(entry, seat, _approvals(entry, seat, at=at))
            entry.application = place(placing, is_late=is_late, at=at)
            entry.trouble = ""
    except Refusal as refusal:
        entry.trouble = refusal.sentence[:300]
        return False
    return True


def _give(entry: RoundEntry, seat: RoundSeat | None, *, at: datetime) -> None:
    if seat is None or not give_place(entry, seat, is_late=False, at=at):
        queue(mails.round_unplaced(entry), [entry.pupil.email], at=at)


def _approvals(entry: RoundEntry, seat: RoundSeat, *, at: datetime) -> list[Approval]:
    """What a guardian said to this company, as the application keeps it."""
    if not is_minor(entry.pupil, day_of(at)):
        return []
    firm_id = seat.period.internship.organisation_id
    return [
        Approval(
            is_granted=True,
            guardian_no=consent.guardian_no,
            way=consent.way,
            at=consent.at,
            guardian_name=consent.guardian_name,
            address=consent.address,
            user_id=consent.user_id,
            signed_on=consent.signed_on,
            text_version=consent.text_version,
        )
        for consent in entry.consents
        if consent.organisation_id == firm_id and counts(consent)
    ]


def _ask_to_hand_out(round_: Round, run: int, *, at: datetime) -> None:
    ask_for(HAND_OUT, {"round_id": round_.id, "run": run}, due_at=at)

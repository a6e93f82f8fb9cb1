"""How a partnership ends: on its day, before it, or not yet."""

from datetime import datetime, timedelta

from marketplace.encounters.introductions.enums import Event, Side
from marketplace.encounters.introductions.services.telling import BOTH, others
from marketplace.encounters.partnerships.enums import (
    MOVES,
    Act,
    EndCode,
    PartnershipState,
    Renewal,
)
from marketplace.encounters.partnerships.mails import Writing
from marketplace.encounters.partnerships.models import Partnership
from marketplace.encounters.partnerships.queries import (
    partnerships_past,
    partnerships_to_renew,
)
from marketplace.encounters.partnerships.rules import (
    RENEWAL_DAYS,
    can_act,
    goes_on_changed,
    next_term,
)
from marketplace.encounters.partnerships.services.arranging import begin_partnership
from marketplace.encounters.partnerships.services.moving import held, noted, write
from marketplace.encounters.partnerships.services.quantities import return_quantities
from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db, locked
from marketplace.people.accounts.models import User


def end_early(
    partnership: Partnership,
    code: EndCode,
    *,
    side: Side,
    actor: User,
    at: datetime,
) -> None:
    """Ends it before its day, for either side or the office, with a reason."""
    partnership = held(partnership, Act.END_EARLY, side=side, actor=actor)
    partnership.end_side, partnership.end_code = side, code
    _end(partnership, Act.END_EARLY, at=at)

    noted(partnership, Event.ENDED_EARLY, side=side, actor=actor, code=code, at=at)
    write(Writing.ended, partnership, others(side), at=at)


def finish_partnerships(*, at: datetime) -> int:
    """Ends what is past its last day, and says how many; what goes on begins anew.

    Where both want to go on in another way, they arrange it at once.
    """
    count = 0
    for past in partnerships_past(day_of(at)):
        partnership = locked(past)
        if not can_act(Side.PROGRAM, partnership, Act.FINISH):
            continue  # somebody ended it meanwhile
        _end(partnership, Act.FINISH, at=at)
        noted(partnership, Event.DONE, side=Side.PROGRAM, actor=None, at=at)
        write(Writing.ended, partnership, BOTH, at=at)
        if goes_on_changed(partnership):
            introduction = partnership.introduction
            introduction.over_at = introduction.arranged_at = None
            db.session.flush()  # what ended must not be found as running
            begin_partnership(introduction, actor=None, at=at, after=partnership)
        count += 1
    return count


def ask_for_renewal(*, at: datetime) -> int:
    """Asks both sixty days before the last one, once; says how many.

    What lasts less than that in all simply ends.
    """
    count = 0
    ahead = timedelta(days=RENEWAL_DAYS)
    for ending in partnerships_to_renew(day_of(at) + ahead):
        if ending.valid_to - ending.valid_from < ahead:
            continue
        partnership = locked(ending)
        is_active = partnership.state is PartnershipState.ACTIVE
        if partnership.renewal_asked_at or not is_active:
            continue  # somebody ended it meanwhile
        partnership.renewal_asked_at = at
        write(Writing.renewal, partnership, BOTH, at=at)
        count += 1
    return count


def answer_renewal(
    partnership: Partnership, wish: Renewal, *, side: Side, actor: User, at: datetime
) -> None:
    """Notes whether a side goes on; if both do so unchanged, it is as long again."""
    partnership = held(partnership, Act.RENEW, side=side, actor=actor)
    if side is Side.PROVIDER:
        partnership.provider_renewal = wish
    else:
        partnership.company_renewal = wish

    noted(partnership, Event.RENEWAL, side=side, actor=actor, code=wish, at=at)
    if partnership.provider_renewal is partnership.company_renewal is Renewal.RENEW:
        _renew(partnership, at=at)


def show_publicly(
    partnership: Partnership,
    *,
    is_shown: bool,
    side: Side,
    actor: User,
) -> None:
    """Notes whether a side wishes it to be shown; it is if both do."""
    partnership = held(partnership, Act.SHOW, side=side, actor=actor)
    if side is Side.PROVIDER:
        partnership.is_shown_by_provider = is_shown
    else:
        partnership.is_shown_by_company = is_shown


def _renew(partnership: Partnership, *, at: datetime) -> None:
    partnership.term_from, partnership.valid_to = next_term(
        partnership.term_from, partnership.valid_to
    )
    partnership.provider_renewal = partnership.company_renewal = None
    partnership.renewal_asked_at = None
    noted(partnership, Event.RENEWED, side=Side.PROGRAM, actor=None, at=at)
    write(Writing.renewed, partnership, BOTH, at=at)


def _end(partnership: Partnership, act: Act, *, at: datetime) -> None:
    """Ends it and opens again what it had covered; the pair is free."""
    if partnership.state is PartnershipState.ACTIVE:
        return_quantities(partnership)
    partnership.state = MOVES[partnership.state, act].to
    partnership.ended_at = at
    introduction = locked(partnership.introduction)
    introduction.arranged_at = introduction.arranged_at or at
    introduction.over_at = at

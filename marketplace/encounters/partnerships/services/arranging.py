"""From two agreements to one: lines, quantities and days, confirmed by both."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import flag_modified

from marketplace.encounters.introductions.enums import Event, Side
from marketplace.encounters.introductions.models import Introduction
from marketplace.encounters.introductions.queries import gives_at
from marketplace.encounters.introductions.rules import is_together, sides_of
from marketplace.encounters.introductions.services.telling import BOTH, others
from marketplace.encounters.partnerships.enums import Act, PartnershipState
from marketplace.encounters.partnerships.mails import Writing
from marketplace.encounters.partnerships.models import Partnership, PartnershipLine
from marketplace.encounters.partnerships.queries import running_partnership
from marketplace.encounters.partnerships.rules import (
    ARRANGING_DAYS,
    has_confirmed,
    is_guarded,
    lacks_decision,
    lacks_declaration,
)
from marketplace.encounters.partnerships.services.moving import held, noted, write
from marketplace.encounters.partnerships.services.quantities import (
    left_of,
    require_open,
    take_quantities,
)
from marketplace.foundation.clock import day_of, days_after
from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.postings.offers.models import NeedLine
from marketplace.postings.sponsorships.models import GiveLine

YEAR = timedelta(days=364)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What both are to confirm; quantities by the number of the line, 0 drops it."""

    valid_from: date
    valid_to: date
    first_on: date | None = None
    value_eur: int | None = None
    quantities: Mapping[int, int | None]
    # Of the partnership as it was read: who changes it second reads it again.
    version: int


def begin_partnership(
    introduction: Introduction,
    *,
    actor: User | None,
    at: datetime,
    after: Partnership | None = None,
) -> Partnership:
    """Opens the arranging that follows two yeses; there is one, whoever asks.

    Where it goes on from an ended one, it starts from what that one had agreed.
    Refuses a pair that has not agreed, or that is apart again.
    """
    introduction = locked(introduction)
    running = running_partnership(introduction)
    if running:
        return running
    if actor and not sides_of(actor, introduction):
        raise Refusal(_("Das entscheiden die beiden Seiten."))
    if not is_together(introduction):
        raise Refusal(_("Eine Partnerschaft beginnt, wenn beide zugesagt haben."))
    partnership = _opened(introduction, after, at=at)
    try:
        with db.session.begin_nested():
            db.session.add(partnership)
    except IntegrityError:  # somebody began it in this very instant
        raise Refusal(_("Die Partnerschaft ist schon begonnen.")) from None

    side = min(sides_of(actor, introduction), default=Side.PROGRAM)
    noted(partnership, Event.ARRANGING, side=side, actor=actor, at=at)
    write(Writing.begun, partnership, BOTH, at=at)
    return partnership


def revise_terms(
    partnership: Partnership, terms: Terms, *, side: Side, actor: User, at: datetime
) -> None:
    """Changes lines, quantities or days; both have to confirm anew."""
    partnership = held(partnership, Act.REVISE, side=side, actor=actor)
    _require_read(partnership, terms.version)
    if terms.valid_to < terms.valid_from:
        raise Refusal(_("Der letzte Tag liegt vor dem ersten."))
    require_open(partnership, terms.quantities)
    partnership.valid_from, partnership.valid_to = terms.valid_from, terms.valid_to
    partnership.term_from = terms.valid_from
    partnership.first_on, partnership.value_eur = terms.first_on, terms.value_eur
    for line in list(partnership.lines):
        quantity = terms.quantities.get(line.id, line.quantity)
        if quantity == 0:
            partnership.lines.remove(line)
        else:
            line.quantity = quantity
    _ask_anew(partnership, side=side, actor=actor, at=at)


def add_line(
    partnership: Partnership,
    need: NeedLine,
    give: GiveLine,
    *,
    side: Side,
    actor: User,
    at: datetime,
) -> None:
    """Agrees on one more pair of lines, with as much as both still have open."""
    partnership = held(partnership, Act.REVISE, side=side, actor=actor)
    choices = line_choices(partnership, on=day_of(at))
    if (need.id, give.id) not in {(n.id, g.id) for n, g in choices}:
        raise Refusal(_("Diese beiden Zeilen passen nicht zueinander."))
    amounts = [left_of(one, partnership) for one in (need, give)]
    partnership.lines.append(
        PartnershipLine(
            need_line=need,
            give_line=give,
            kind=need.kind,
            item=need.item or give.item,
            quantity=min((a for a in amounts if a is not None), default=None),
        )
    )
    _ask_anew(partnership, side=side, actor=actor, at=at)


def line_choices(
    partnership: Partnership, *, on: date
) -> list[tuple[NeedLine, GiveLine]]:
    """Pairs of lines of one kind that could be agreed on and are not yet.

    What is used up is none, nor what lacks the declaration on minors that day.
    """
    pair = partnership.introduction
    gifts = gives_at([pair.site]).get(pair.site_id, [])
    gives = [line for gift in gifts for line in gift.lines]
    there = {(line.need_line_id, line.give_line_id) for line in partnership.lines}
    return [
        (need, give)
        for need in pair.offer.lines
        for give in gives
        if need.kind is give.kind
        and need.item in ("", give.item)
        and 0 not in {left_of(one, partnership) for one in (need, give)}
        and is_guarded(need.kind, partnership, on)
        and (need.id, give.id) not in there
    ]


def record_decision(
    partnership: Partnership,
    *,
    decided_on: date,
    decided_by: str,
    side: Side,
    actor: User,
    at: datetime,
) -> None:
    """Records when the head teacher allowed it, and who that is."""
    partnership = held(partnership, Act.DECIDE, side=side, actor=actor)
    if decided_on > day_of(at):
        raise Refusal(_("Der Tag der Entscheidung liegt noch vor uns."))
    if not decided_by.strip():
        raise Refusal(_("Nennen Sie, wer entschieden hat."))
    partnership.decided_on, partnership.decided_by = decided_on, decided_by.strip()

    noted(partnership, Event.DECIDED, side=side, actor=actor, at=at)


def confirm_terms(
    partnership: Partnership, *, version: int, side: Side, actor: User, at: datetime
) -> None:
    """Confirms for a side; with the second one it is active, and counts as covered.

    Refuses what was not read in this version, and while nothing is agreed, it is over
    already, too little is left, or the declaration or a school's decision is missing.
    """
    partnership = held(partnership, Act.CONFIRM, side=side, actor=actor)
    _require_read(partnership, version)
    _require_complete(partnership, at=at)
    if side is Side.PROVIDER:
        partnership.provider_ok_at = at
    else:
        partnership.company_ok_at = at

    noted(partnership, Event.CONFIRMED, side=side, actor=actor, at=at)
    if all(has_confirmed(partnership, one) for one in BOTH):
        _activate(partnership, at=at)


def _ask_anew(
    partnership: Partnership, *, side: Side, actor: User, at: datetime
) -> None:
    flag_modified(partnership, "valid_to")  # its version tells of its lines too
    partnership.provider_ok_at = partnership.company_ok_at = None
    # A head teacher allowed what stood there then; when, the log still tells.
    partnership.decided_on, partnership.decided_by = None, ""
    noted(partnership, Event.REVISED, side=side, actor=actor, at=at)
    write(Writing.revised, partnership, others(side), at=at)


def _activate(partnership: Partnership, *, at: datetime) -> None:
    take_quantities(partnership)
    partnership.state, partnership.active_at = PartnershipState.ACTIVE, at
    introduction = locked(partnership.introduction)
    introduction.arranged_at = at
    noted(partnership, Event.ACTIVE, side=Side.PROGRAM, actor=None, at=at)
    write(Writing.active, partnership, BOTH, at=at)


def _require_read(partnership: Partnership, version: int) -> None:
    if version != partnership.version:
        for line in partnership.lines:
            db.session.refresh(line)  # the answer shows what stands there now
        raise Refusal(_("Hier wurde inzwischen geändert. Lesen Sie es neu."))


def _require_complete(partnership: Partnership, *, at: datetime) -> None:
    if not partnership.lines:
        raise Refusal(_("Noch ist keine Zeile verabredet. Tragen Sie eine ein."))
    if partnership.valid_to < day_of(at):
        raise Refusal(_("Der letzte Tag ist vorbei. Verabreden Sie einen neuen."))
    if lacks_decision(partnership):
        raise Refusal(_("Erst muss die Schulleitung entscheiden."))
    if lacks_declaration(partnership, day_of(at)):
        raise Refusal(
            _("Es fehlt die Erklärung zum Schutz von Jugendlichen.")
            + " "
            + _(
                "%(name)s gibt sie auf der Seite der eigenen Organisation ab.",
                name=partnership.company.name,
            )
        )
    require_open(partnership)


def _opened(
    introduction: Introduction, after: Partnership | None, *, at: datetime
) -> Partnership:
    today = day_of(at)
    return Partnership(
        introduction=introduction,
        provider=introduction.provider,
        company=introduction.company,
        state=PartnershipState.ARRANGING,
        created_at=at,
        due_at=days_after(at, ARRANGING_DAYS),
        valid_from=today,
        valid_to=today + YEAR,
        term_from=today,
        value_eur=after.value_eur if after else None,
        lines=[
            PartnershipLine(
                need_line_id=line.need_line_id,
                give_line_id=line.give_line_id,
                kind=line.kind,
                item=line.item,
                quantity=line.quantity,
            )
            for line in (after or introduction).lines
        ],
    )

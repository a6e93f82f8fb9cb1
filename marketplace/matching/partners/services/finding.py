"""Partners of one profile, with all that its page shows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask_babel import format_decimal

from marketplace.foundation.geometry import Point
from marketplace.foundation.language import _
from marketplace.matching.partners.queries import offers_by_id, sites_by_id
from marketplace.matching.partners.services.explaining import (
    Explanation,
    explain,
    line_name,
)
from marketplace.matching.partners.services.worlds import OFFER, World, thing_of
from marketplace.matching.scores.coverage import allocate
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.order import Match
from marketplace.matching.scores.ranking import rank
from marketplace.matching.scores.values import Profile
from marketplace.people.organisations.models import Organisation, Site
from marketplace.postings.offers.models import Offer
from marketplace.region.lines.enums import LineKind
from marketplace.region.lines.rules import amount_of
from marketplace.region.lines.tables import ICONS

SHOWN = 20
USUAL_PRICE = 1000


@dataclass(frozen=True)
class Partner:
    """One partner of the list: who, why, and where it stands."""

    rank: int
    match: Match
    explanation: Explanation
    thing: Offer | Site
    organisation: Organisation
    point: Point
    demand: str


@dataclass(frozen=True)
class NeedRow:
    """One need line of the header: shares of 100 that are agreed or possible."""

    name: str
    amount: str
    agreed: int
    possible: int
    icon: str
    words: str
    # Nobody serves it, or not the whole of it.
    is_missing: bool


@dataclass(frozen=True)
class Finding:
    """Everything the page of one profile shows."""

    partners: Sequence[Partner]
    needs: Sequence[NeedRow]
    missing: Sequence[str]
    is_matched: bool


def partners_of(
    world: World, profile_id: int, *, radius_km: int | None = None
) -> Finding:
    """The first 20 partners of a profile, in the order of mutual fit and demand.

    `radius_km` tries another radius than the one that was entered.
    """
    profile = world.index.profiles.get(profile_id)
    if profile is None:
        return Finding([], [], [], is_matched=False)
    index = world.index
    if radius_km:
        profile = replace(profile, radius_km=radius_km, is_radius_hard=True)
        index = index.trying(profile)
    matches = rank(index, profile_id, SHOWN)
    partners = _partners(index, profile, matches)
    others = [index.profiles[match.profile_id] for match in matches]
    needs = _needs(profile, others)
    return Finding(
        partners=partners,
        needs=needs,
        missing=[row.name for row in needs if row.is_missing],
        is_matched=True,
    )


def _partners(
    index: MatchIndex, profile: Profile, matches: Sequence[Match]
) -> list[Partner]:
    numbers = [thing_of(match.profile_id) for match in matches]
    offers = offers_by_id([n for kind, n in numbers if kind == OFFER])
    sites = sites_by_id([n for kind, n in numbers if kind != OFFER])
    partners = []
    for place, (match, (kind, number)) in enumerate(
        zip(matches, numbers, strict=True), 1
    ):
        thing: Offer | Site | None = (offers if kind == OFFER else sites).get(number)
        if thing is None:
            continue  # gone since the arrays were built
        other = index.profiles[match.profile_id]
        partners.append(
            Partner(
                rank=place,
                match=match,
                explanation=explain(profile, other, index.weights),
                thing=thing,
                organisation=thing.organisation,
                point=Point(thing.lat or 0.0, thing.lon or 0.0),
                demand=_demand(match.shown_price),
            )
        )
    return partners


def _demand(price_pm: int) -> str:
    """How much in demand a partner is, with the factor of the order."""
    words = _("üblich gefragt")
    if price_pm < USUAL_PRICE:
        words = _("stark gefragt")
    elif price_pm > USUAL_PRICE:
        words = _("neu dabei")
    factor = format_decimal(price_pm / USUAL_PRICE, "0.00")
    return f"{words} × {factor}"


def _needs(profile: Profile, others: Sequence[Profile]) -> list[NeedRow]:
    """What all partners together could cover of each need line."""
    taken: Counter[tuple[int, int | None]] = Counter()
    served = set()
    for other in others:
        for row in allocate(profile, other):
            taken.update({(row.line_no, unit.slot): unit.taken for unit in row.units})
            served |= {row.line_no} if row.is_served else set()
    rows = []
    for line in profile.needs:
        kind = list(LineKind)[line.kind]
        each = line.open_quantity or 0
        needed = each * len(line.units)
        possible = sum(min(each, taken[line.line_no, slot]) for slot in line.units)
        share = round(100 * possible / needed) if needed else 0
        rows.append(
            NeedRow(
                name=line_name(kind, line.item),
                amount=amount_of(kind, needed or None),
                agreed=0,
                possible=share,
                icon=ICONS[kind],
                words=_words(kind, possible, needed),
                is_missing=possible < needed or line.line_no not in served,
            )
        )
    return rows


def _words(kind: LineKind, possible: int, needed: int) -> str:
    if not needed:
        return _("Die Menge ist noch offen.")
    if not possible:
        return _("Noch bietet das niemand in Ihrem Umkreis.")
    if possible >= needed:
        return _("Mit diesen Partnern ganz möglich.")
    rest = amount_of(kind, needed - possible)
    return _(
        "%(amount)s möglich, %(rest)s fehlen.",
        amount=amount_of(kind, possible),
        rest=rest,
    )

"""Partners of one profile, with all that its page shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import Row

from marketplace.foundation.columns import mask_of
from marketplace.foundation.geometry import Point
from marketplace.foundation.language import _, format_decimal
from marketplace.matching.partners.queries import listed_things
from marketplace.matching.partners.services.covering import (
    Entered,
    NeedRow,
    covered_lines,
    needs_together,
)
from marketplace.matching.partners.services.explaining import Explanation, explain
from marketplace.matching.partners.services.worlds import OFFER, World, thing_of
from marketplace.matching.scores.coverage import (
    LineCoverage,
    allocate,
    served_between,
)
from marketplace.matching.scores.enums import Side
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.order import Match, whole
from marketplace.matching.scores.pools import pool_of
from marketplace.matching.scores.prices import boost_pm
from marketplace.matching.scores.ranking import rank
from marketplace.matching.scores.values import Profile
from marketplace.matching.scores.weights import TopicWeights
from marketplace.people.organisations.models import Site
from marketplace.postings.offers.models import Offer
from marketplace.region.lines.enums import LineKind
from marketplace.region.topics.enums import Topic

# So many stand on the page, the first of them with all their reasons.
SHOWN, IN_FULL = 20, 6
# So far the list is read where some of it are left out.
SEARCHED = 200
USUAL_PRICE = 1000
# From here on, being new is not all that brings somebody forward.
RARE_PRICE = 1100


@dataclass(frozen=True)
class Partner:
    """One partner of the list: who, where it stands, and why, once that is asked."""

    rank: int
    match: Match
    pair: tuple[Profile, Profile]
    weights: TopicWeights
    # What the list says of the offer or site, and of whose it is.
    thing: Row[Any]
    organisation: Row[Any]
    point: Point
    demand: str
    served: Sequence[LineCoverage]
    # Since when it stands here; None: long ago.
    since: date | None

    @cached_property
    def explanation(self) -> Explanation:
        """The reasons, part by part."""
        return explain(*self.pair, self.weights, served=self.served)

    @cached_property
    def lines(self) -> Sequence[NeedRow]:
        """Each need, and how far this one covers it."""
        return covered_lines(*self.pair, self.served)

    @property
    def uncovered(self) -> str:
        """The needs of which this one covers nothing."""
        # Some names have a comma of their own: "Mentorin, Mentor".
        return "; ".join([row.name for row in self.lines if not row.is_served])

    @property
    def covered(self) -> str:
        """The needs of which this one covers some."""
        return "; ".join([row.name for row in self.lines if row.is_served])

    @property
    def order(self) -> str:
        """What the list is sorted by: the mutual score times the demand."""
        return format_decimal(self.match.key / (100 * USUAL_PRICE), "0.00")

    @property
    def mutual(self) -> str:
        """The mutual score with its hundredths."""
        return format_decimal(self.match.reciprocal / 100, "0.00")

    @property
    def points(self) -> int:
        """What the partner is worth to the reader, of 100."""
        return whole(self.match.forward)

    @property
    def km(self) -> int:
        """How far it is."""
        return round(self.match.distance / 1000)


@dataclass(frozen=True)
class Finding:
    """Everything the page of one profile shows."""

    partners: Sequence[Partner]
    needs: Sequence[NeedRow]
    missing: Sequence[str]
    is_matched: bool
    # Further partners come behind those that are shown.
    has_more: bool = False


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """What the reader tries out: another radius, and whom to leave out."""

    radius_km: int | None = None
    topics: frozenset[Topic] = frozenset()
    kind: LineKind | None = None
    state: str = ""
    # The number of a need line that must be covered in part at least.
    line_no: int | None = None

    @property
    def leaves_out(self) -> bool:
        """Says whether somebody of the list may be left out."""
        return bool(self.topics or self.kind or self.state or self.line_no)

    def keeps(self, reader: Profile, other: Profile) -> bool:
        """Says whether a partner stays, whatever its state."""
        if self.topics and not other.topics & mask_of(self.topics):
            return False
        if self.kind:
            lines = other.gives if reader.side is Side.PROVIDER else other.needs
            number = list(LineKind).index(self.kind)
            if all(line.kind != number for line in lines):
                return False
        if self.line_no is None:
            return True
        rows = allocate(reader, other)
        return any(row.line_no == self.line_no and row.is_served for row in rows)


AS_IT_IS = Narrowing()
NOTHING_ASKED: Mapping[int, int] = {}


def partners_of(
    world: World,
    profile_id: int,
    *,
    narrowing: Narrowing = AS_IT_IS,
    entered: Sequence[Entered] = (),
    asked: Mapping[int, int] = NOTHING_ASKED,
) -> Finding:
    """The first 20 partners of a profile, in the order of mutual fit and demand.

    `entered` are its need lines as they are stored, `asked` how much of which of them
    others have been asked for already. What is missing is what nobody near enough
    gives, whoever is shown.
    """
    profile = world.index.profiles.get(profile_id)
    if profile is None:
        return Finding([], [], [], is_matched=False)
    index = world.index
    if narrowing.radius_km:
        profile = replace(profile, radius_km=narrowing.radius_km, is_radius_hard=True)
        index = index.trying(profile)
    reach = SEARCHED if narrowing.leaves_out else SHOWN + 1
    matches = rank(index, profile_id, reach)
    # Who was taken out of the arrays since they were ranked is passed over.
    profiles = {m.profile_id: index.profiles.get(m.profile_id) for m in matches}
    others = {
        number: other
        for number, other in profiles.items()
        if other and narrowing.keeps(profile, other)
    }
    kept = [match for match in matches if match.profile_id in others]
    found = _partners(world, profile, kept, others, narrowing.state)
    partners, more = found[:SHOWN], found[SHOWN:]
    served = [partner.served for partner in partners]
    needs = needs_together(profile, served, entered, asked)
    if len(partners) < len(matches) and any(row.is_missing for row in needs):
        near = [other for other in profiles.values() if other]
        served = _served_by_all(index, profile, near)
        needs = needs_together(profile, served, entered, asked)
    return Finding(
        partners=partners,
        needs=needs,
        missing=[row.name for row in needs if row.is_missing],
        is_matched=True,
        has_more=bool(more),
    )


def _served_by_all(
    index: MatchIndex, profile: Profile, near: Sequence[Profile]
) -> list[Sequence[LineCoverage]]:
    """What those found and the best of each line cover, also where none is shown."""
    best = pool_of(index, profile.profile_id).candidates
    others = {other.profile_id: other for other in near}
    for number in (candidate.profile_id for candidate in best):
        other = index.profiles.get(number)
        if other is not None:
            others[number] = other
    return [served_between(profile, other) for other in others.values()]


def _partners(
    world: World,
    profile: Profile,
    matches: Sequence[Match],
    others: Mapping[int, Profile],
    state: str,
) -> list[Partner]:
    numbers = [thing_of(match.profile_id) for match in matches]
    offers = listed_things(Offer, [n for kind, n in numbers if kind == OFFER])
    sites = listed_things(Site, [n for kind, n in numbers if kind != OFFER])
    things = [(offers if kind == OFFER else sites).get(n) for kind, n in numbers]
    shown = [
        (match, thing)
        for match, thing in zip(matches, things, strict=True)
        # Some may be gone since the arrays were built.
        if thing is not None and state in {"", thing.state_code}
    ]
    return [
        _partner(world, (profile, others[match.profile_id]), match, thing, place)
        for place, (match, thing) in enumerate(shown[: SHOWN + 1], 1)
    ]


def _partner(
    world: World,
    pair: tuple[Profile, Profile],
    match: Match,
    thing: Row[Any],
    place: int,
) -> Partner:
    profile, other = pair
    return Partner(
        rank=place,
        match=match,
        pair=pair,
        weights=world.index.weights,
        thing=thing,
        organisation=thing.organisation,
        point=Point(thing.lat or 0.0, thing.lon or 0.0),
        demand=demand_words(match.shown_price, other.age_days),
        served=served_between(profile, other),
        since=_since(world, other),
    )


def _since(world: World, other: Profile) -> date | None:
    if other.age_days is None:
        return None
    return world.day - timedelta(days=other.age_days)


def demand_words(price_pm: int, age_days: int | None) -> str:
    """How much in demand a partner is, with the factor of the order."""
    words = _("üblich gefragt")
    if price_pm < USUAL_PRICE:
        words = _("stark gefragt")
    elif price_pm > USUAL_PRICE:
        boost = boost_pm(age_days)
        is_new = boost > USUAL_PRICE
        words = _("neu dabei") if is_new else _("selten vorgeschlagen")
        if is_new and price_pm * USUAL_PRICE > RARE_PRICE * boost:
            words = _("neu dabei, selten vorgeschlagen")
    factor = format_decimal(price_pm / USUAL_PRICE, "0.00")
    return f"{words} × {factor}"

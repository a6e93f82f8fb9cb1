"""Bundles of one offer, in words and tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from marketplace.encounters.introductions.models import Introduction
from marketplace.foundation.geometry import Point
from marketplace.foundation.language import _, format_decimal
from marketplace.matching.partners.queries import sites_by_id
from marketplace.matching.partners.services.explaining import line_name
from marketplace.matching.partners.services.worlds import (
    World,
    profile_of_offer,
    profile_of_site,
    thing_of,
)
from marketplace.matching.scores.bundles import PAIR, Bundle, best_bundles
from marketplace.matching.scores.coverage import WHOLE_PPM
from marketplace.matching.scores.sets import MOST_PARTNERS, Candidate
from marketplace.matching.scores.values import Line
from marketplace.people.organisations.models import Site
from marketplace.postings.offers.models import Offer
from marketplace.region.lines.enums import LineKind, Slot
from marketplace.region.lines.rules import amount_of

Sites = Mapping[int, Site]


@dataclass(frozen=True)
class BundleMember:
    """One partner of a bundle, what share of the whole comes of it, and how far."""

    site: Site
    km: int
    percent: str
    is_asked: bool

    @property
    def name(self) -> str:
        return self.site.organisation.name

    @property
    def point(self) -> Point:
        return Point(self.site.lat or 0.0, self.site.lon or 0.0)


@dataclass(frozen=True)
class BundleRow:
    """One need line: what is open, how far it is covered, and by whom how much."""

    name: str
    needed: str
    percent: str
    amounts: Sequence[str]


@dataclass(frozen=True)
class BundleTable:
    """A bundle as a table of need lines and partners."""

    members: Sequence[BundleMember]
    rows: Sequence[BundleRow]
    percent: str
    # In whole points, for the large figure.
    whole: int
    gaps: Sequence[str]

    @property
    def names(self) -> str:
        return joined([member.name for member in self.members])

    @property
    def new(self) -> Sequence[BundleMember]:
        """Those who are still to be asked."""
        return [member for member in self.members if not member.is_asked]


@dataclass(frozen=True)
class BundleChoice:
    """The best bundle, the best of two, and what is left if the strongest declines."""

    best: BundleTable
    pair: BundleTable | None
    strongest: str
    without: BundleTable | None
    # Some were asked already; the others join them.
    is_addition: bool


def bundles_of(
    world: World, offer: Offer, asked: Sequence[Introduction]
) -> BundleChoice | None:
    """The bundles for an offer; None where fewer than two partners add anything.

    Who was `asked` as one of a bundle and has not declined stays in it.
    """
    index, profile_id = world.index, profile_of_offer(offer.id)
    profile = index.profiles.get(profile_id)
    if profile is None:
        return None
    running = [profile_of_site(one.site_id) for one in asked]
    fixed = [one for one in running if one in index.profiles]
    # Who is not matched any more has its place in the bundle all the same.
    resting = len(running) - len(fixed)
    most = MOST_PARTNERS - resting
    found = best_bundles(index, profile_id, max_partners=most, fixed=fixed)
    if found is None or len(found.best.members) + resting < PAIR:
        return None
    needs = profile.needs
    shown = (found.best, found.pair, found.without)
    ids = {member.profile_id for bundle in shown for member in bundle.members}
    sites = sites_by_id([thing_of(one)[1] for one in ids])
    best, pair, without = (
        _table(bundle, needs, sites, frozenset(fixed)) for bundle in shown
    )
    return BundleChoice(
        best=best,
        pair=pair if len(found.best.members) > PAIR and pair.new else None,
        strongest=sites[thing_of(found.strongest.profile_id)[1]].organisation.name,
        without=without if without.new else None,
        is_addition=bool(fixed),
    )


def joined(names: Sequence[str]) -> str:
    """Names as a sentence lists them: "A, B und C"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s und %(last)s", first=", ".join(names[:-1]), last=names[-1])


def _table(
    bundle: Bundle, needs: Sequence[Line], sites: Sites, fixed: frozenset[int]
) -> BundleTable:
    lines = {need.line_no: need for need in needs}
    rows, gaps, start = [], [], 0
    given = bundle.given
    for want, ppm in zip(bundle.pool.wants, bundle.lines_ppm, strict=True):
        line, end = lines[want.line_no], start + len(want.slots)
        kind = list(LineKind)[line.kind]
        parts = [sum(shares[start:end]) for shares in given]
        rows.append(
            BundleRow(
                name=line_name(kind, line.item),
                needed=amount_of(kind, want.needed * len(want.slots)),
                percent=_percent(_hundredths(ppm)),
                amounts=[amount_of(kind, part) if part else "–" for part in parts],
            )
        )
        sums = [sum(column) for column in zip(*given, strict=True)][start:end]
        for slot, got in zip(want.slots, sums, strict=True):
            if got < want.needed:
                gaps.append(_gap(line, want.needed - got, slot))
        start = end
    return BundleTable(
        members=[
            _member(member, share, sites, fixed)
            for member, share in zip(bundle.members, _shares(bundle), strict=True)
        ],
        rows=rows,
        percent=_percent(bundle.percent),
        whole=(bundle.percent + 50) // 100,
        gaps=gaps,
    )


def _shares(bundle: Bundle) -> list[int]:
    """What of the whole comes of each, in hundredths that sum to those of the bundle.

    By largest remainder, ties to the first.
    """
    alone = [sum(bundle.pool.lines_ppm_of(shares)) for shares in bundle.given]
    whole = sum(alone) or 1
    shares = [bundle.percent * part // whole for part in alone]
    rests = [bundle.percent * part % whole for part in alone]
    last = sorted(range(len(alone)), key=lambda k: (-rests[k], k))
    for k in last[: bundle.percent - sum(shares)] if sum(alone) else ():
        shares[k] += 1
    return shares


def _member(
    member: Candidate, share: int, sites: Sites, fixed: frozenset[int]
) -> BundleMember:
    return BundleMember(
        site=sites[thing_of(member.profile_id)[1]],
        km=round(member.distance / 1000),
        percent=_percent(share),
        is_asked=member.profile_id in fixed,
    )


def _hundredths(ppm: int) -> int:
    """A share as it is shown, rounded half up; whole only where nothing is missing."""
    return min((ppm + 50) // 100, 10_000 if ppm == WHOLE_PPM else 9_999)


def _gap(line: Line, missing: int, slot: int | None) -> str:
    kind = list(LineKind)[line.kind]
    words = f"{line_name(kind, line.item)}: {amount_of(kind, missing)}"
    return words if slot is None else f"{words}, {list(Slot)[slot].label}"


def _percent(hundredths: int) -> str:
    number = format_decimal(Decimal(hundredths).scaleb(-2), "0.00")
    return f"{number} %"

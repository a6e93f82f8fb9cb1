"""What would be if a need line asked for something else; nothing of it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from marketplace.foundation.columns import mask_of
from marketplace.matching.partners.services.covering import Entered, NeedRow
from marketplace.matching.partners.services.entering import KIND_NUMBERS, item_number
from marketplace.matching.partners.services.finding import Finding, Partner
from marketplace.matching.partners.services.worlds import (
    PARENT_BITS,
    World,
    profile_of_offer,
)
from marketplace.matching.scores.enums import Direction, Hard
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.neighbours import nearest_across
from marketplace.matching.scores.values import Line, Profile, gathered
from marketplace.postings.offers.models import Offer
from marketplace.region.lines.enums import NEEDS_SAFEGUARDING
from marketplace.region.lines.rules import LineEntry, months_mask, still_open

# Beyond so many partners near by, a trial looks at the nearest.
LOOKED_AT = 2_000


@dataclass(frozen=True)
class Trial:
    """Another entry for the need line of a number, and another radius; None is none."""

    line_no: int
    entry: LineEntry
    radius_km: int | None


@dataclass(frozen=True)
class Shift:
    """Where a partner stands in the list as it is and as it is tried; None: nowhere.

    `mutual` are the mutual scores in the same order, in words.
    """

    name: str
    places: tuple[int | None, int | None]
    mutual: tuple[str, str]


@dataclass(frozen=True)
class Difference:
    """What a trial changes: each need and each partner, before and after."""

    needs: Sequence[tuple[NeedRow, NeedRow]]
    partners: Sequence[Shift]


def world_with(world: World, offer: Offer, trial: Trial) -> World:
    """The world as one offer sees it, had its line that entry.

    Only those near enough are in it; the world itself stays as it is.
    """
    profile_id = profile_of_offer(offer.id)
    profile = world.index.profiles.get(profile_id)
    if profile is None or not 1 <= trial.line_no <= len(offer.lines):
        return world
    changed = _changed(world, offer, profile, trial)
    near = nearest_across(world.index.trying(changed), profile_id, LOOKED_AT)
    others = [world.index.profiles.get(number) for number in near]
    there = [other for other in others if other]  # some may just have gone
    index = MatchIndex([changed, *there], world.index.weights, world.index.relations)
    return replace(world, index=index)


def entered_with(
    entered: Sequence[Entered], offer: Offer, trial: Trial
) -> list[Entered]:
    """The need lines of an offer as they would be stored."""
    tried = trial.entry
    return [
        Entered(
            tried.kind,
            item_number(tried.item),
            tried.quantity,
            still_open(tried.quantity, offer.lines[number - 1].taken),
        )
        if number == trial.line_no
        else line
        for number, line in enumerate(entered, 1)
    ]


def difference(before: Finding, after: Finding) -> Difference:
    """Compares two lists of one offer; who is in the tried one comes first."""
    old, new = _by_number(before), _by_number(after)
    return Difference(
        needs=list(zip(before.needs, after.needs, strict=True)),
        partners=[
            _shift(old.get(number), new.get(number)) for number in {**new, **old}
        ],
    )


def _changed(world: World, offer: Offer, profile: Profile, trial: Trial) -> Profile:
    """The profile with the line as it is tried, its sets gathered anew."""
    stored, entry = offer.lines[trial.line_no - 1], trial.entry
    tried = Line(
        line_no=trial.line_no,
        direction=Direction.NEED,
        kind=KIND_NUMBERS[entry.kind.value],
        item=item_number(entry.item),
        open_quantity=still_open(entry.quantity, stored.taken),
        months=months_mask(entry, world.day),
        slots=mask_of(entry.slots),
        topics=mask_of(entry.topics),
        audiences=mask_of(entry.audiences),
        hard=Hard(mask_of(entry.hard)),
        is_safeguarded=entry.kind in NEEDS_SAFEGUARDING,
    )
    others = [line for line in profile.lines if line.line_no != trial.line_no]
    bare = replace(
        profile,
        lines=tuple(sorted([*others, tried], key=lambda line: line.line_no)),
        radius_km=trial.radius_km,
        topics=mask_of(offer.topics),
        audiences=mask_of(offer.audiences),
        months=0,
    )
    return gathered(bare, PARENT_BITS)


def _by_number(finding: Finding) -> Mapping[int, Partner]:
    return {partner.match.profile_id: partner for partner in finding.partners}


def _shift(old: Partner | None, new: Partner | None) -> Shift:
    name = next(one.organisation.name for one in (new, old) if one)
    return Shift(
        name=name,
        places=(old.rank if old else None, new.rank if new else None),
        mutual=(old.mutual if old else "", new.mutual if new else ""),
    )

"""What a company could give besides, so that more providers are helped."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.matching.partners.services.explaining import line_name
from marketplace.matching.partners.services.worlds import World
from marketplace.matching.scores.enums import Side
from marketplace.matching.scores.neighbours import lacks_across, nearest_across
from marketplace.region.lines.enums import LineKind
from marketplace.region.lines.tables import ICONS

# So many further providers are aimed at, and so many ways there are shown.
AIM, SHOWN = 3, 3
# Of so many near by it is asked what they lack.
ASKED = 300


@dataclass(frozen=True)
class Addition:
    """A kind of gift, and how many providers near by it would help."""

    name: str
    icon: str
    providers: int


def additions_for(world: World, profile_id: int) -> Sequence[Addition]:
    """The gifts that help most further providers near by, each counted once.

    The nearest are asked; those who find something here already are not among them.
    None for a provider.
    """
    giving = world.index.profiles.get(profile_id)
    if giving is None or giving.side is not Side.COMPANY:
        return []
    helped: dict[tuple[int, int], set[int]] = defaultdict(set)
    near = nearest_across(world.index, profile_id, ASKED)
    for lack in lacks_across(world.index, profile_id, near):
        helped[lack.kind, lack.item].add(lack.organisation_id)
    order = sorted(helped, key=lambda key: (-len(helped[key]), key))
    return [
        Addition(
            name=line_name(list(LineKind)[kind], item),
            icon=ICONS[list(LineKind)[kind]],
            providers=len(helped[kind, item]),
        )
        for kind, item in order[:SHOWN]
    ]

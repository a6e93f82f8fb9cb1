"""What would be if a need line asked for something else; nothing of it is kept."""

from dataclasses import dataclass, replace

from marketplace.matching.partners.services.worlds import World
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.neighbours import nearest_across

# Beyond so many partners near by, a trial looks at the nearest.
LOOKED_AT = 2_000


@dataclass(frozen=True)
class Trial:
    """Another open quantity for the need line of a number."""

    line_no: int
    quantity: int


def world_with(world: World, profile_id: int, trial: Trial) -> World:
    """The world as one profile sees it, had its line that quantity.

    Only those near enough are in it; the world itself stays as it is.
    """
    profile = world.index.profiles.get(profile_id)
    if profile is None:
        return world
    lines = tuple(
        replace(line, open_quantity=trial.quantity)
        if line.line_no == trial.line_no
        else line
        for line in profile.lines
    )
    changed = replace(profile, lines=lines)
    near = nearest_across(world.index, profile_id, LOOKED_AT)
    others = [world.index.profiles.get(number) for number in near]
    there = [other for other in others if other]  # some may just have gone
    index = MatchIndex([changed, *there], world.index.weights, world.index.relations)
    return replace(world, index=index)

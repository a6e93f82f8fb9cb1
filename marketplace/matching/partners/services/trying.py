"""What would be if a need line asked for something else; nothing of it is kept."""

from dataclasses import dataclass, replace

from marketplace.matching.partners.services.worlds import World
from marketplace.matching.scores.gates import is_near
from marketplace.matching.scores.index import MatchIndex


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
    others = (
        other
        for other in world.index.profiles.values()
        if other.side is not profile.side and is_near(profile, other)
    )
    index = MatchIndex([changed, *others], world.index.weights, world.index.relations)
    return replace(world, index=index)

"""Who is kept apart from whom, as it is matched."""

from datetime import datetime

from marketplace.encounters.introductions.queries import unwanted_pairs
from marketplace.encounters.introductions.services.conditions import barred_pairs
from marketplace.matching.scores.gates import Relations


def relations_at(at: datetime) -> Relations:
    """The pairs of which one side does not want, and those in contact lately."""
    return Relations(blocked=unwanted_pairs(), recent=barred_pairs(at))

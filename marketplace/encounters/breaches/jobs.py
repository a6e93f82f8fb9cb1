from collections.abc import Mapping
from typing import Any

from marketplace.encounters.breaches.queries import PORTION, places_to_judge
from marketplace.encounters.breaches.services import judge_places
from marketplace.foundation.clock import now
from marketplace.upkeep.jobs.services import ask_for


def judge(payload: Mapping[str, Any]) -> None:
    """Judges places anew, all or those the payload names; one portion at a time."""
    places = places_to_judge(**payload)
    judge_places(places, at=now())
    if len(places) == PORTION:
        more = dict(payload) | {"after": places[-1].id}
        ask_for("breaches.judge", more, due_at=now())

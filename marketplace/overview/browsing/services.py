from collections.abc import Sequence
from datetime import datetime

from marketplace.encounters.watchlist.rules import is_shown
from marketplace.encounters.watchlist.services import keep
from marketplace.overview.browsing.queries import internships_by_keys
from marketplace.people.accounts.models import User


def take_over(keys: Sequence[str], *, actor: User, at: datetime) -> int:
    """Puts on a pupil's list what she liked before she signed in; says how much.

    What is not public any more is left out. Refuses more than a list holds.
    """
    liked = [one for one in internships_by_keys(keys) if is_shown(one)]
    for internship in liked:
        keep(internship, actor=actor, at=at)
    return len(liked)

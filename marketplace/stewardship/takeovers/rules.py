from typing import Any

from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.organisations.rules import is_member
from marketplace.stewardship.imports.enums import Outcome
from marketplace.stewardship.takeovers.enums import TakeoverState
from marketplace.stewardship.takeovers.models import Takeover

# What asks for somebody comes first; what stays as it is is counted alone.
SHOWN = (Outcome.HELD, Outcome.REJECTED, Outcome.UPDATED, Outcome.CREATED)
MOST_ROWS = 100


def can_see(actor: User | None, takeover: Takeover) -> bool:
    """Says whether a file exists for a person: for members, once it is taken over.

    Until then for whoever gave it. One that lay in a folder nobody gave; there the
    office sees the report, too, since it set that up.
    """
    if actor is None:
        return False
    if actor.role is Role.COORDINATOR:
        return takeover.laid is not None
    is_open = takeover.state is TakeoverState.DONE or takeover.laid is not None
    is_seen = is_open or takeover.given_by_id == actor.id
    return is_seen and is_member(actor, takeover.organisation)


def rows_of(takeover: Takeover) -> list[dict[str, Any]]:
    """The entries a page shows, those first that ask for somebody."""
    found = [
        item
        for outcome in SHOWN
        for item in takeover.items
        if item["outcome"] == outcome
    ]
    noted = [i for i in takeover.items if i["outcome"] not in SHOWN and i["reason"]]
    return [*found, *noted][:MOST_ROWS]

from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.postings.actions.models import Action
from marketplace.region.topics.enums import Sign, Topic
from marketplace.region.topics.rules import sign_of


def can_check(actor: User | None) -> bool:
    """Says whether somebody may tell where an action exists: the office alone."""
    return actor is not None and actor.role is Role.COORDINATOR


def can_write(actor: User | None) -> bool:
    """Says whether somebody may write and withdraw actions: the office alone."""
    return can_check(actor)


def can_see(actor: User | None, action: Action) -> bool:
    """Says whether an action exists for a person."""
    return action.is_public or can_write(actor)


def sign_for(action: Action) -> Sign | None:
    """The sign of MINT an action is drawn under: that of its first topic."""
    first = next((topic for topic in Topic if topic in action.topics), None)
    return sign_of(first) if first else None

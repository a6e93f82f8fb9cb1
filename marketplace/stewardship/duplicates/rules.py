from datetime import datetime, timedelta

from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.organisations.rules import is_member
from marketplace.postings.lives.enums import PUBLIC_STATES, PostingState
from marketplace.postings.lives.models import Posting
from marketplace.stewardship.duplicates.models import Merge

LISTED = PostingState.LISTED
# What can still become one with another.
ALIVE = (PostingState.DRAFT, *PUBLIC_STATES, LISTED)

# So long a merge can be taken back.
UNDOABLE_FOR = timedelta(days=30)


def is_undoable(merge: Merge, at: datetime) -> bool:
    """Says whether it is still time to take a merge back."""
    return bool(merge.journal) and at - merge.merged_at <= UNDOABLE_FOR


def can_decide(actor: User | None, one: Posting, other: Posting) -> bool:
    """Says whether a person may say of two entries whether they are one."""
    if actor is None:
        return False
    if actor.role is Role.COORDINATOR:
        return True
    return is_member(actor, one.organisation) and is_member(actor, other.organisation)


def can_choose(actor: User, survivor: Posting) -> bool:
    """Says whether a person may take words of the other over: whose entry it is."""
    return survivor.state is not LISTED and is_member(actor, survivor.organisation)


def may_stay(survivor: Posting, other: Posting) -> bool:
    """Says whether an entry may be the one that stays: the more confirmed one.

    Of two organisations never, but that a hint goes: who applied told the one alone.
    """
    is_of_one = survivor.organisation_id == other.organisation_id
    if survivor.state not in ALIVE or not (is_of_one or other.state is LISTED):
        return False
    return _rank(survivor) >= _rank(other)


def _rank(posting: Posting) -> int:
    """Hints, then drafts, then what is public."""
    if posting.state is LISTED:
        return 0
    return 2 if posting.state in PUBLIC_STATES else 1

from datetime import date

from marketplace.foundation.geometry import Point
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.organisations.enums import OrganisationState
from marketplace.people.organisations.rules import is_member
from marketplace.postings.lives.enums import (
    ACTS_OF_PEOPLE,
    MOVES,
    PUBLIC_STATES,
    Act,
    PostingState,
    Side,
)
from marketplace.postings.lives.models import Posting
from marketplace.region.topics.enums import Sign, Topic
from marketplace.region.topics.rules import sign_of

# A hint older than this stands at the end, in the Fundus.
FRESH_MONTHS = 36


def side_of(actor: User | None, posting: Posting) -> Side | None:
    """As whom a person works on a posting; None for whom it is not."""
    if actor is None:
        return None
    if actor.role is Role.COORDINATOR:
        return Side.COORDINATION
    return Side.MEMBER if is_member(actor, posting.organisation) else None


def works_on(actor: User | None, posting: Posting) -> bool:
    """Says whether a person has anything to decide about a posting."""
    return side_of(actor, posting) is not None


def is_public(posting: Posting) -> bool:
    """Says whether everybody may see a posting."""
    if posting.state is PostingState.LISTED:
        return True
    is_verified = posting.organisation.state is OrganisationState.VERIFIED
    return is_verified and posting.state in (*PUBLIC_STATES, PostingState.ENDED)


def can_see(actor: User | None, posting: Posting) -> bool:
    """Says whether a posting exists for a person."""
    return is_public(posting) or works_on(actor, posting)


def can_revise(actor: User | None, posting: Posting) -> bool:
    """Says whether a person may change the words: a member, until it ends."""
    states = (PostingState.DRAFT, *PUBLIC_STATES)
    return posting.state in states and side_of(actor, posting) is Side.MEMBER


def can_confirm(actor: User | None, posting: Posting) -> bool:
    """Says whether a person may say that a posting still holds: a member."""
    return posting.state in PUBLIC_STATES and side_of(actor, posting) is Side.MEMBER


def can_move(actor: User | None, posting: Posting, act: Act) -> bool:
    """Says whether the table has this step, and for this person."""
    move = MOVES.get((posting.state, act))
    return move is not None and side_of(actor, posting) in move.by


def acts_for(actor: User | None, posting: Posting) -> list[Act]:
    """The steps a person may take now, in the order of their buttons."""
    return [act for act in ACTS_OF_PEOPLE if can_move(actor, posting, act)]


def year_before(day: date) -> date:
    """The first day of the twelve months that end on `day`.

    So long holds a confirmation, and a declaration after § 25 JArbSchG.
    """
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return date(day.year - 1, 3, 1)


def fresh_since(day: date) -> date:
    """The first day of those hints that are young enough to stand before the Fundus."""
    return date(day.year - FRESH_MONTHS // 12, day.month, 1)


def act_named(name: str) -> Act | None:
    """The act of this name, if people may take it."""
    return next((act for act in ACTS_OF_PEOPLE if act == name), None)


def is_fresh(posting: Posting, day: date) -> bool:
    """Says whether a hint is young enough to stand before the Fundus."""
    return posting.as_of is not None and posting.as_of >= fresh_since(day)


def sign_for(posting: Posting) -> Sign | None:
    """The sign of MINT a posting is drawn under: that of its first topic."""
    first = next((topic for topic in Topic if topic in posting.topics), None)
    return sign_of(first) if first else None


def point_of(posting: Posting) -> Point | None:
    """Where a posting lies, if that is known."""
    if posting.lat is None or posting.lon is None:
        return None
    return Point(posting.lat, posting.lon)

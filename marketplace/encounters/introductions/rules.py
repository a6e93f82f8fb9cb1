from datetime import datetime, timedelta

from marketplace.encounters.introductions.enums import (
    LIVE,
    MOVES,
    Act,
    DeclineCode,
    IntroductionState,
    Side,
)
from marketplace.encounters.introductions.models import (
    Introduction,
    IntroductionLine,
)
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.rules import is_member, is_verified
from marketplace.region.lines.rules import LineEntry, words_of

# A pair is left alone so long at least; what was declined, longer.
SHORTEST_DAYS = 30
LONGEST_DAYS = 180
SOON_AGAIN = frozenset({DeclineCode.NO_CAPACITY, DeclineCode.NOT_NOW})


def sides_of(actor: User | None, introduction: Introduction) -> frozenset[Side]:
    """As whom a person acts in an introduction; empty for whom it is not."""
    if actor is None:
        return frozenset()
    if actor.role is Role.COORDINATOR:
        return frozenset({Side.COORDINATION})
    parties = {Side.PROVIDER: introduction.provider, Side.COMPANY: introduction.company}
    return frozenset(side for side, who in parties.items() if is_member(actor, who))


def can_see(actor: User | None, introduction: Introduction) -> bool:
    """Says whether an introduction exists for a person."""
    return bool(sides_of(actor, introduction))


def can_choose_for(actor: User | None, organisation: Organisation) -> bool:
    """Says whether a person decides whom an organisation wants as partner."""
    is_office = actor is not None and actor.role is Role.COORDINATOR
    return is_office or is_member(actor, organisation)


def has_agreed(introduction: Introduction, side: Side) -> bool:
    """Says whether a side has said yes."""
    if side is Side.PROVIDER:
        return introduction.provider_ok_at is not None
    return side is Side.COMPANY and introduction.company_ok_at is not None


def can_act(side: Side, introduction: Introduction, act: Act) -> bool:
    """Says whether the table has this step for this side, as things stand."""
    move = MOVES.get((introduction.state, act))
    if move is None or side not in move.by:
        return False
    if act is Act.WITHDRAW:
        return side is Side.COORDINATION or has_agreed(introduction, side)
    return act is Act.EXPIRE or not has_agreed(introduction, side)


def is_live(introduction: Introduction) -> bool:
    """Says whether somebody still has to answer."""
    return introduction.state in LIVE


def are_contacts_open(introduction: Introduction) -> bool:
    """Says whether the sides may read each other's contact data.

    They stay shut while the office does not vouch for one of the sides.
    """
    has_come_about = introduction.state is IntroductionState.AGREED
    return has_come_about and are_known(introduction)


def contacts_in(introduction: Introduction) -> list[tuple[Organisation, str, str]]:
    """Of both sides whom to ask for, and how to reach that person, once it is open."""
    if not are_contacts_open(introduction):
        return []
    sides = (introduction.provider, introduction.company)
    return [(who, *_contact_of(who)) for who in sides]


def are_known(introduction: Introduction) -> bool:
    """Says whether the office vouches for both sides."""
    return is_verified(introduction.provider) and is_verified(introduction.company)


def is_together(introduction: Introduction) -> bool:
    """Says whether the pair is in contact: it agreed, and nothing has ended since."""
    return introduction.state is IntroductionState.AGREED and not introduction.over_at


def cool_until(introduction: Introduction) -> datetime | None:
    """Until when the pair is not brought together again; None if it is not over."""
    has_come_about = introduction.state is IntroductionState.AGREED
    if introduction.ended_at is None or has_come_about:
        return None
    if introduction.state is not IntroductionState.DECLINED:
        return introduction.ended_at + timedelta(days=SHORTEST_DAYS)
    days = 90 if introduction.decline_code in SOON_AGAIN else LONGEST_DAYS
    return introduction.ended_at + timedelta(days=days)


def line_words(line: IntroductionLine) -> str:
    """A pair of lines in a few words: "8 × Lötstation"."""
    entry = LineEntry(kind=line.kind, item=line.item, quantity=line.quantity)
    return words_of(entry)


def _contact_of(who: Organisation) -> tuple[str, str]:
    """What it told for this, else the first member who can still sign in."""
    users = [one.user for one in who.memberships if one.user.disabled_at is None]
    names, emails = [one.name for one in users[:1]], [one.email for one in users[:1]]
    email = who.contact_email or "".join(emails)
    ways = [way for way in (email, who.contact_phone) if way]
    return who.contact_name or "".join(names), " ".join(ways)

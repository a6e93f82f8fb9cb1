from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from typing import Any

from flask_babel import format_date

from marketplace.foundation.clock import day_of
from marketplace.foundation.geometry import Point
from marketplace.foundation.language import NamedEnum, _
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.organisations.enums import OrganisationState
from marketplace.people.organisations.rules import is_member, is_verified
from marketplace.postings.lives.enums import (
    ACTS_OF_PEOPLE,
    MOVES,
    PUBLIC_STATES,
    Act,
    PostingState,
    Side,
)
from marketplace.postings.lives.models import Posting
from marketplace.region.topics.enums import LAST_GRADE, Sign, Topic
from marketplace.region.topics.rules import grades_meant, sign_of
from marketplace.upkeep.search.enums import Standing
from marketplace.upkeep.search.rules import FOR_ALL

# How long what ended is still shown, and how long before the twelve months run out
# letters ask for a confirmation.
SHOWN_DAYS, REMINDER_DAYS = 30, (30, 7)
# From so many postings that the office read on, it need not read the next ones.
TRUSTED_AFTER = 3
# A hint older than this stands at the end, in the Fundus.
FRESH_MONTHS = 36


def indexed_grades(posting: Posting) -> frozenset[int]:
    """The classes by which search finds it; one sign for all where all are meant."""
    if posting.grade_span is None:
        return frozenset()
    grades = grades_meant(posting.audiences or frozenset(), *posting.grade_span)
    return frozenset({FOR_ALL}) if len(grades) == LAST_GRADE else grades


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


def is_public(posting: Posting, day: date) -> bool:
    """Says whether everybody may see a posting on a day."""
    if posting.state is PostingState.LISTED:
        return posting.organisation.state is not OrganisationState.FROZEN
    is_there = posting.state in PUBLIC_STATES or is_just_ended(posting, day)
    return is_there and is_verified(posting.organisation)


def is_just_ended(posting: Posting, day: date) -> bool:
    """Says whether a posting ended at most 30 days before a day."""
    if posting.state is not PostingState.ENDED or posting.ended_at is None:
        return False
    return day <= day_of(posting.ended_at) + timedelta(days=SHOWN_DAYS)


def standing_of(posting: Posting) -> Standing:
    """How openly it stands in search by itself; its organisation has a say, too."""
    if posting.state in PUBLIC_STATES:
        return Standing.CONFIRMED
    is_hint = posting.state is PostingState.LISTED
    return Standing.HINT if is_hint else Standing.HIDDEN


def can_see(actor: User | None, posting: Posting, day: date) -> bool:
    """Says whether a posting exists for a person on a day."""
    return is_public(posting, day) or works_on(actor, posting)


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


def state_after(posting: Posting, act: Act) -> PostingState:
    """Where a step of the table leads; a thaw leads back."""
    to = MOVES[posting.state, act].to
    return to or posting.frozen_from or posting.state


def reminders_due(posting: Posting, day: date) -> int:
    """How many letters must have asked for a confirmation by a day."""
    left = fresh_until(posting.confirmed_on or date.min) - day
    return sum(left.days <= days for days in REMINDER_DAYS)


def fresh_until(confirmed_on: date) -> date:
    """The last day of the twelve months for which a confirmation holds."""
    try:
        return confirmed_on.replace(year=confirmed_on.year + 1)
    except ValueError:  # 29 February
        return date(confirmed_on.year + 1, 2, 28)


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


def said(value: Any) -> str:
    """A value of a column as a person reads it, in the language of the moment."""
    if isinstance(value, frozenset):
        return ", ".join(sorted(said(member) for member in value))
    for kind, words in IN_WORDS.items():
        if isinstance(value, kind):
            return words(value)
    return "" if value is None else str(value)


# How values of a type are said; the first that fits.
IN_WORDS: Mapping[type, Callable[[Any], str]] = {
    NamedEnum: lambda member: str(member.label),
    bool: lambda is_so: _("ja") if is_so else _("nein"),
    date: lambda day: str(format_date(day)),
    time: lambda at: at.strftime("%H:%M"),
}

from collections.abc import Collection
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.rules import is_member
from marketplace.region.topics.enums import Topic

OFFER, SITE = 0, 1
# Topics that name no subject: hardly any company has them.
WITHOUT_SUBJECT = frozenset({Topic.STEM_GENERAL, Topic.CAREER_ORIENTATION})
# One number, or many in a row.
Number = TypeVar("Number", int, NDArray[np.int64])


def can_look(actor: User | None, organisation: Organisation) -> bool:
    """Says whether a person may see the partners of an organisation."""
    is_office = actor is not None and actor.role is Role.COORDINATOR
    return is_office or is_member(actor, organisation)


def names_no_subject(topics: Collection[Topic]) -> bool:
    """Says whether topics are told that stand for all subjects alone."""
    return bool(topics) and WITHOUT_SUBJECT.issuperset(topics)


def profile_of_offer(offer_id: Number) -> Number:
    """The profile number of an offer; offers have even numbers, sites odd ones."""
    return 2 * offer_id + OFFER


def profile_of_site(site_id: Number) -> Number:
    """The profile number of a site."""
    return 2 * site_id + SITE


def thing_of(profile_id: int) -> tuple[int, int]:
    """Whether a profile is an offer or a site, and its number."""
    return profile_id % 2, profile_id // 2

"""Introductions and partnerships in the states that tests ask for."""

from marketplace.encounters.introductions.enums import Side
from marketplace.encounters.introductions.services.answering import agree
from marketplace.encounters.introductions.services.proposing import (
    LinePair,
    Proposal,
    propose_introduction,
)
from marketplace.encounters.partnerships.services.arranging import (
    begin_partnership,
    confirm_terms,
)
from marketplace.foundation.database import transaction
from tests.factories.people import make_company, make_organisation
from tests.factories.postings import make_offer, make_sponsorship
from tests.moments import NOON


def pair_of(offer, sponsorship, quantity):
    need, give = offer.lines[0], sponsorship.lines[0]
    return LinePair(
        need_line_id=need.id,
        give_line_id=give.id,
        kind=need.kind,
        item=need.item,
        quantity=quantity,
    )


def make_introduction(
    offer=None, sponsorship=None, *, side=Side.PROVIDER, quantity=8, at=NOON
):
    """A provider asks a company for what it gives; both have one line."""
    offer = offer or make_offer(organisation=make_organisation())
    sponsorship = sponsorship or make_sponsorship(organisation=make_company())
    asking = offer if side is Side.PROVIDER else sponsorship
    with transaction():
        return propose_introduction(
            Proposal(offer=offer, site=sponsorship.site),
            side=side,
            actor=asking.organisation.memberships[0].user,
            at=at,
            pairs=[pair_of(offer, sponsorship, quantity)],
        )


def make_agreed(*args, at=NOON, **rest):
    """An introduction to which both sides have agreed."""
    introduction = make_introduction(*args, at=at, **rest)
    with transaction():
        actor = introduction.company.memberships[0].user
        agree(introduction, side=Side.COMPANY, actor=actor, at=at)
    return introduction


def make_partnership(*args, at=NOON, **rest):
    """What both arrange after they have agreed."""
    introduction = make_agreed(*args, at=at, **rest)
    with transaction():
        return begin_partnership(introduction, actor=None, at=at)


def make_active(*args, at=NOON, **rest):
    """What both have confirmed."""
    partnership = make_partnership(*args, at=at, **rest)
    for side in (Side.PROVIDER, Side.COMPANY):
        confirm(partnership, side, at=at)
    return partnership


def member_of(partnership, side):
    organisation = (
        partnership.provider if side is Side.PROVIDER else partnership.company
    )
    return organisation.memberships[0].user


def confirm(partnership, side, at=NOON):
    actor, version = member_of(partnership, side), partnership.version
    with transaction():
        confirm_terms(partnership, version=version, side=side, actor=actor, at=at)

"""Introductions and partnerships of the demonstration, one in each state."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select

from marketplace.doors.commands.demo.people import Cast
from marketplace.encounters.introductions.enums import DeclineCode, FirstWord, Side
from marketplace.encounters.introductions.models import Introduction
from marketplace.encounters.introductions.services.answering import (
    agree,
    decline,
    withdraw,
)
from marketplace.encounters.introductions.services.deadlines import (
    expire_introductions,
)
from marketplace.encounters.introductions.services.proposing import Words
from marketplace.encounters.partnerships.enums import EndCode, Moment
from marketplace.encounters.partnerships.models import Partnership
from marketplace.encounters.partnerships.services.arranging import (
    Terms,
    begin_partnership,
    confirm_terms,
    revise_terms,
)
from marketplace.encounters.partnerships.services.ending import (
    ask_for_renewal,
    end_early,
    finish_partnerships,
    show_publicly,
)
from marketplace.encounters.partnerships.services.telling import (
    Answer,
    give_feedback,
)
from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.matching.partners.services.finding import partners_of
from marketplace.matching.partners.services.proposing import propose
from marketplace.matching.partners.services.worlds import profile_of_offer, world_at
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Site
from marketplace.postings.offers.models import Offer

BOTH = (Side.PROVIDER, Side.COMPANY)
DAY = timedelta(days=1)
WORDS = Words(
    first_words=frozenset({FirstWord.CALL_ME, FirstWord.VISIT_US}),
    message="Unsere Werkstatt ist dienstags offen. Schauen Sie gern vorbei.",
)


def introduce_around(cast: Cast, *, at: datetime) -> None:
    """Brings partners together and takes each pair as far as its state asks."""
    own = cast.providers[0].id
    others = db.session.scalars(
        select(Offer).where(Offer.organisation_id != own).order_by(Offer.id)
    ).all()
    mine = db.session.scalars(
        select(Offer).where(Offer.organisation_id == own).order_by(Offer.id)
    ).all()
    # The first entry of the demo provider keeps all its partners, for a bundle.
    pairs = iter([*mine[1:2], *others])
    for state in STATES:
        offer = next(o for o in pairs if _first_partner(o, cast, at=at))
        state(offer, cast, at)
    expire_introductions(at=at)
    finish_partnerships(at=at)
    ask_for_renewal(at=at)


def _asked(
    offer: Offer, cast: Cast, at: datetime, *, side: Side = Side.PROVIDER
) -> Introduction:
    partner = _first_partner(offer, cast, at=at)
    if partner is None:
        raise LookupError(offer.title)
    who = offer.organisation.memberships[0].user
    if side is Side.COORDINATION:
        who = cast.users["koordination"]
    made = propose(offer, partner, side=side, actor=who, at=at, words=WORDS)
    db.session.flush()  # the next list is read from the database
    return made


def _active(offer: Offer, cast: Cast, at: datetime) -> None:
    """Ends in fifty days, so that both are asked whether it goes on."""
    today = day_of(at)
    made = _confirmed(offer, cast, at - 90 * DAY, days=130)
    for side in BOTH:
        show_publicly(made, is_shown=True, side=side, actor=_member(made, side))
    made.first_on = today - 20 * DAY
    answer = Answer(took_place=True, useful=4, would_again=True)
    give_feedback(
        made,
        Moment.FIRST,
        answer,
        side=Side.COMPANY,
        actor=_member(made, Side.COMPANY),
        at=at,
    )


def _open(offer: Offer, cast: Cast, at: datetime) -> None:
    _asked(offer, cast, at, side=Side.COORDINATION)


def _half(offer: Offer, cast: Cast, at: datetime) -> None:
    _asked(offer, cast, at)


def _agreed(offer: Offer, cast: Cast, at: datetime) -> Introduction:
    made = _asked(offer, cast, at)
    company = made.company.memberships[0].user
    agree(made, side=Side.COMPANY, actor=company, at=at)
    return made


def _declined(offer: Offer, cast: Cast, at: datetime) -> None:
    made = _asked(offer, cast, at)
    company = made.company.memberships[0].user
    decline(made, DeclineCode.NOT_NOW, side=Side.COMPANY, actor=company, at=at)


def _withdrawn(offer: Offer, cast: Cast, at: datetime) -> None:
    made = _asked(offer, cast, at)
    provider = made.provider.memberships[0].user
    withdraw(made, side=Side.PROVIDER, actor=provider, at=at)


def _expired(offer: Offer, cast: Cast, at: datetime) -> None:
    _asked(offer, cast, at - 16 * DAY)


def _arranging(offer: Offer, cast: Cast, at: datetime) -> None:
    made = begin_partnership(
        _agreed(offer, cast, at - 30 * DAY), actor=None, at=at - 30 * DAY
    )
    who = _member(made, Side.PROVIDER)
    db.session.flush()  # who confirms has read the version it is in
    confirm_terms(
        made, version=made.version, side=Side.PROVIDER, actor=who, at=at - 20 * DAY
    )


def _done(offer: Offer, cast: Cast, at: datetime) -> None:
    _confirmed(offer, cast, at - 120 * DAY, days=108)


def _ended(offer: Offer, cast: Cast, at: datetime) -> None:
    made = _confirmed(offer, cast, at - 60 * DAY, days=250)
    who = _member(made, Side.COMPANY)
    end_early(made, EndCode.CAPACITY, side=Side.COMPANY, actor=who, at=at)


STATES: tuple[Callable[[Offer, Cast, datetime], object], ...] = (
    *(_active, _open, _half, _agreed, _declined, _withdrawn, _expired),
    *(_arranging, _done, _ended),
)


def _confirmed(offer: Offer, cast: Cast, at: datetime, *, days: int) -> Partnership:
    """A partnership both confirmed; it begins ten days later and lasts so many."""
    made = _asked(offer, cast, at)
    company = made.company.memberships[0].user
    agree(made, side=Side.COMPANY, actor=company, at=at)
    partnership = begin_partnership(made, actor=company, at=at)
    begins_on = day_of(at) + 10 * DAY
    terms = Terms(
        valid_from=begins_on,
        valid_to=begins_on + days * DAY,
        value_eur=1200,
        quantities={},
        version=partnership.version,
    )
    revise_terms(partnership, terms, side=Side.COMPANY, actor=company, at=at)
    for side in BOTH:
        who = _member(partnership, side)
        db.session.flush()  # who confirms has read the version it is in
        version = partnership.version
        confirm_terms(partnership, version=version, side=side, actor=who, at=at)
    return partnership


def _member(partnership: Partnership, side: Side) -> User:
    is_provider = side is Side.PROVIDER
    party = partnership.provider if is_provider else partnership.company
    return party.memberships[0].user


def _first_partner(offer: Offer, cast: Cast, *, at: datetime) -> Site | None:
    """The first of the list that is not the demo company, which keeps its capacity."""
    found = partners_of(world_at(at), profile_of_offer(offer.id)).partners
    own = cast.companies[0].public_id
    sites = [one.thing.id for one in found if one.organisation.public_id != own]
    return db.session.get_one(Site, sites[0]) if sites else None

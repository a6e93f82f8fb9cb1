"""Notes which profiles a transaction changes, inside that transaction.

Whatever writes an offer, a sponsorship, their lines, a site, an organisation, an
introduction or whom somebody does not want through the session is heard here; no
writer needs to know of matching.
"""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import event, insert, inspect, select
from sqlalchemy.orm import Session, UOWTransaction

from marketplace.encounters.introductions.models import (
    Introduction,
    IntroductionEvent,
    Unwanted,
)
from marketplace.encounters.partnerships.models import Partnership
from marketplace.foundation.clock import now
from marketplace.foundation.database import db
from marketplace.matching.partners.models import Change
from marketplace.matching.partners.rules import profile_of_offer, profile_of_site
from marketplace.people.organisations.models import Organisation, Site
from marketplace.postings.offers.models import NeedLine, Offer
from marketplace.postings.sponsorships.models import GiveLine, Sponsorship

# What of an organisation and of a site is matched.
OF_ORGANISATION = ("state", "capacity", "safeguarding_on", "topics", "audiences")
OF_SITE = ("lat", "lon", "radius_km", "is_radius_hard")
# Says of a session that it has notes nobody else can see yet.
WAITING = "partners.waiting"

_listeners: list[Callable[[], None]] = []


class _Touched:
    """What a flush wrote, by the number of its kind."""

    def __init__(self, things: Iterable[Any]) -> None:
        self.offers: set[int] = set()
        self.sites: set[int] = set()
        self.sponsorships: set[int] = set()
        self.organisations: set[int] = set()
        self.introductions: set[int] = set()
        for thing in things:
            self._take(thing)

    def _take(self, thing: Any) -> None:
        if isinstance(thing, Offer):
            self.offers.add(thing.id)
        elif isinstance(thing, NeedLine):
            self.offers |= _values(thing, "offer_id")
        elif isinstance(thing, Sponsorship):
            self.sites |= _values(thing, "site_id")
        elif isinstance(thing, GiveLine):
            self.sponsorships |= _values(thing, "sponsorship_id")
        elif isinstance(thing, Site) and _has_changed(thing, OF_SITE):
            self.sites.add(thing.id)
        elif isinstance(thing, Organisation) and _has_changed(thing, OF_ORGANISATION):
            self.organisations.add(thing.id)
        elif isinstance(thing, Introduction | Partnership):
            self.organisations |= {thing.provider_id, thing.company_id}
        elif isinstance(thing, Unwanted):
            self.organisations |= {thing.organisation_id, thing.other_id}
        elif isinstance(thing, IntroductionEvent):
            self.introductions.add(thing.introduction_id)


@event.listens_for(Session, "after_flush")
def _note(session: Session, _context: UOWTransaction) -> None:
    touched = _Touched([*session.new, *session.dirty, *session.deleted])
    _widen(session, touched)
    profiles = {profile_of_offer(number) for number in touched.offers}
    profiles |= {profile_of_site(number) for number in touched.sites}
    if profiles:
        at = now()
        rows = [
            {"profile_id": number, "at": at, "is_followed": False}
            for number in sorted(profiles)
        ]
        session.connection().execute(insert(Change), rows)
        session.info[WAITING] = True


@event.listens_for(Session, "after_commit")
def _tell(session: Session) -> None:
    if session.info.pop(WAITING, False):
        for listener in _listeners:
            listener()


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(WAITING, None)


def on_change(listener: Callable[[], None]) -> None:
    """Calls a function whenever this process has committed changes."""
    _listeners.append(listener)


def has_notes() -> bool:
    """Says whether the present session has changed what nobody else can see yet."""
    return WAITING in db.session().info


def _widen(session: Session, touched: _Touched) -> None:
    """Adds the profiles of organisations, and those that stand at sites."""
    rows = session.connection()

    def numbers(query: Any) -> set[int]:
        return {number for row in rows.execute(query) for number in row if number}

    if touched.introductions:
        touched.organisations |= numbers(
            select(Introduction.provider_id, Introduction.company_id).where(
                Introduction.id.in_(touched.introductions)
            )
        )
    if touched.sites:
        touched.offers |= numbers(
            select(Offer.id).where(Offer.site_id.in_(touched.sites))
        )
    if touched.organisations:
        own = touched.organisations
        touched.offers |= numbers(
            select(Offer.id).where(Offer.organisation_id.in_(own))
        )
        touched.sites |= numbers(
            select(Sponsorship.site_id).where(Sponsorship.organisation_id.in_(own))
        )
    if touched.sponsorships:
        touched.sites |= numbers(
            select(Sponsorship.site_id).where(Sponsorship.id.in_(touched.sponsorships))
        )


def _has_changed(thing: Any, names: Iterable[str]) -> bool:
    state = inspect(thing)
    return any(state.attrs[name].history.has_changes() for name in names)


def _values(thing: Any, name: str) -> set[int]:
    """What a column holds and held before."""
    history = inspect(thing).attrs[name].history
    found = [getattr(thing, name), *(history.deleted or ()), *(history.added or ())]
    return {number for number in found if number}

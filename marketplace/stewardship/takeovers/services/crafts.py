"""How entries of each kind are written, revised and moved: as the forms do it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from marketplace.postings.events import services as events
from marketplace.postings.events.models import Event
from marketplace.postings.internships import queries as internship_queries
from marketplace.postings.internships import services as internships
from marketplace.postings.internships.models import Internship
from marketplace.postings.internships.tables import InternshipEntry
from marketplace.postings.lives.models import Posting
from marketplace.postings.offers import services as offers
from marketplace.postings.offers.models import Offer
from marketplace.postings.sponsorships import services as sponsorships
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.stewardship.takeovers.enums import TakeoverKind


@dataclass(frozen=True)
class Craft:
    """The model of a kind, what a form hands over of it, and its services."""

    model: type[Posting]
    entry: Callable[..., Any]
    entry_of: Callable[[Any], Any]
    write: Callable[..., Any]
    revise: Callable[..., None]
    move: Callable[..., None]


CRAFTS: Mapping[TakeoverKind, Craft] = {
    TakeoverKind.EVENTS: Craft(
        Event,
        events.EventEntry,
        events.entry_of,
        events.write_event,
        events.revise_event,
        events.move_event,
    ),
    TakeoverKind.OFFERS: Craft(
        Offer,
        offers.OfferEntry,
        offers.entry_of,
        offers.write_offer,
        offers.revise_offer,
        offers.move_offer,
    ),
    TakeoverKind.INTERNSHIPS: Craft(
        Internship,
        InternshipEntry,
        internship_queries.entry_of,
        internships.write_internship,
        internships.revise_internship,
        internships.move_internship,
    ),
    TakeoverKind.SPONSORSHIPS: Craft(
        Sponsorship,
        sponsorships.SponsorshipEntry,
        sponsorships.entry_of,
        sponsorships.write_sponsorship,
        sponsorships.revise_sponsorship,
        sponsorships.move_sponsorship,
    ),
}


def craft_of(posting: Posting) -> Craft:
    """How entries of the kind of this one are written."""
    return next(craft for craft in CRAFTS.values() if isinstance(posting, craft.model))

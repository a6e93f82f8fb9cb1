"""Postings as programs read them: nothing of a person is in these columns."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import url_for
from sqlalchemy import Select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.doors.api.schemas.columns import (
    ADDRESS,
    DAY,
    MOMENT,
    NUMBER,
    TEXT,
    TIME,
    WHOLE,
    Column,
    list_of,
    maybe,
    maybe_one_of,
    one_of,
    records,
    schema_of,
    some_of,
)
from marketplace.doors.api.schemas.parameters import (
    FOR_POSTINGS,
    Parameter,
    in_german,
    kind_of,
    require_known,
)
from marketplace.doors.api.schemas.resources import Resource
from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import NamedEnum
from marketplace.foundation.licences import licence_of
from marketplace.people.organisations.models import Organisation
from marketplace.postings.events.models import Event
from marketplace.postings.events.queries import narrowed_events
from marketplace.postings.internships.enums import Shape
from marketplace.postings.internships.models import Glimpse, Internship
from marketplace.postings.internships.queries import narrowed_internships
from marketplace.postings.internships.rules import open_periods
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.forms import ListFilters
from marketplace.postings.lives.models import Posting
from marketplace.postings.lives.queries import Narrowing, open_postings
from marketplace.postings.lives.views.listing import place_asked_for
from marketplace.postings.offers.models import Offer
from marketplace.postings.offers.queries import narrowed_offers
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.postings.sponsorships.queries import narrowed_sponsorships
from marketplace.region.labour.enums import Basis, Branch
from marketplace.region.lines.enums import LineKind, Slot
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import (
    Accessibility,
    Audience,
    CostClass,
    Format,
    Topic,
)
from marketplace.upkeep.settings.queries import own_licence

Narrow = Callable[[Select[Any], Narrowing], Select[Any]]


def _licence(thing: Any) -> str:
    return licence_of(thing, own_licence())[1]


NAMED = (
    Column("id", TEXT, get=lambda organisation: organisation.public_id),
    Column("name", TEXT),
)
ORIGIN = (
    Column("source", TEXT, "Who told it.", lambda thing: licence_of(thing, "")[0]),
    Column("licence", TEXT, "How it may be used.", _licence),
)
WHERE = (
    Column("place", maybe(TEXT), get=lambda thing: thing.place_name),
    Column("postal_code", maybe(TEXT)),
    Column("state", maybe_one_of(FederalState), get=lambda thing: thing.state_code),
    Column("district", maybe(TEXT), get=lambda thing: thing.district_ags),
    Column("latitude", maybe(NUMBER), get=lambda thing: thing.lat),
    Column("longitude", maybe(NUMBER), get=lambda thing: thing.lon),
)
LINE = (
    Column("line_id", WHOLE, "Sent along, it stays the same line.", lambda it: it.id),
    Column("kind", one_of(LineKind)),
    Column("item", TEXT, "What of this kind; empty: any."),
    Column("quantity", maybe(WHOLE), "In the unit of the kind; null: open."),
    Column("open_quantity", maybe(WHOLE), "What nobody has agreed to yet."),
    Column("months_from", maybe(DAY)),
    Column("months_to", maybe(DAY)),
    Column("slots", some_of(Slot)),
)
PERIOD = (
    Column("id", TEXT, get=lambda period: period.public_id),
    Column("starts_on", DAY),
    Column("ends_on", DAY),
    Column("days", list_of(DAY), "Where it is single days."),
    Column("place_count", WHOLE),
    Column("free_count", WHOLE),
    Column("apply_until", maybe(DAY)),
)
GLIMPSE = (
    Column("id", TEXT, get=lambda glimpse: glimpse.occupation.public_id),
    Column("title", TEXT, get=lambda glimpse: glimpse.occupation.title),
)


def _common(endpoint: str) -> tuple[Column, ...]:
    return (
        Column("id", TEXT, get=lambda posting: posting.public_id),
        Column(
            "url",
            ADDRESS,
            "Its page.",
            lambda posting: url_for(endpoint, key=posting, _external=True),
        ),
        Column("title", TEXT),
        Column("description", TEXT),
        Column(
            "status",
            one_of(PostingState),
            "`listed`: a hint taken over from `source`, not confirmed.",
            lambda posting: posting.state,
        ),
        Column(
            "organisation",
            schema_of(NAMED),
            get=lambda posting: records(NAMED)([posting.organisation])[0],
        ),
        *WHERE,
        Column("topics", some_of(Topic)),
        Column("audiences", some_of(Audience)),
        Column("accessibility", some_of(Accessibility)),
        Column("link", TEXT),
        Column("published_at", maybe(MOMENT)),
        Column("confirmed_on", maybe(DAY), "When somebody last said it holds."),
        Column("changed_at", MOMENT),
        Column("version", WHOLE, "Counts the changes; `PATCH` may bring it along."),
        *ORIGIN,
    )


INTERNSHIP = (
    *_common("internships.show"),
    Column("bases", some_of(Basis), "What it counts as."),
    Column("shape", one_of(Shape), "How the days lie in a period."),
    Column("branch", one_of(Branch)),
    Column("day_starts_at", maybe(TIME)),
    Column("day_ends_at", maybe(TIME)),
    Column("learn", TEXT, "What one learns."),
    Column("grade_from", maybe(WHOLE)),
    Column("grade_to", maybe(WHOLE)),
    Column("minimum_age", maybe(WHOLE), "As the organisation asks."),
    Column("fits_from", maybe(WHOLE), "From which age it is lawful."),
    Column("way_there", TEXT),
    Column("bring", TEXT),
    Column("papers", TEXT),
    Column("pay", TEXT),
    Column(
        "periods",
        list_of(schema_of(PERIOD)),
        "For which one can apply now.",
        lambda posting: records(PERIOD)(open_periods(posting, day_of(now()))),
    ),
    Column(
        "occupations",
        list_of(schema_of(GLIMPSE)),
        get=lambda posting: records(GLIMPSE)(posting.occupations),
    ),
)
OFFER = (
    *_common("offers.show"),
    Column("format", maybe_one_of(Format)),
    Column("starts_on", maybe(DAY), "Null: on request."),
    Column("ends_on", maybe(DAY)),
    Column("dates_text", TEXT),
    Column("group_size", TEXT),
    Column("cost", one_of(CostClass)),
    Column("cost_text", TEXT),
    Column("funding_today", TEXT),
    Column(
        "needs",
        list_of(schema_of(LINE)),
        "What it lacks.",
        lambda posting: records(LINE)(posting.lines),
    ),
)
SPONSORSHIP = (
    *_common("sponsorships.show"),
    Column("valid_from", maybe(DAY)),
    Column("valid_to", maybe(DAY)),
    Column(
        "gives",
        list_of(schema_of(LINE)),
        "What it gives.",
        lambda posting: records(LINE)(posting.lines),
    ),
)
EVENT = (
    *_common("events.show"),
    Column("starts_at", maybe(MOMENT), "Null in a draft alone."),
    Column("ends_at", maybe(MOMENT)),
    Column("capacity", maybe(WHOLE), "How many may come; null: nobody counts."),
)


def _parameters(kinds: type[NamedEnum] | None) -> tuple[Parameter, ...]:
    return (*FOR_POSTINGS, kind_of(kinds)) if kinds else FOR_POSTINGS


def _query(
    model: type[Posting], kinds: type[NamedEnum] | None, narrow: Narrow, *options: Any
) -> Callable[[Mapping[str, Any]], Select[Any]]:
    """Narrows as the page of this kind does."""
    known = _parameters(kinds)

    def query(values: Mapping[str, Any]) -> Select[Any]:
        filters = ListFilters(in_german(values, known), kinds=kinds or ())
        place = place_asked_for(filters)
        require_known(place, values)
        by = filters.narrowing((place.lat, place.lon) if place else None)
        return narrow(open_postings(model), by).options(
            joinedload(model.organisation).load_only(
                Organisation.public_id, Organisation.name
            ),
            *options,
        )

    return query


def _resource(
    model: type[Posting],
    says: str,
    columns: Sequence[Column],
    kinds: type[NamedEnum] | None,
    narrow: Narrow,
    *options: Any,
) -> Resource:
    return Resource(
        name=model.__tablename__,
        thing=model.__name__,
        says=says,
        columns=columns,
        query=_query(model, kinds, narrow, *options),
        key=model.public_id,
        # Hints come last.
        order=(model.is_in_lists, model.id),
        parameters=_parameters(kinds),
    )


INTERNSHIPS = _resource(
    Internship,
    "Internships of companies and labs, the newest first",
    INTERNSHIP,
    Basis,
    narrowed_internships,
    selectinload(Internship.occupations).joinedload(Glimpse.occupation),
)
OFFERS = _resource(
    Offer, "Offers of providers with their needs", OFFER, Format, narrowed_offers
)
SPONSORSHIPS = _resource(
    Sponsorship,
    "Sponsorships of companies with what they give",
    SPONSORSHIP,
    LineKind,
    narrowed_sponsorships,
)
EVENTS = _resource(
    Event, "What happens once, at one place", EVENT, None, narrowed_events
)

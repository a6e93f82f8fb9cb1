"""Partners of an offer or a site as programs read them, with parts and reasons."""

from typing import Any

from flask import url_for

from marketplace.doors.api.schemas.columns import (
    ADDRESS,
    NUMBER,
    TEXT,
    WHOLE,
    Column,
    list_of,
    maybe,
    one_of,
    records,
    schema_of,
)
from marketplace.doors.api.schemas.postings import NAMED
from marketplace.foundation.clock import now
from marketplace.matching.partners.services.finding import partners_of
from marketplace.matching.partners.services.worlds import (
    profile_of_offer,
    profile_of_site,
    world_at,
)
from marketplace.people.organisations.models import Site
from marketplace.postings.offers.models import Offer
from marketplace.region.places.enums import FederalState

PART = (
    Column("name", TEXT),
    Column("points", NUMBER),
    Column("maximum", WHOLE),
    Column("reason", TEXT),
)
COVER = (
    Column("need", TEXT, get=lambda row: row[0]),
    Column("share", TEXT, get=lambda row: row[1]),
)
MATCH = (
    Column("rank", WHOLE),
    Column("id", TEXT, "Of an offer or a site.", lambda one: one.thing.public_id),
    Column("name", TEXT, get=lambda one: one.thing.title),
    Column(
        "url",
        ADDRESS,
        "Its partners.",
        lambda one: url_for("partners.show", key=one.thing, _external=True),
    ),
    Column(
        "organisation",
        schema_of(NAMED),
        get=lambda one: records(NAMED)([one.organisation])[0],
    ),
    Column("place", maybe(TEXT), get=lambda one: one.thing.place_name),
    Column("state", one_of(FederalState), get=lambda one: one.thing.state_code),
    Column("distance_km", WHOLE, get=lambda one: one.explanation.km),
    Column(
        "points",
        WHOLE,
        "Of 100, for whom it is asked.",
        lambda one: one.explanation.points,
    ),
    Column(
        "mutual_points",
        WHOLE,
        "Of 100, for both; with demand it makes the order.",
        lambda one: one.explanation.mutual,
    ),
    Column("demand", TEXT, "How much others ask for it."),
    Column(
        "parts",
        list_of(schema_of(PART)),
        "What the points are made of, with the reason of each.",
        lambda one: records(PART)(one.explanation.parts),
    ),
    Column("reason", TEXT, get=lambda one: one.explanation.words),
    Column(
        "covers",
        list_of(schema_of(COVER)),
        get=lambda one: records(COVER)(one.explanation.covers),
    ),
    Column("missing", list_of(TEXT), get=lambda one: list(one.explanation.missing)),
)


def matches_of(thing: Offer | Site) -> list[dict[str, Any]]:
    """The first partners of an offer or a site, in the order of its page."""
    is_offer = isinstance(thing, Offer)
    profile = profile_of_offer(thing.id) if is_offer else profile_of_site(thing.id)
    return records(MATCH)(partners_of(world_at(now()), profile).partners)

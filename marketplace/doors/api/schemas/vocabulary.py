"""The words and places of the region as programs read them."""

from collections.abc import Mapping
from typing import Any

from flask import url_for
from flask_babel import force_locale
from sqlalchemy import Select, select

from marketplace.doors.api.schemas.catalogue import state_of, topics_of
from marketplace.doors.api.schemas.columns import (
    ADDRESS,
    NUMBER,
    TEXT,
    WHOLE,
    Column,
    maybe,
    maybe_one_of,
    one_of,
    some_of,
)
from marketplace.doors.api.schemas.parameters import DISTRICT, STATE, TOPIC, Q
from marketplace.doors.api.schemas.resources import Resource
from marketplace.foundation.licences import HERE
from marketplace.foundation.text import fold_name, span_of_beginning
from marketplace.region.occupations.enums import WayIn
from marketplace.region.occupations.models import Occupation
from marketplace.region.occupations.queries import narrowed_occupations
from marketplace.region.places.enums import DistrictKind, FederalState
from marketplace.region.places.models import District, Place
from marketplace.region.places.queries import all_districts
from marketplace.region.topics.enums import PARENTS, Sign, Topic
from marketplace.region.topics.rules import sign_of
from marketplace.upkeep.settings.queries import own_licence

# From where the names of towns are, and under what.
GEONAMES = "GeoNames", "CC-BY-4.0"
# Which districts there are: the Federal Agency for Cartography asks to be named so.
BKG = "© GeoBasis-DE / BKG 2021 (Daten verändert)", "DL-DE-BY-2.0"
# The words are ours, the groups are not.
KLDB = "code: KldB 2010 (skohub-kldb-vocab)", "code: Apache-2.0"


def _from(source: str, licence: str) -> tuple[Column, Column]:
    return (
        Column("source", TEXT, "Who told it.", lambda _thing: source),
        Column("licence", TEXT, "How it may be used.", lambda _thing: licence),
    )


def _from_here() -> tuple[Column, Column]:
    return (
        Column("source", TEXT, "Who told it.", lambda _thing: HERE),
        Column("licence", TEXT, "How it may be used.", lambda _thing: own_licence()),
    )


def _from_here_and(source: str, licence: str) -> tuple[Column, Column]:
    return (
        Column("source", TEXT, "Who told it.", lambda _thing: f"{HERE}; {source}"),
        Column(
            "licence",
            TEXT,
            "How it may be used.",
            lambda _thing: f"{own_licence()}; {licence}",
        ),
    )


def _label(topic: Topic, language: str) -> str:
    with force_locale(language):
        return str(topic.label)


OCCUPATION = (
    Column("id", TEXT, get=lambda occupation: occupation.public_id),
    Column(
        "url",
        ADDRESS,
        "Its page.",
        lambda one: url_for("occupations.show", key=one, _external=True),
    ),
    Column("title", TEXT),
    Column("words", TEXT, "What people call it as well."),
    Column("code", TEXT, "Group of the KldB 2010."),
    Column("topics", some_of(Topic)),
    Column("sentence", TEXT),
    Column("way_in", maybe_one_of(WayIn)),
    *_from_here_and(*KLDB),
)
PLACE = (
    Column("id", TEXT, "Number at GeoNames.", lambda place: str(place.geonameid)),
    Column("name", TEXT),
    Column("state", one_of(FederalState)),
    Column("district", maybe(TEXT), get=lambda place: place.district_ags),
    Column("latitude", NUMBER, get=lambda place: place.lat),
    Column("longitude", NUMBER, get=lambda place: place.lon),
    Column("population", WHOLE),
    *_from(*GEONAMES),
)
DISTRICT_COLUMNS = (
    Column("id", TEXT, "Its official key (AGS).", lambda district: district.ags),
    Column("name", TEXT),
    Column("kind", one_of(DistrictKind)),
    Column("state", one_of(FederalState)),
    Column("plate", TEXT, "As on the plates of cars."),
    *_from(*BKG),
)
TOPIC_COLUMNS = (
    Column("id", one_of(Topic), get=lambda topic: topic.value),
    Column("name_de", TEXT, get=lambda topic: _label(topic, "de")),
    Column("name_en", TEXT, get=lambda topic: _label(topic, "en_GB")),
    Column("sign", one_of(Sign), "The letter of MINT.", sign_of),
    Column("parent", maybe_one_of(Topic), get=PARENTS.get),
    *_from_here(),
)


def _occupations(values: Mapping[str, Any]) -> Select[Any]:
    return narrowed_occupations(words=values.get("q", ""), topics=topics_of(values))


def _places(values: Mapping[str, Any]) -> Select[Any]:
    query = select(Place)
    if state := state_of(values):
        query = query.where(Place.state == state)
    if "district" in values:
        query = query.where(Place.district_ags == values["district"])
    if words := fold_name(values.get("q", "")):
        query = query.where(Place.folded_name.between(*span_of_beginning(words)))
    return query


def _districts(values: Mapping[str, Any]) -> Select[Any]:
    query = all_districts().order_by(None)
    if state := state_of(values):
        query = query.where(District.state == state)
    return query


OCCUPATIONS = Resource(
    name="occupations",
    thing="Occupation",
    says="Occupations in everyday words",
    columns=OCCUPATION,
    query=_occupations,
    key=Occupation.public_id,
    order=(Occupation.id,),
    parameters=(Q, TOPIC),
)
PLACES = Resource(
    name="places",
    thing="Place",
    says="Towns and villages of the three states; `q` is how the name begins",
    columns=PLACE,
    query=_places,
    key=Place.geonameid,
    order=(Place.id,),
    parameters=(Q, STATE, DISTRICT),
)
DISTRICTS = Resource(
    name="districts",
    thing="District",
    says="The 49 districts",
    columns=DISTRICT_COLUMNS,
    query=_districts,
    key=District.ags,
    order=(District.id,),
    parameters=(STATE,),
)

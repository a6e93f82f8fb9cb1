"""Organisations, actions and programmes as programs read them."""

from collections.abc import Mapping
from typing import Any

from flask import url_for
from sqlalchemy import Select
from sqlalchemy.orm import selectinload

from marketplace.doors.api.schemas.columns import (
    ADDRESS,
    DAY,
    MOMENT,
    TEXT,
    WHOLE,
    YES,
    Column,
    list_of,
    maybe,
    one_of,
    records,
    schema_of,
    some_of,
)
from marketplace.doors.api.schemas.parameters import (
    DISTRICT,
    PLACE,
    RADIUS,
    STATE,
    TOPIC,
    Q,
    kind_of,
    require_known,
)
from marketplace.doors.api.schemas.postings import ORIGIN, WHERE
from marketplace.doors.api.schemas.resources import Resource
from marketplace.foundation.licences import HERE, may_be_handed_on
from marketplace.people.organisations.enums import Language, OrganisationKind
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.queries import listed_organisations
from marketplace.postings.actions.enums import Standing
from marketplace.postings.actions.models import Action
from marketplace.postings.actions.queries import actions
from marketplace.postings.programmes.models import Programme
from marketplace.postings.programmes.queries import programmes
from marketplace.region.places.enums import FederalState
from marketplace.region.places.queries import place_meant
from marketplace.region.places.tables import RADIUS_KM, Whereabouts
from marketplace.region.topics.enums import SIGNS, Accessibility, Audience, Sign, Topic
from marketplace.upkeep.settings.queries import own_licence

SITE = (
    Column("id", TEXT, get=lambda site: site.public_id),
    *WHERE,
    Column("accessibility", some_of(Accessibility)),
)
ORGANISATION = (
    Column("id", TEXT, get=lambda organisation: organisation.public_id),
    Column(
        "url",
        ADDRESS,
        "Its page.",
        lambda one: url_for("organisations.show", key=one, _external=True),
    ),
    Column("name", TEXT),
    Column("kinds", some_of(OrganisationKind)),
    Column("description", TEXT),
    Column("website", TEXT),
    Column("topics", some_of(Topic)),
    Column("audiences", some_of(Audience)),
    Column("languages", some_of(Language)),
    Column(
        "sites",
        list_of(schema_of(SITE)),
        "Where it works, without streets.",
        lambda organisation: records(SITE)(organisation.sites),
    ),
    Column("source", TEXT, "Who told it.", lambda _organisation: HERE),
    Column("licence", TEXT, "How it may be used.", lambda _organisation: own_licence()),
)
EXISTENCE = (
    Column("state", one_of(FederalState)),
    Column("standing", one_of(Standing)),
    Column("checked_on", maybe(DAY)),
    Column("evidence", TEXT),
)
ACTION = (
    Column("id", TEXT, get=lambda action: action.public_id),
    Column(
        "url",
        ADDRESS,
        "Its page.",
        lambda action: url_for("actions.show", key=action, _external=True),
    ),
    Column("title", TEXT),
    Column("initiator", TEXT, "Who does it where it comes from."),
    Column("description", TEXT),
    Column("topics", some_of(Topic)),
    Column("audiences", some_of(Audience)),
    Column("effort", TEXT, get=lambda action: action.effort_text),
    Column("cost", TEXT, get=lambda action: action.cost_text),
    Column("material", TEXT, "One thing a line."),
    Column("advice", TEXT),
    Column("funding", TEXT, "Who pays for it, and how."),
    Column(
        "existences",
        list_of(schema_of(EXISTENCE)),
        "In which states there is it.",
        lambda action: records(EXISTENCE)(action.existences),
    ),
    Column("link", TEXT),
    Column("changed_at", MOMENT),
    *ORIGIN,
)
PROGRAMME = (
    Column("id", TEXT, get=lambda programme: programme.public_id),
    Column(
        "url",
        ADDRESS,
        "The page that lists it.",
        lambda _programme: url_for("programmes.index", _external=True),
    ),
    Column("name", TEXT),
    Column("funder", TEXT),
    Column("kind", TEXT, get=lambda programme: programme.kind_text),
    Column("who_can_apply", TEXT),
    Column("region", TEXT, get=lambda programme: programme.region_text),
    Column("states", some_of(FederalState)),
    Column("topics", some_of(Topic), "Empty: any topic."),
    Column("amount", TEXT, get=lambda programme: programme.amount_text),
    Column("amount_eur", maybe(WHOLE)),
    Column("deadline", TEXT, get=lambda programme: programme.deadline_text),
    Column("closes_on", maybe(DAY)),
    Column("is_recurring", YES),
    Column("link", TEXT),
    Column("changed_at", MOMENT),
    *ORIGIN,
)


def topics_of(values: Mapping[str, Any]) -> frozenset[Topic]:
    """The topics asked for; the letter of a field brings all of its own."""
    signs = {sign.value: sign for sign in Sign}
    asked = values.get("topic", ())
    named = {Topic(name) for name in asked if name not in signs}  # type: ignore[call-arg]
    lettered = {t for name in asked if name in signs for t in SIGNS[signs[name]]}
    return frozenset(named | lettered)


def state_of(values: Mapping[str, Any]) -> FederalState | None:
    """The federal state asked for."""
    return FederalState(values["state"]) if "state" in values else None  # type: ignore[call-arg]


def _organisations(values: Mapping[str, Any]) -> Select[Any]:
    kind, state = values.get("kind"), state_of(values)
    place = place_meant(values.get("place", ""), state)
    require_known(place, values)
    query = listed_organisations(
        q=values.get("q", ""),
        art=OrganisationKind(kind) if kind else None,  # type: ignore[call-arg]
        thema=topics_of(values),
        where=Whereabouts(
            centre=(place.lat, place.lon) if place else None,
            radius_km=values.get("radius_km", RADIUS_KM),
            state=state,
            district=values.get("district", ""),
        ),
    )
    return query.options(selectinload(Organisation.sites))


def _actions(values: Mapping[str, Any]) -> Select[Any]:
    query = actions(
        q=values.get("q", ""), land=state_of(values), topics=topics_of(values)
    )
    return query.where(may_be_handed_on(Action))


def _programmes(values: Mapping[str, Any]) -> Select[Any]:
    query = programmes(
        q=values.get("q", ""), land=state_of(values), topics=topics_of(values)
    )
    return query.where(may_be_handed_on(Programme))


ORGANISATIONS = Resource(
    name="organisations",
    thing="Organisation",
    says="Companies and providers that the office has verified",
    columns=ORGANISATION,
    query=_organisations,
    key=Organisation.public_id,
    order=(Organisation.id,),
    parameters=(Q, STATE, DISTRICT, PLACE, RADIUS, TOPIC, kind_of(OrganisationKind)),
)
ACTIONS = Resource(
    name="actions",
    thing="Action",
    says="Ideas with all that one needs to do them elsewhere",
    columns=ACTION,
    query=_actions,
    key=Action.public_id,
    order=(Action.id,),
    parameters=(Q, STATE, TOPIC),
)
PROGRAMMES = Resource(
    name="programmes",
    thing="Programme",
    says="Money that can be asked for",
    columns=PROGRAMME,
    query=_programmes,
    key=Programme.public_id,
    order=(Programme.id,),
    parameters=(Q, STATE, TOPIC),
)

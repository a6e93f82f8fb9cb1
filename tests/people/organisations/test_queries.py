from datetime import timedelta

import pytest

from marketplace.foundation.database import db, transaction
from marketplace.people.organisations.enums import OrganisationKind, OrganisationState
from marketplace.people.organisations.queries import (
    imported_organisations,
    listed_organisations,
    namesakes,
    organisation_of,
    organisations_of,
    waiting_organisations,
)
from marketplace.region.places.enums import FederalState
from marketplace.region.places.tables import Whereabouts
from marketplace.region.topics.enums import STEP_FREE, Topic
from tests.factories.people import (
    TOWNS,
    make_company,
    make_organisation,
    make_product,
    make_site,
    make_user,
)
from tests.moments import NOON

LEIPZIG = TOWNS["Leipzig"][3:]


def at(**told):
    return {"where": Whereabouts(**told)}


def names(query):
    return sorted(organisation.name for organisation in db.session.scalars(query))


def test_organisations_of_come_in_the_order_of_joining(app):
    user = make_user()
    first, second = make_organisation(user, "Z"), make_organisation(user, "A")
    make_organisation()

    assert organisations_of(user) == [first, second]
    assert organisation_of(user) is first
    assert organisation_of(make_user()) is None


def test_listed_organisations_are_the_verified_ones(app):
    for state in OrganisationState:
        make_organisation(name=state.value, state=state)

    assert names(listed_organisations()) == ["verified"]
    assert names(imported_organisations()) == ["imported"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["Blech", "Linse"]),
        ({"q": "Linsen"}, ["Linse"]),
        ({"q": "Teleskop"}, ["Blech"]),
        ({"q": "Teleskop Linse"}, []),
        ({"art": OrganisationKind.COMPANY}, ["Blech"]),
        (at(state=FederalState.SAXONY), ["Blech"]),
        (at(state=FederalState.THURINGIA), ["Blech", "Linse"]),
        (at(district="16053"), ["Linse"]),
        (at(district="16051"), ["Blech"]),
        (at(centre=LEIPZIG, radius_km=10), ["Blech"]),
        (at(centre=LEIPZIG, radius_km=200), ["Blech", "Linse"]),
        (at(is_unknown_place=True), []),
        ({"is_step_free": True}, ["Blech"]),
        # One site must have it all: that of Leipzig has steps.
        (at(centre=LEIPZIG, radius_km=10) | {"is_step_free": True}, []),
        (at(state=FederalState.SAXONY, district="16051"), []),
        ({"thema": [Topic.OPTICS]}, ["Linse"]),
        ({"thema": [Topic.PHYSICS]}, ["Linse"]),
        ({"thema": [Topic.ROBOTICS, Topic.OPTICS]}, ["Blech", "Linse"]),
        ({"thema": [Topic.RAIL]}, []),
    ],
)
def test_listed_organisations_are_narrowed(app, filters, expected):
    make_organisation(name="Linse", topics=frozenset({Topic.OPTICS}))
    company = make_company(
        name="Blech",
        town="Leipzig",
        topics=frozenset({Topic.ROBOTICS}),
    )
    make_site(company, "Erfurt", accessibility=STEP_FREE)
    make_product(company, "Ein Teleskop aus Blech")

    assert names(listed_organisations(**filters)) == expected


def test_waiting_organisations_begin_with_the_oldest(app):
    for days, name in [(1, "jung"), (3, "alt"), (2, "mittel")]:
        make_organisation(
            name=name,
            state=OrganisationState.REGISTERED,
            registered_at=NOON - timedelta(days=days),
        )
    make_organisation()

    waiting = db.session.scalars(waiting_organisations())
    assert [organisation.name for organisation in waiting] == ["alt", "mittel", "jung"]


def test_namesakes_are_found_however_the_name_is_written(app):
    linse = make_organisation(name="Labor Lärmschutz")
    with transaction():
        make_organisation(name="Labor Spiegel")

    assert namesakes("LABOR LÄRMSCHUTZ") == [linse]

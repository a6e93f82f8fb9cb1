"""What is taken along comes back through our own import as it was."""

import csv
import io
from datetime import date

import pytest
from sqlalchemy import delete, select

from marketplace.foundation.database import db, transaction
from marketplace.postings.actions.enums import Standing
from marketplace.postings.actions.models import Action, Existence
from marketplace.postings.internships.enums import Shape
from marketplace.postings.internships.models import Glimpse, Internship, Period
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.offers.models import NeedLine, Offer
from marketplace.postings.programmes.models import Programme
from marketplace.region.labour.enums import Basis
from marketplace.region.occupations.models import Occupation
from marketplace.region.places.enums import FederalState
from marketplace.region.places.services import put_place, seed_districts
from marketplace.region.topics.enums import Audience, CostClass, Format, Topic
from marketplace.stewardship.imports.enums import ImportKind
from marketplace.stewardship.imports.models import ImportedRow
from marketplace.stewardship.imports.services.entries import Order
from marketplace.stewardship.imports.services.files import import_file
from tests.factories.catalogue import make_action, make_programme
from tests.factories.internships import make_hint, make_internship, make_period
from tests.factories.people import make_company, make_organisation
from tests.factories.postings import make_offer
from tests.moments import NOON
from tests.stewardship.imports.conftest import counts

OPEN = {"source": "Katalog", "licence": "CC0-1.0"}
# Of the thing here, and not of what a list says.
OURS = {"page", "updated", "status", "starts", "ends"}


@pytest.fixture
def town(app):
    with transaction():
        seed_districts(at=NOON)
        put_place(
            geonameid=4,
            name="Jena",
            state=FederalState.THURINGIA,
            lat=50.92878,
            lon=11.5899,
            population=104_000,
            district_ags="16053",
            source="GeoNames",
        )


def jobs(count):
    found = db.session.scalars(select(Occupation).limit(count)).all()
    return [Glimpse(occupation=job, line_no=k) for k, job in enumerate(found, 1)]


def internships():
    company = make_company(name="Werk; Statt")
    company.sites[0].street = "Weg 1"
    weeks = [(date(2027, 2, 1), date(2027, 2, 5)), (date(2027, 3, 1), date(2027, 3, 5))]
    make_internship(
        organisation=company,
        title='=Fräsen; "schnell"',
        description="Du  fräst.\r\n\r\nUnd misst.",
        bases=frozenset(Basis),
        occupations=jobs(3),
        periods=[make_period(starts_on=a, ends_on=b) for a, b in weeks],
        minimum_age=15,
        papers="Gesundheitszeugnis",
        bring="Schuhe",
        audiences=frozenset(Audience),
    )
    make_internship(
        organisation=company,
        title="Nach Absprache kommen",
        shape=Shape.ON_REQUEST,
        periods=[make_period(ends_on=date(2027, 6, 30), place_count=1)],
    )
    make_hint(
        **OPEN,
        source_key="L-1",
        topics=frozenset({Topic.ASTRONOMY_SPACE}),
        organisation=make_company(name="Sternwarte Eulenkuppe"),
        description="Schulpraktikum\n\nAstronomin, Optiker",
        period_text="Ferien · 2 Wochen",
        places_text="35 (11 besetzt)",
        terms_text="feste Schuhe",
        audience_text="ab Klasse 8",
        audiences=frozenset({Audience.CLASS_7_8, Audience.CLASS_9_10}),
        as_of_text="05.2025",
    )


def offers():
    lab = make_organisation(name="Labor Lupe")
    for k, member in enumerate(Format):
        make_offer(
            organisation=lab,
            title=f"Labor {member.name.lower()}",
            format=member,
            topics=frozenset(Topic),
            audiences=frozenset(Audience),
            cost=list(CostClass)[k % len(CostClass)],
            starts_on=date(2027, 1, 4),
            ends_on=date(2027, 1, 8),
            group_size="bis 12",
            funding_today="Stiftung Probierglas",
            lines=[],
        )
    make_offer(
        PostingState.LISTED,
        make_organisation(name="Werk; Statt"),
        **OPEN,
        source_key="7",
        title="Kurs: Sterne zählen",
        description="Zwei\n\nZeilen",
        format=Format.COURSE,
        dates_text="dienstags",
        cost_text="je Kurs 4,50 bis 9 Euro",
        cost=CostClass.UP_TO_15,
        lines=[],
    )


def actions():
    known = [
        Existence(
            state=state,
            standing=standing,
            checked_on=date(2026, 5, 1),
            evidence=words,
        )
        for state, standing, words in (
            (FederalState.SAXONY, Standing.EXISTS, "Anruf"),
            (FederalState.THURINGIA, Standing.ABSENT, "Brief"),
        )
    ]
    make_action(
        **OPEN,
        source_key="3",
        existences=known,
        initiator="Verein",
        topics=frozenset({Topic.ROBOTICS}),
        material="Zange\nDraht",
        advice="Früh werben.",
        funding="Stadt",
        effort_text="ein Abend",
        cost_text="wenig",
        as_of=date(2026, 5, 1),
        as_of_text="05.2026",
    )
    make_action("Sternenabend", source="", topics=frozenset({Topic.ASTRONOMY_SPACE}))


def programmes():
    make_programme(**OPEN)
    make_programme(
        "MINT hier",
        **OPEN | {"source": "Liste"},
        kind_text="Preis",
        who_can_apply="Vereine",
        region_text="Sachsen",
        topics=frozenset({Topic.ROBOTICS}),
        deadline_text="31.03.2027",
        closes_on=date(2027, 3, 31),
        amount_text="5.000 Euro",
        link="https://example.org/m",
        as_of_text="05.2026",
    )


KINDS = {
    "praktika": (ImportKind.INTERNSHIPS, internships),
    "angebote": (ImportKind.OFFERS, offers),
    "aktionen": (ImportKind.ACTIONS, actions),
    "foerderprogramme": (ImportKind.PROGRAMMES, programmes),
}


def take(tmp_path, kind, text, name):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with transaction():
        return import_file(kind, path, Order(at=NOON))


def told(browser, name):
    text = browser.get(f"/{name}.csv").get_data(as_text=True)
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    named = [{k: v for k, v in row.items() if k not in OURS} for row in rows]
    return sorted(named, key=lambda row: row.get("id") or row["name"]), text


def forget():
    with transaction():
        for model in (ImportedRow, Glimpse, Period, NeedLine, Existence):
            db.session.execute(delete(model))
        for internship in db.session.scalars(select(Internship)):
            db.session.delete(internship)
        for model in (Offer, Action, Programme):
            db.session.execute(delete(model))
    db.session.expunge_all()


@pytest.mark.parametrize("name", KINDS)
def test_list_that_was_taken_along_comes_back_as_it_was(browser, town, tmp_path, name):
    kind, make = KINDS[name]
    make()
    before, text = told(browser, name)
    forget()

    report = take(tmp_path, kind, text, f"{name}.csv")

    assert counts(report) == {"created": len(before)}
    assert told(browser, name)[0] == before
    again = take(tmp_path, kind, told(browser, name)[1], f"{name}.csv")
    assert counts(again) == {"unchanged": len(before)}

"""What is taken along comes back through our own import as it was."""

import csv
import io

import pytest
from sqlalchemy import delete, select

from marketplace.foundation.database import db, transaction
from marketplace.postings.offers.models import Offer
from marketplace.region.places.enums import FederalState
from marketplace.region.places.services import put_place, seed_districts
from marketplace.stewardship.imports.enums import ImportKind
from marketplace.stewardship.imports.models import ImportedRow
from marketplace.stewardship.imports.services.entries import Order
from marketplace.stewardship.imports.services.files import import_file
from tests.moments import NOON

LINES = (
    (
        "id,title,provider,description,topics,audience,format,city,state,url,cost,as_of,"
        "source,licence"
    ),
    (
        '7,"=Löten; ""schnell""","Werk; Statt","Zwei\n\nZeilen",Mechatronik,Klasse 9,'
        "Workshop,Jena,TH,https://example.org/x,4 Euro,2026-08,Liste,CC0-1.0"
    ),
    "8,Ohne alles,Werk; Statt,,,,,Jena,TH,,,,Katalog,CC BY 4.0",
)
# Of the thing here, and not of what a list says.
OURS = {"page", "updated"}


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


def take(tmp_path, content, name):
    path = tmp_path / name
    path.write_bytes(content)
    with transaction():
        return import_file(ImportKind.OFFERS, path, Order(at=NOON))


def told(browser):
    text = browser.get("/angebote.csv").get_data(as_text=True)
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    named = [{k: v for k, v in row.items() if k not in OURS} for row in rows]
    return sorted(named, key=lambda row: row["id"]), text


def test_list_that_was_taken_along_comes_back_as_it_was(browser, town, tmp_path):
    take(tmp_path, "\n".join(LINES).encode(), "liste.csv")
    before, text = told(browser)
    assert [row["title"] for row in before] == ['\'=Löten; "schnell"', "Ohne alles"]
    with transaction():
        db.session.execute(delete(ImportedRow))
        db.session.execute(delete(Offer))
    db.session.expunge_all()

    take(tmp_path, text.encode(), "angebote.csv")

    assert told(browser)[0] == before
    assert len(db.session.scalars(select(Offer)).all()) == 2

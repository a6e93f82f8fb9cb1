import pytest
from sqlalchemy import delete

from marketplace.foundation.database import db, transaction
from marketplace.region.places.enums import FederalState
from marketplace.region.places.models import Place, PostalCode
from marketplace.region.places.queries import place_for
from marketplace.region.places.services import (
    put_place,
    put_postal_codes,
    seed_districts,
)
from marketplace.stewardship.imports.enums import ImportKind
from marketplace.stewardship.imports.services.entries import Order
from marketplace.stewardship.imports.services.files import import_file
from tests.moments import NOON

SN, ST, TH = FederalState
# Number, name, state, latitude, longitude, people, district, postal codes.
TOWNS = [
    (1, "Leipzig", SN, 51.33962, 12.37129, 500_000, "14713", ["04109", "04277"]),
    (2, "Großpösna", SN, 51.2667, 12.5, 5_600, "14729", ["04463"]),
    (3, "Halle (Saale)", ST, 51.48158, 11.97947, 237_000, "15002", ["06108"]),
    (4, "Jena", TH, 50.92878, 11.5899, 104_000, "16053", ["07743"]),
    (5, "Hermsdorf", TH, 50.9, 11.85, 7_800, "16074", ["07629"]),
    (6, "Hermsdorf", SN, 51.4, 13.9, 1_000, "14625", []),
    (7, "Neukirchen", SN, 50.78, 12.87, 6_900, "14521", []),
    (8, "Neukirchen", SN, 51.09, 13.39, 1_900, "14522", []),
    (9, "Leinefelde-Worbis", TH, 51.388, 10.326, 13_700, "16061", []),
    (10, "Lutherstadt Wittenberg", ST, 51.87, 12.65, 46_000, "15091", []),
]


@pytest.fixture
def towns(app):
    """The towns of these tests, and no others."""
    with transaction():
        seed_districts(at=NOON)
        db.session.execute(delete(PostalCode))
        db.session.execute(delete(Place))
        for number, name, state, lat, lon, population, ags, codes in TOWNS:
            put_place(
                geonameid=number,
                name=name,
                state=state,
                lat=lat,
                lon=lon,
                population=population,
                district_ags=ags,
                source="GeoNames",
            )
            db.session.flush()
            put_postal_codes(place_for(name), codes)


@pytest.fixture
def take(towns, tmp_path):
    """Takes a file over: rows as texts, the first of them the headings."""

    def take(kind, *lines, name="liste.csv", **order):
        path = tmp_path / name
        path.write_bytes(
            lines[0] if isinstance(lines[0], bytes) else "\n".join(lines).encode()
        )
        order = Order(**{"at": NOON, "source": "Testliste"} | order)
        with transaction():
            return import_file(ImportKind(kind), path, order)

    return take


def counts(report):
    """What became of the rows, without what nobody was."""
    return {str(outcome): n for outcome, n in report.outcomes.items() if n}


def reasons(report):
    return [(row.line, row.reason) for row in report.rejections]


def handed_in(content, name, **fields):
    """What a browser sends for a form with a file, as one piece of memory."""
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{text}\r\n'
        for key, text in fields.items()
    ]
    parts.append(
        f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    body = "".join(parts).encode() + content + b"\r\n--x--\r\n"
    return {"data": body, "content_type": "multipart/form-data; boundary=x"}

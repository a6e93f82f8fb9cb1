"""No page works in proportion to what it does not show: of 10,000 rows it reads few."""

import shutil
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from benchmarks.rows import fill
from marketplace.foundation.database import db, transaction
from marketplace.postings.lives.views.reading import RANKED
from tests.conftest import build_app

MANY = 10_000
# Twenty cards with what hangs on each, the names on the map, the choices of filters.
MOST_ROWS = 160
# So many more where the order that fits is made of the first of a plain one.
RANKED_LIST, PLAIN = "/praktika", "sortierung=beginn"
PAGES = [
    "/praktika",
    "/praktika?ort=Jena&umkreis=50",
    "/praktika?q=Mikroskopieren",
    "/praktika?thema=t&klasse=9",
    "/praktika?sortierung=beginn",
    "/praktika?sortierung=beginn&klasse=9&von=2027-06-01",
    "/angebote",
    "/angebote?land=TH",
    "/foerderungen",
    "/organisationen",
    "/organisationen?q=Werk",
    "/aktionen",
    "/foerderprogramme",
    "/orte?q=J",
    "/praktika/p222222223",
    "/angebote/a222222223",
    "/foerderungen/f222222223",
    "/organisationen/w222222223",
]


@pytest.fixture(scope="module")
def many(sqlite_template, tmp_path_factory):
    """A site with many internships, a fifth as many offers, and so on."""
    folder = tmp_path_factory.mktemp("many")
    url = f"sqlite:///{shutil.copy(sqlite_template, folder / 'market.db')}"
    app = build_app(url, folder)
    with app.app_context():
        with transaction():
            fill(MANY)
        yield app
        db.session.remove()
        db.engine.dispose()


@contextmanager
def rows_read():
    """Notes every row that a connection hands out."""
    read = []

    def note(cursor, row):
        read.append(row)
        return row

    def count(connection, *_rest):
        connection.row_factory = note

    def stop(connection, *_rest):
        connection.row_factory = None

    event.listen(db.engine, "checkout", count)
    event.listen(db.engine, "checkin", stop)
    db.session.remove()  # gives back a connection that does not count yet
    yield read
    event.remove(db.engine, "checkout", count)
    event.remove(db.engine, "checkin", stop)


@pytest.mark.parametrize("address", PAGES)
def test_page_reads_little_more_than_it_shows(many, address):
    with rows_read() as read:
        response = many.test_client().get(address)

    assert response.status_code == 200
    is_ranked = address.partition("?")[0] == RANKED_LIST and PLAIN not in address
    assert len(read) <= MOST_ROWS + is_ranked * (RANKED + 1)
    assert read or address in {"/aktionen", "/foerderprogramme"}


def test_first_page_reads_the_whole_but_once(many):
    browser = many.test_client()
    browser.get("/")

    with rows_read() as read:
        response = browser.get("/")

    assert response.status_code == 200
    assert 0 < len(read) <= MOST_ROWS


def test_rows_are_counted_at_all(many):
    with rows_read() as read:
        db.session.execute(db.text("SELECT id FROM internships")).all()

    assert len(read) == MANY

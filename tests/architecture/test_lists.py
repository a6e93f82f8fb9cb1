"""Every list asks as often for thirty rows as for one, and reads what it shows.

`LISTS` is the table of all lists: endpoint, and how it is looked at by whom. A page
whose endpoint is called as lists are called must stand in it.
"""

import re
import shutil
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from marketplace.foundation.database import db
from marketplace.postings.lives.views.reading import RANKED
from marketplace.upkeep.search.queries import bitmaps
from marketplace.web.pages import PAGE_SIZE
from tests.conftest import build_app
from tests.factories.crowds import grow, make_world

MANY = 10_000
# What one statement asks about, however many they are.
LISTED = re.compile(r"\(\?(, \?)+\)")
# Twenty rows with what hangs on each, what people write by hand, choices of filters.
MOST_ROWS = 230
# So many more where the order that fits is made of the first of a plain one.
RANKS = {"/praktika": RANKED + 1}
NAMES = {
    *("index", "mine", "history", "children", "chases", "queue", "held", "search"),
    *("outbox", "security", "holidays"),
}
# Whose own, and where.
KINDS = {
    "offers": ("maker", "angebote"),
    "internships": ("member", "praktika"),
    "sponsorships": ("member", "foerderungen"),
    "events": ("maker", "veranstaltungen"),
    "rolemodels": ("member", "vorbilder"),
}
# What shows no list of its own that could fill a page, or one of fixed length.
SHORT = {
    # At most five of each kind.
    "/suche?q=Ahorn",
    # As many as are written.
    "/leichte-sprache",
    # At most ten of them, or five, and one at a time.
    *("/konto/suchen", "/konto/zugang", "/konto/zugang/meldungen", "/stoebern"),
    *("/koordination/abgleich", "/koordination/aufbewahrung"),
    "/bewerbungen/{confirmed}/unterlagen",
    *("/", "/organisationen/{verified}", "/koordination/einstellungen", "/styleguide"),
}
LISTS = {
    "accounts.show": [("member", "/konto")],
    "actions.history": [("office", "/aktionen/{action}/verlauf")],
    "actions.index": [("guest", "/aktionen"), ("office", "/aktionen")],
    "applications.children": [("guardian", "/konto/kinder")],
    "applications.held": [("office", "/koordination/zurueckgehalten")],
    "applications.index": [
        (who, "/bewerbungen") for who in ("pupil", "member", "school")
    ],
    "alerts.index": [("pupil", "/konto/suchen")],
    "browsing.index": [("guest", "/stoebern"), ("pupil", "/stoebern")],
    "calls.index": [("member", "/aufrufe")],
    "claims.about": [("guest", "/uebernehmen/hinweis/offer/{hint}")],
    "claims.chases": [("office", "/koordination/nachfassen")],
    "claims.decide": [("office", "/koordination/uebernahmen/antrag/{asked}")],
    "claims.organisation": [("office", "/koordination/uebernahmen/{imported}")],
    "claims.show": [("guest", "/uebernehmen/bcdf-ghjk-mnpq")],
    "claims.queue": [("office", "/koordination/uebernahmen")],
    "classes.index": [("school", "/klassen")],
    "desk.index": [("office", "/koordination")],
    "desk.outbox": [
        ("office", "/koordination/postausgang"),
        ("admin", "/koordination/postausgang?adresse=a"),
    ],
    "desk.search": [
        ("office", "/koordination/suche?q=Ahorn"),
        ("office", "/koordination/suche?q=Neu&art=organisationen"),
    ],
    "duplicates.merged": [
        (who, "/dubletten/zusammengefuehrt") for who in ("maker", "office")
    ],
    "duplicates.index": [(who, "/dubletten") for who in ("maker", "office")],
    "easy.index": [("guest", "/leichte-sprache")],
    "finding.index": [("guest", "/suche?q=Ahorn")],
    "gaps.index": [("office", "/koordination/luecken")],
    "held_rows.index": [("office", "/koordination/doppelt")],
    "home.index": [("guest", "/")],
    "introductions.index": [(who, "/vorstellungen") for who in ("member", "office")],
    "maps.index": [("guest", "/karte"), ("guest", "/karte?ebene=bedarf")],
    "introductions.queue": [("office", "/vorstellungen/faellig")],
    "links.dead": [("office", "/koordination/links")],
    "links.index": [("maker", "/links")],
    "members.index": [("member", "/organisationen/{provider}/mitglieder")],
    "members.mine": [("member", "/organisationen/meine")],
    "occupations.index": [("guest", "/berufe"), ("guest", "/berufe?q=Technik")],
    "organisations.index": [("guest", "/organisationen")],
    "organisations.show": [("guest", "/organisationen/{verified}")],
    "own_school.search": [("newcomer", "/schule/waehlen?q=Anger")],
    "papers.index": [("member", "/bewerbungen/{confirmed}/unterlagen")],
    "own.security": [("member", "/konto/sicherheit")],
    "pages.index": [("guest", "/seiten")],
    "partners.index": [(who, "/partner") for who in ("member", "office")],
    "partnerships.index": [(who, "/partnerschaften") for who in ("member", "office")],
    "partnerships.stalled": [("office", "/partnerschaften/stockend")],
    "privacy.index": [("office", "/koordination/aufbewahrung")],
    "programmes.index": [("guest", "/foerderprogramme")],
    "quality.index": [("office", "/koordination/abgleich")],
    "rounds.index": [(who, "/verteilrunden") for who in ("guest", "office")],
    "school_office.index": [
        ("office", "/koordination/schulen"),
        ("office", "/koordination/schulen?q=Anger"),
    ],
    "schools.index": [("pupil", "/konto/schule?q=Anger")],
    "settings.holidays": [("office", "/koordination/einstellungen/feiertage")],
    "settings.index": [("office", "/koordination/einstellungen")],
    "styleguide.index": [("guest", "/styleguide")],
    "texts.history": [("office", "/koordination/seiten/erste/fassungen")],
    "tokens.index": [(who, "/konto/zugang") for who in ("maker", "office")],
    "texts.index": [("office", "/koordination/seiten")],
    "watchlist.index": [("pupil", "/merkliste")],
    "watchlist.events": [("pupil", "/merkliste/veranstaltungen")],
    "takeovers.index": [("maker", "/dateien")],
    "takeovers.folder": [(who, "/dateien/ordner") for who in ("maker", "office")],
    "uploads.index": [("office", "/koordination/einlesen")],
    "vetting.index": [("office", "/koordination/fuehrungszeugnisse")],
    "webhooks.index": [("maker", "/konto/zugang/meldungen")],
    **{f"{kind}.index": [("guest", f"/{path}")] for kind, (_, path) in KINDS.items()},
    **{f"{kind}.mine": [(w, f"/{path}/meine")] for kind, (w, path) in KINDS.items()},
    "offers.history": [("maker", "/angebote/{offer}/verlauf")],
    "internships.history": [("member", "/praktika/{internship}/verlauf")],
    "sponsorships.history": [("member", "/foerderungen/{sponsorship}/verlauf")],
    "events.history": [("maker", "/veranstaltungen/{event}/verlauf")],
    "rolemodels.history": [("member", "/vorbilder/{rolemodel}/verlauf")],
}
VISITS = [(who, address) for visits in LISTS.values() for who, address in visits]


@contextmanager
def noting(app):
    """Notes the statements that are sent, and the rows that come back."""
    statements, rows = [], []

    def note(_connection, _cursor, statement, *_rest):
        statements.append(LISTED.sub("(?)", statement))

    def keep(_cursor, row):
        rows.append(1)
        return row

    def count(connection, *_rest):
        connection.row_factory = keep

    def stop(connection, *_rest):
        connection.row_factory = None

    events = {
        "before_cursor_execute": note,
        "checkout": count,
        "checkin": stop,
    }
    for name, listener in events.items():
        event.listen(db.engine, name, listener)
    db.session.remove()  # gives back a connection that does not count yet
    yield statements, rows
    for name, listener in events.items():
        event.remove(db.engine, name, listener)


@pytest.fixture(scope="module")
def counts(sqlite_template, tmp_path_factory):
    """Of each visit: statements with one row and with thirty, rows read of many."""
    folder = tmp_path_factory.mktemp("lists")
    url = f"sqlite:///{shutil.copy(sqlite_template, folder / 'market.db')}"
    app = build_app(url, folder)
    with app.app_context():
        world = make_world()
        keys = {name: thing.key for name, thing in world.things.items()}
        browsers = {
            who: app.test_client().sign_in(person) if person else app.test_client()
            for who, person in world.people.items()
        }
        few = looked(app, browsers, keys)
        grow(world, 29)
        thirty = looked(app, browsers, keys)
        grow(world, MANY - 30)
        many = looked(app, browsers, keys)
        db.session.remove()
        db.engine.dispose()
    return {visit: (few[visit], thirty[visit], many[visit]) for visit in VISITS}


def looked(app, browsers, keys):
    """The statements and rows of each visit; the second look is counted."""
    seen = {}
    with pytest.MonkeyPatch.context() as patient:
        # How often search looks for changes of others depends on the time that passes.
        patient.setattr(bitmaps, "PAUSE", 3_600)
        for who, address in VISITS:
            browsers[who].get(address.format(**keys))
            with noting(app) as (statements, rows):
                response = browsers[who].get(address.format(**keys))
            seen[who, address] = (response.status_code, statements, len(rows))
    return seen


def test_every_list_stands_in_the_table(app):
    lists = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods and rule.endpoint.rpartition(".")[2] in NAMES
    }

    assert lists - set(LISTS) == set()
    assert set(LISTS) - set(app.view_functions) == set()


@pytest.mark.parametrize(("who", "address"), VISITS)
def test_list_asks_as_often_for_thirty_rows_as_for_one(counts, who, address):
    one, thirty, _many = counts[who, address]

    assert (one[0], thirty[0]) == (200, 200)
    assert len(thirty[1]) <= len(one[1])


@pytest.mark.parametrize(("who", "address"), VISITS)
def test_list_reads_little_more_than_it_shows(counts, who, address):
    _one, _thirty, many = counts[who, address]

    assert many[0] == 200
    assert many[2] <= MOST_ROWS + RANKS.get(address, 0)
    assert many[2] >= PAGE_SIZE or address in SHORT

"""The migrations make exactly the tables that the models describe."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import NullPool, create_engine, inspect

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.foundation.database import db, transaction
from marketplace.people.organisations.services.verifying import freeze_organisation
from marketplace.postings.internships.services import move_internship
from marketplace.postings.lives.enums import Act, PostingState
from marketplace.region.occupations.services import seed_occupations
from tests.conftest import build_app
from tests.factories.applications import make_application
from tests.factories.internships import make_internship
from tests.factories.people import make_coordinator
from tests.factories.postings import make_offer, make_sponsorship
from tests.moments import NOON
from tests.services.postgres import clone

# The full-text table of SQLite and what it keeps for itself.
FOUND = {
    "search_found",
    *(f"search_found_{rest}" for rest in ("config", "data", "idx")),
}

# Of PostgreSQL alone.
OWN = ("ix_search_entries_found", "ix_search_entries_newest")


def is_ours(name, kind, _parents):
    return name not in FOUND and (kind != "index" or name not in OWN)


def migrated(tmp_path):
    url = f"sqlite:///{tmp_path / 'fresh.db'}"
    app = build_app(url, tmp_path)
    return app, url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, tmp_path):
    """An application on a database without a table, and its address."""
    if request.param == "sqlite":
        yield migrated(tmp_path)
        return
    with clone(request.getfixturevalue("postgresql"), "template0") as url:
        yield build_app(url, tmp_path), url


def test_migrations_equal_the_models(empty):
    app, url = empty
    with app.app_context():
        upgrade()
        db.engine.dispose()

    with create_engine(url, poolclass=NullPool).connect() as connection:
        opts = {"compare_type": False, "include_name": is_ours}
        context = MigrationContext.configure(connection, opts=opts)
        differences = compare_metadata(context, db.metadata)
    assert differences == []


def test_migrations_run_both_ways(empty):
    app, url = empty
    with app.app_context():
        upgrade()
        downgrade(revision="base")
        left = set(counts(url))
        upgrade()
        there = set(counts(url))
        db.engine.dispose()

    assert left == {"alembic_version"}
    assert there == left | set(db.metadata.tables)


def counts(url):
    with create_engine(url, poolclass=NullPool).connect() as connection:
        tables = set(inspect(connection).get_table_names()) - FOUND
        query = "SELECT count(*) FROM "
        return {t: connection.exec_driver_sql(query + t).scalar() for t in tables}


def test_rows_survive_the_way_down_and_up_again(tmp_path):
    app, url = migrated(tmp_path)
    with app.app_context():
        upgrade()
        with transaction():
            seed_occupations(at=NOON)
        make_offer()
        make_internship(PostingState.PUBLISHED)
        make_sponsorship()
        db.session.remove()
        before = counts(url)
        downgrade(revision="0001")
        below = counts(url)
        upgrade()
        db.engine.dispose()

    assert below.pop("search_words") > 0
    assert below == {table: before[table] for table in below}
    # The log of changes begins anew, as the lists do that follow it; the words that
    # are proposed come again with the next count, the places with the cards of search.
    again = {"change_log": 0, "search_terms": 0, "search_spots": 0}
    assert counts(url) == before | again
    assert before["memberships"] == 3


def test_what_was_frozen_before_clocks_could_stand_has_stood_since(tmp_path):
    app, _url = migrated(tmp_path)
    with app.app_context():
        upgrade()
        with transaction():
            seed_occupations(at=NOON)
        office = make_coordinator()
        posting, company, free = (
            make_application(ApplicationState.OPEN) for _ in range(3)
        )
        with transaction():
            move_internship(
                posting.internship, Act.FREEZE, words="Nein.", actor=office, at=NOON
            )
            organisation = company.internship.organisation
            freeze_organisation(organisation, actor=office, at=NOON)
        db.session.rollback()
        downgrade(revision="0033")
        upgrade()
        stopped = [one.stopped_at for one in (posting, company, free)]
        db.session.remove()
        db.engine.dispose()

    assert stopped == [NOON, NOON, None]

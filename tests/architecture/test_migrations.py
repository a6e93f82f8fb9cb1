"""The migrations make exactly the tables that the models describe."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import create_engine, inspect

from marketplace.foundation.database import db
from tests.conftest import build_app


def migrated(tmp_path):
    url = f"sqlite:///{tmp_path / 'fresh.db'}"
    app = build_app(url, tmp_path)
    return app, url


def test_migrations_equal_the_models(tmp_path):
    app, url = migrated(tmp_path)
    with app.app_context():
        upgrade()
        db.engine.dispose()

    with create_engine(url).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        differences = compare_metadata(context, db.metadata)
    assert differences == []


def test_migrations_run_both_ways(tmp_path):
    app, url = migrated(tmp_path)
    with app.app_context():
        upgrade()
        downgrade(revision="base")
        left = set(inspect(create_engine(url)).get_table_names())
        upgrade()
        there = set(inspect(create_engine(url)).get_table_names())
        db.engine.dispose()

    assert left == {"alembic_version"}
    assert there == left | set(db.metadata.tables)

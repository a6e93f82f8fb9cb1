from sqlalchemy import text

from marketplace.foundation.database import db


def test_each_connection_is_prepared_for_its_database(app):
    raw = db.session.connection().connection.driver_connection

    if db.engine.dialect.name == "sqlite":
        assert db.session.scalar(text("PRAGMA foreign_keys")) == 1
        assert db.session.scalar(text("PRAGMA secure_delete")) == 1
    else:
        assert db.session.scalar(text("SHOW jit")) == "off"
        assert raw.prepare_threshold is None

from hashlib import sha256

from sqlalchemy import select

from marketplace.foundation import storage
from marketplace.foundation.database import db, transaction
from marketplace.upkeep.files.models import StoredFile
from marketplace.upkeep.files.queries import content_of, file_by_public_id
from marketplace.upkeep.files.services import drop_file, keep_file
from marketplace.upkeep.jobs.jobs import run_due
from tests.moments import NOON

CONTENT = b"%PDF-1.7"


def keep(name="Plan.pdf"):
    return keep_file(
        CONTENT, name=name, content_type="application/pdf", kind="plan", at=NOON
    )


def test_file_is_kept_with_what_is_known_of_it(app):
    with transaction():
        stored = keep()

    assert content_of(stored) == CONTENT
    assert (stored.byte_count, stored.sha256) == (8, sha256(CONTENT).hexdigest())
    assert file_by_public_id(stored.public_id) is stored


def test_name_stands_in_no_path_and_a_long_one_keeps_its_ending(app):
    with transaction():
        stored = keep("../../" + 300 * "x" + ".pdf")

    assert (len(stored.name), stored.name[-5:]) == (200, "x.pdf")
    assert "x" not in stored.storage_key


def test_dropped_file_loses_its_bytes_after_the_commit(app):
    with transaction():
        stored = keep()

    with transaction():
        drop_file(stored)
        before = list(storage.keys())
    run_due()

    assert before == [stored.storage_key]
    assert list(storage.keys()) == []
    assert db.session.scalars(select(StoredFile)).all() == []


def test_drop_that_came_to_nothing_keeps_row_and_bytes(app):
    with transaction():
        stored = keep()

    drop_file(stored)
    db.session.rollback()
    run_due()

    assert content_of(db.session.scalars(select(StoredFile)).one()) == CONTENT

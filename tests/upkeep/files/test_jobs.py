from datetime import timedelta

from marketplace.foundation import storage
from marketplace.foundation.database import db, transaction
from marketplace.upkeep.files.jobs import drop, sweep
from marketplace.upkeep.files.services import keep_file
from tests.moments import NOON


def keep():
    return keep_file(b"bytes", name="a", content_type="text/plain", kind="x", at=NOON)


def test_sweep_drops_only_what_has_waited_in_vain(app):
    with transaction():
        kept = keep()
    keep()
    db.session.rollback()
    storage.put("lost+found", b"not ours")

    sweep({})
    at_once = set(storage.keys())
    app.config["NOW"] = NOON + timedelta(days=2)
    sweep({})
    sweep({})

    assert len(at_once) == 3
    assert set(storage.keys()) == {kept.storage_key, "lost+found"}


def test_sweep_goes_through_more_than_one_part(app):
    for _ in range(600):
        storage.put(storage.new_key(NOON), b"")

    app.config["NOW"] = NOON + timedelta(days=2)
    sweep({})

    assert list(storage.keys()) == []


def test_bytes_whose_row_stands_are_never_dropped(app):
    with transaction():
        kept = keep()

    drop({"key": kept.storage_key})

    assert list(storage.keys()) == [kept.storage_key]

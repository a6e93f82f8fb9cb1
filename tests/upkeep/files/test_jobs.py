from datetime import timedelta

from marketplace.foundation import storage
from marketplace.foundation.database import db, transaction
from marketplace.upkeep.files.jobs import drop, sweep
from marketplace.upkeep.files.services import keep_file
from marketplace.upkeep.jobs.jobs import run_due
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


def test_nothing_is_dropped_while_a_backup_is_written(app):
    young, old = (storage.new_key(NOON - timedelta(days=days)) for days in (0, 3))
    for key in (young, old):
        storage.put(key, b"in vain")

    with storage.held(NOON):
        with transaction():
            drop({"key": young})
        sweep({})
    held = set(storage.keys())
    run_due()
    after_sweep = set(storage.keys())
    app.config["NOW"] = NOON + timedelta(minutes=5)
    run_due()

    assert (held, after_sweep) == ({young, old}, {young})
    assert list(storage.keys()) == []


def test_the_mark_of_a_killed_backup_counts_for_six_hours(app):
    hold = storage.held(NOON)
    hold.__enter__()  # and never left

    end = NOON + timedelta(hours=6)

    assert storage.is_held(end - timedelta(seconds=1))
    assert not storage.is_held(end)

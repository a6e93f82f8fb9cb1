import threading
from datetime import timedelta

import pytest
from limits import RateLimitItemPerMinute
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.web.counting import (
    DatabaseCounts,
    ProcessCounts,
    RateCount,
    forget_old_counts,
)
from tests.moments import NOON

LIMIT = RateLimitItemPerMinute(3)


@pytest.fixture(params=[ProcessCounts, DatabaseCounts])
def store(app, request):
    return request.param()


def test_only_so_many_are_let_through_by_each_key(store):
    counting = FixedWindowRateLimiter(store)

    answers = [counting.hit(LIMIT, "a") for _ in range(4)]

    assert answers == [True, True, True, False]
    assert counting.hit(LIMIT, "b")
    assert (store.get(LIMIT.key_for("a")), store.get("unknown")) == (4, 0)


def test_count_can_be_wiped(store):
    store.incr("a", 60)
    store.incr("b", 60)

    store.clear("a")
    assert (store.get("a"), store.get("b")) == (0, 1)
    assert store.reset() == 1
    assert store.check()


def test_count_begins_anew_when_its_minute_is_over(app):
    store = DatabaseCounts()
    store.incr("a", 60)
    store.incr("a", 60)

    app.config["NOW"] = NOON + timedelta(seconds=60)

    assert store.get("a") == 0
    assert store.incr("a", 60) == 1
    assert store.get_expiry("a") == (NOON + timedelta(seconds=120)).timestamp()


def test_process_counts_begin_anew_and_are_forgotten(app, monkeypatch):
    clock = [1000.0]
    monkeypatch.setattr("marketplace.web.counting.time.time", lambda: clock[0])
    store = ProcessCounts()
    for n in range(50):
        store.incr(f"key {n}", 60)

    clock[0] = 1061.0

    assert store.incr("key 0", 60) == 1
    assert store.get_expiry("key 0") == 1121.0
    assert store.reset() == 1


def test_counts_stand_in_the_database_as_hashes_and_are_forgotten(app):
    DatabaseCounts().incr("address:192.0.2.7", 60)

    [row] = db.session.scalars(select(RateCount))
    known = (len(row.key_hash), "192.0.2.7" in row.key_hash, row.count)
    app.config["NOW"] = NOON + timedelta(seconds=61)
    with transaction():
        forget_old_counts()

    assert known == (64, False, 1)
    assert db.session.scalars(select(RateCount)).all() == []


def test_of_many_at_once_each_is_counted(app):
    store = DatabaseCounts()

    def ask():
        with app.app_context():
            for _ in range(5):
                store.incr("a", 60)
            db.session.remove()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert store.get("a") == 40

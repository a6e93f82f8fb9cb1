"""Writers of the same words pass one another, and counting holds nobody up."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import event, func, insert, select

from marketplace.foundation.database import db, transaction
from marketplace.upkeep.search.enums import Standing
from marketplace.upkeep.search.jobs import count
from marketplace.upkeep.search.models import SearchEntry, SearchSpot, SearchTerm
from marketplace.upkeep.search.queries.spots import SPOT, loose_spots
from marketplace.upkeep.search.services import (
    Card,
    gather_spots,
    put_into_index,
)

WORDS = [f"Zwirbel{sign * 3}" for sign in "abcdefgh"]


def put(number, title, **card):
    told = Card(title=title, standing=Standing.CONFIRMED, **card)
    put_into_index("offer", number, (), told)


def terms():
    beginning = SearchTerm.word.startswith("zwirbel")
    return sorted(db.session.scalars(select(SearchTerm.word).where(beginning)))


def test_two_may_write_the_same_words_in_opposite_order(app):
    both = Barrier(2)

    def write(number):
        words = WORDS[::-1] if number else WORDS
        with app.app_context(), transaction():
            if db.engine.dialect.name == "postgresql":
                both.wait(10)  # on SQLite one writes at a time
            for place, word in enumerate(words):
                put(90_000 + 100 * number + place, word)
        return number

    with ThreadPoolExecutor(2) as people:
        assert list(people.map(write, range(2), timeout=30)) == [0, 1]

    assert terms() == [word.lower() for word in WORDS]


def test_words_of_what_is_rolled_back_are_not_kept(app):
    def fail():
        with transaction():
            put(91_000, "Zwirbelaaa")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with transaction():
        put(91_001, "Zwirbelbbb")

    assert terms() == ["zwirbelbbb"]


def test_nothing_is_read_while_the_turn_to_write_is_held(app):
    with transaction():
        for number, word in enumerate(WORDS):
            put(92_000 + number, word, lat=51.0, lon=12.0)
    with transaction():
        entry = db.session.scalar(
            select(SearchEntry).where(SearchEntry.thing_id == 92_000)
        )
        entry.tokens = f"k_offer s_{Standing.HIDDEN}"
    told = []

    def note(_connection, _cursor, statement, *_rest):
        told.append(" ".join(statement.split())[:60])

    event.listen(db.engine, "before_cursor_execute", note)
    with transaction():
        count({})
    event.remove(db.engine, "before_cursor_execute", note)

    reads = [k for k, one in enumerate(told) if "FROM search_entries WHERE" in one]
    writes = [k for k, one in enumerate(told) if one.startswith("UPDATE search_terms")]
    assert writes
    assert terms() == [word.lower() for word in WORDS[1:]]
    assert max(reads, default=0) < min(writes)


def spots():
    query = select(*SPOT, SearchSpot.amount).where(SearchSpot.amount != 0)
    sums = {}
    for *spot, amount in db.session.execute(query):
        sums[tuple(spot)] = sums.get(tuple(spot), 0) + amount
    return {spot: total for spot, total in sums.items() if total}


def test_spots_are_put_together_while_others_come(app):
    with transaction():
        for number in range(6):
            put(93_000 + number, "Zwirbelaaa", lat=51.0 + number % 2, lon=12.0)
    before = spots()

    gather_spots()

    assert spots() == before
    assert loose_spots() == []
    rows = db.session.execute(select(SearchSpot.id)).all()
    assert len(rows) == len(before)


def test_a_spot_of_very_many_rows_is_put_together_in_parts(app):
    spot = {
        "kind": "offer",
        "is_needy": False,
        "square_row": 1,
        "square_column": 1,
        "state_code": "sn",
        "district_ags": "14713",
        "amount": 1,
    }
    with transaction():
        db.session.execute(insert(SearchSpot), [spot] * 70_000)
    before = spots()

    gather_spots()
    few = db.session.scalar(select(func.count(SearchSpot.id)))
    gather_spots()

    assert few < 10
    assert spots() == before
    assert loose_spots() == []

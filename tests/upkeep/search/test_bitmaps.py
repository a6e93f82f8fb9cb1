"""Counts in bitmaps are those of a plain look at the words, whatever has changed."""

from itertools import product
from random import Random

import pytest
from sqlalchemy import delete, select

from marketplace.foundation.database import db, transaction
from marketplace.foundation.fulltext import Word
from marketplace.upkeep.search.enums import Standing
from marketplace.upkeep.search.models import SearchEntry
from marketplace.upkeep.search.queries import bitmaps as module
from marketplace.upkeep.search.queries.bitmaps import bitmaps, numbers_of
from marketplace.upkeep.search.services import (
    Card,
    let_stand,
    marks_of,
    put_into_index,
    take_from_index,
)

TITLE, WORD, ALL = "Zwirbelwicht", "zwirbelwicht", -1
TOPICS, STATES = ("optics", "robotics", "water"), ("SN", "ST", "TH")
OPEN = frozenset({"s_c", "s_h"})
CHOICES = [
    [OPEN, frozenset({f"h_{topic}"}), frozenset({f"l_{state.lower()}"})]
    for topic, state in product(TOPICS, STATES)
] + [[], [OPEN], [frozenset({"k_offer"})], [frozenset({"k_none"})], [frozenset()]]


def put(number, random):
    card = Card(
        key="k",
        title=TITLE,
        standing=random.choice(list(Standing)),
        marks=marks_of(random.sample(TOPICS, 2), states=[random.choice(STATES)]),
    )
    put_into_index("offer", number, (), card)


def plainly():
    """The counts of what holds the word, from the words of all entries."""
    rows = [set(tokens.split(" ")) for tokens in db.session.scalars(TOKENS)]
    mine = [words for words in rows if WORD in words]
    return [sum(all(words & g for g in groups) for words in mine) for groups in CHOICES]


TOKENS = select(SearchEntry.tokens)


def counted():
    return bitmaps().counts(numbers_of(Word(WORD), ALL), CHOICES)


@pytest.mark.parametrize("seed", range(5))
def test_counts_follow_what_comes_changes_and_goes(app, seed):
    random = Random(seed)  # noqa: S311 - made to be repeated
    with transaction():
        for number in range(1, 80):
            put(number, random)
    assert counted() == plainly()

    for _step in range(30):
        number = random.randrange(1, 200)
        with transaction():
            step = random.choice(["put", "put", "hide", "take"])
            if step == "put":
                put(number, random)
            elif step == "hide":
                let_stand("offer", number, random.choice(list(Standing)))
            else:
                take_from_index("offer", number)
        assert counted() == plainly()


def test_what_takes_the_number_of_the_last_is_seen_as_new(app):
    with transaction():
        put_into_index("offer", 1, (), card_with("optics"))
    assert counted() == plainly()

    with transaction():
        take_from_index("offer", 1)
        put_into_index("offer", 2, (), card_with("water"))

    assert counted() == plainly()


def card_with(topic):
    marks = marks_of([topic], states=["SN"])
    return Card(key="k", title=TITLE, standing=Standing.CONFIRMED, marks=marks)


def test_very_much_that_changed_is_read_anew(app, monkeypatch):
    monkeypatch.setattr(module, "MOST_REWRITTEN", 3)
    random = Random(1)  # noqa: S311 - made to be repeated
    with transaction():
        put(1, random)
    counted()

    with transaction():
        for number in range(1, 90):
            put(number, random)

    assert counted() == plainly()


def test_a_mark_is_read_once_and_the_rest_rewritten(app, queries):
    random = Random(2)  # noqa: S311 - made to be repeated
    with transaction():
        for number in range(1, 20):
            put(number, random)
    counted()

    with transaction():
        put(20, random)
    queries.clear()
    counted()

    # What holds the word, what changed, and the words of that.
    assert len(queries) == 3


def test_nothing_counts_as_nothing(app):
    with transaction():
        db.session.execute(delete(SearchEntry))

    assert counted() == [0] * len(CHOICES)

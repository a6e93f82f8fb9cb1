"""Counts in bitmaps are those of a plain look at the words, whatever has changed."""

from itertools import product
from random import Random

import pytest
from sqlalchemy import delete, select

from marketplace.foundation.database import db, transaction
from marketplace.foundation.fulltext import AllOf, Word, all_of, any_word
from marketplace.upkeep.search.enums import Standing
from marketplace.upkeep.search.models import SearchEntry
from marketplace.upkeep.search.queries import bitmaps
from marketplace.upkeep.search.queries.bitmaps import (
    bits_at,
    bits_of,
    both,
    held_bits_of,
    last_in,
    numbers_in,
    size_of,
)
from marketplace.upkeep.search.queries.bounded import newest_of
from marketplace.upkeep.search.services import (
    Card,
    let_stand,
    marks_of,
    put_into_index,
    take_from_index,
)

TITLE, WORD = "Zwirbelwicht", "zwirbelwicht"
TOPICS, STATES = ("optics", "robotics", "water"), ("SN", "ST", "TH")
OPEN = frozenset({"s_c", "s_h"})
CHOICES = [
    *(
        all_of([Word(f"h_{topic}"), any_word([f"l_{state.lower()}", "l_none"])])
        for topic, state in product(TOPICS, STATES)
    ),
    any_word(["h_water", "h_optics"]),
    Word("k_offer"),
    Word("k_none"),
    Word(WORD[:6], begins=True),
]
WHOLE = all_of([Word(WORD), any_word(["s_c", "s_h"])])


@pytest.fixture(autouse=True, params=[1, 20, 1_000])
def common(request, monkeypatch):
    """Words of so many entries are held: all, some, and none."""
    monkeypatch.setattr(bitmaps, "COMMON", request.param)


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
    query = select(SearchEntry.tokens)
    rows = [set(tokens.split(" ")) for tokens in db.session.scalars(query)]
    mine = [words for words in rows if is_answer(words, WHOLE)]
    return [sum(is_answer(words, choice) for words in mine) for choice in CHOICES]


def is_answer(words, question):
    if isinstance(question, Word):
        begins = any(word.startswith(question.text) for word in words)
        return begins if question.begins else question.text in words
    meets = all if isinstance(question, AllOf) else any
    return meets(is_answer(words, part) for part in question.parts)


def counted():
    whole, *choices = bits_of([WHOLE, *CHOICES])
    return [size_of(both(whole, choice)) for choice in choices]


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
    monkeypatch.setattr(bitmaps, "MOST_REWRITTEN", 3)
    random = Random(1)  # noqa: S311 - made to be repeated
    with transaction():
        put(1, random)
    counted()

    with transaction():
        for number in range(1, 90):
            put(number, random)

    assert counted() == plainly()


def test_what_is_held_is_not_read_again(app, queries, monkeypatch):
    monkeypatch.setattr(bitmaps, "COMMON", 1)
    random = Random(2)  # noqa: S311 - made to be repeated
    with transaction():
        for number in range(1, 20):
            put(number, random)
    counted()
    with transaction():
        put(20, random)
    queries.clear()

    bits_of([WHOLE])

    # What changed, and the words of that.
    assert len(queries) == 2
    assert counted() == plainly()


@pytest.mark.parametrize("name", ["MOST_COMMON", "MOST_RARE"])
def test_no_more_is_held_than_there_is_room_for(app, monkeypatch, name):
    monkeypatch.setattr(bitmaps, name, 3)
    random = Random(3)  # noqa: S311 - made to be repeated
    with transaction():
        for number in range(1, 40):
            put(number, random)

    assert [counted() for _again in range(3)] == [plainly()] * 3
    held = bitmaps._bitmaps()
    sorts = {"MOST_COMMON": held._common, "MOST_RARE": held._rare}
    assert len(sorts[name]) <= 3


def test_nothing_counts_as_nothing(app):
    with transaction():
        db.session.execute(delete(SearchEntry))

    assert counted() == [0] * len(CHOICES)


@pytest.mark.parametrize("most", [1, 2, 5, 1_000])
def test_the_newest_are_those_of_the_index(app, most):
    random = Random(most)  # noqa: S311 - made to be repeated
    with transaction():
        for number in range(1, 90):
            put(number, random)
    questions = [WHOLE, *(all_of([WHOLE, choice]) for choice in CHOICES)]
    bits_of(questions)
    held = [held_bits_of(question) for question in questions]

    assert [last_in(bits, most) for bits in held] == [
        newest_of(question, most) for question in questions
    ]


def test_what_was_never_read_is_not_held(app):
    with transaction():
        put_into_index("offer", 1, (), card_with("optics"))
    bits_of([Word(WORD)])

    assert held_bits_of(WHOLE) is None
    assert held_bits_of(Word(WORD)) is not None


@pytest.mark.parametrize("numbers", [[], [0], [63, 64], [1, 5, 700]])
def test_bits_are_those_of_the_numbers(numbers):
    assert numbers_in(bits_at(numbers)) == numbers
    assert size_of(bits_at(numbers)) == len(numbers)

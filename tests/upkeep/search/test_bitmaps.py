"""Counts in bitmaps are those of a plain look at the words, whatever has changed."""

from concurrent.futures import ThreadPoolExecutor
from itertools import product
from random import Random
from threading import Event
from time import time_ns

import numpy as np
import pytest
from sqlalchemy import delete, func, select, update

from marketplace.foundation.database import db, transaction
from marketplace.foundation.fulltext import AllOf, Word, all_of, any_word
from marketplace.upkeep.search import services
from marketplace.upkeep.search.enums import Standing
from marketplace.upkeep.search.jobs import count
from marketplace.upkeep.search.models import SearchEntry, SearchRemoval
from marketplace.upkeep.search.queries import bitmaps, bits
from marketplace.upkeep.search.queries.bitmaps import Bitmaps, bits_of, flags_of
from marketplace.upkeep.search.queries.bits import (
    bits_at,
    both,
    last_in,
    numbers_in,
    size_of,
)
from marketplace.upkeep.search.rules import is_shown
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


@pytest.fixture
def market(app):
    """Some eighty things that say the word, public and hidden ones."""
    random = Random(1)  # noqa: S311 - made to be repeated
    with transaction():
        for number in range(1, 80):
            put(number, random)


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


def counted(bits_of=bits_of):
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
        change_something(random)
        assert counted() == plainly()


def change_something(random):
    number = random.randrange(1, 200)
    with transaction():
        step = random.choice(["put", "put", "hide", "take"])
        if step == "put":
            put(number, random)
        elif step == "hide":
            let_stand("offer", number, random.choice(list(Standing)))
        else:
            take_from_index("offer", number)


@pytest.mark.parametrize("seed", range(3))
def test_processes_that_look_at_other_times_count_alike(market, monkeypatch, seed):
    monkeypatch.setattr(bitmaps, "PAUSE", 0)
    random = Random(seed)  # noqa: S311 - made to be repeated
    processes = [Bitmaps() for _one in range(3)]

    for _step in range(30):
        for _change in range(random.randrange(4)):
            change_something(random)
        db.session.rollback()
        assert counted(random.choice(processes).of) == plainly()


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


@pytest.mark.parametrize("name", ["MOST_REWRITTEN", "MOST_SEEN"])
def test_very_much_that_changed_is_read_anew(app, monkeypatch, name):
    monkeypatch.setattr(bitmaps, name, 3)
    random = Random(1)  # noqa: S311 - made to be repeated
    with transaction():
        put(1, random)
    counted()

    with transaction():
        for number in range(1, 90):
            put(number, random)

    assert counted() == plainly()


def test_what_is_held_is_not_read_again(market, queries, monkeypatch):
    monkeypatch.setattr(bitmaps, "COMMON", 1)
    counted()
    with transaction():
        put(20, Random(2))  # noqa: S311 - made to be repeated
    queries.clear()

    bits_of([WHOLE])

    # How much changed, what, and the words of that.
    assert len(queries) == 3
    assert counted() == plainly()


def test_after_very_much_has_changed_words_are_held_again(app, queries, monkeypatch):
    monkeypatch.setattr(bitmaps, "MOST_REWRITTEN", 3)
    monkeypatch.setattr(bitmaps, "PAUSE", 0)
    random = Random(1)  # noqa: S311 - made to be repeated
    with transaction():
        for number in range(1, 90):
            put(number, random)
    counted()
    db.session.rollback()
    queries.clear()

    assert counted() == plainly()
    # How much changed, and the plain look.
    assert len(queries) == 2


def test_after_too_much_for_a_look_words_are_held_again(market, queries, monkeypatch):
    monkeypatch.setattr(bitmaps, "MOST_SEEN", 3)
    monkeypatch.setattr(bitmaps, "PAUSE", 0)
    held = Bitmaps()
    random = Random(1)  # noqa: S311 - made to be repeated
    with transaction():
        for number in range(1, 90):
            put(number, random)
    assert counted(held.of) == plainly()
    db.session.rollback()

    monkeypatch.setattr(bitmaps, "LOOK_BACK", 0)  # as if that time had passed
    assert counted(held.of) == plainly()
    db.session.rollback()
    queries.clear()

    assert counted(held.of) == plainly()
    # How much changed, and the plain look.
    assert len(queries) == 2


def test_what_a_long_transaction_wrote_at_first_is_seen_at_its_end(app, monkeypatch):
    monkeypatch.setattr(bitmaps, "PAUSE", 0)
    monkeypatch.setattr(bitmaps, "LOOK_BACK", 0)
    monkeypatch.setattr(services, "LATE", 0)
    held, random = Bitmaps(), Random(1)  # noqa: S311 - made to be repeated
    with transaction():
        for number in range(1, 80):
            put(number, random)
    assert counted(held.of) == plainly()

    with transaction():
        put_into_index("offer", 100, (), card_with("optics"))
        take_from_index("offer", 1)
        db.session.flush()
        held._seen_at = time_ns() // 1000 + 1  # others look while it goes on
        wait_until(held._seen_at)

    assert counted(held.of) == plainly()


def test_nothing_stays_noted_beyond_its_transaction(market):
    for standing in (Standing.HIDDEN, Standing.CONFIRMED):
        with transaction():
            let_stand("offer", 1, standing)

        assert services.TOUCHED not in db.session().info


def wait_until(moment):
    while time_ns() // 1000 <= moment:
        pass


def test_a_beginning_stands_for_what_begins_so_now(app):
    question = Word(WORD[:6], begins=True)
    with transaction():
        put_into_index("offer", 1, (), card_with("optics"))
    before = size_of(*bits_of([question]))

    with transaction():
        put_into_index("offer", 2, (), card_with("water"))
        put_into_index("offer", 3, (), Card(key="k", title="Zwirn"))

    assert (before, size_of(*bits_of([question]))) == (1, 2)


def test_what_goes_goes_after_it_came_whatever_the_clock_says(market):
    is_it = (SearchEntry.kind == "offer", SearchEntry.thing_id == 1)
    ahead = time_ns() // 1000 + 60_000_000
    with transaction():
        db.session.scalars(select(SearchEntry).where(*is_it)).one().touched = ahead
    assert counted() == plainly()

    with transaction():
        take_from_index("offer", 1)

    assert db.session.scalar(select(func.max(SearchRemoval.touched))) > ahead
    assert counted() == plainly()


@pytest.mark.parametrize(("name", "most"), [("MOST_BYTES", 24), ("MOST_RARE", 3)])
def test_no_more_is_held_than_there_is_room_for(market, monkeypatch, name, most):
    monkeypatch.setattr(bitmaps, name, most)

    assert [counted() for _again in range(3)] == [plainly()] * 3
    held = bitmaps._bitmaps()
    # Of so few entries the bits of a word are 16 bytes.
    sorts = {"MOST_BYTES": held._common, "MOST_RARE": held._rare}
    assert len(sorts[name]) <= 3


def test_what_was_rolled_back_never_was(market):
    before = counted()

    put_into_index("offer", 500, (), card_with("optics"))
    db.session.rollback()

    assert counted() == before == plainly()


def test_a_change_may_turn_up_late(market):
    with transaction():
        db.session.execute(update(SearchEntry).values(touched=0))
    counted()
    late = time_ns() // 1000 - 60_000_000

    change_behind_the_back(late)

    assert counted() == plainly()


def test_what_no_look_can_see_is_right_after_an_hour(market, monkeypatch):
    monkeypatch.setattr(bitmaps, "COMMON", 1)
    before = counted()
    change_behind_the_back(1)
    assert counted() == before != plainly()

    monkeypatch.setattr(bitmaps, "LONGEST", 0)
    monkeypatch.setattr(bitmaps, "PAUSE", 0)
    db.session.rollback()

    assert counted() == plainly()


def change_behind_the_back(touched):
    """Makes an entry public as another process would have, at a moment long past."""
    is_mine = SearchEntry.tokens.contains(WORD)
    entries = db.session.scalars(select(SearchEntry).where(is_mine)).all()
    entry = next(one for one in entries if not is_shown(one.tokens))
    words = {"tokens": f"{entry.tokens} s_c", "touched": touched}
    with transaction():
        db.session.execute(
            update(SearchEntry).where(SearchEntry.id == entry.id).values(**words)
        )


def test_others_count_while_somebody_writes(app, market):
    def look(_number):
        with app.app_context():
            return [counted() for _again in range(20)]

    random = Random(5)  # noqa: S311 - made to be repeated
    with ThreadPoolExecutor(3) as pool:
        looks = [pool.submit(look, number) for number in range(3)]
        for number in range(60, 90):
            with transaction():
                put(number, random)
        assert all(len(look.result()) == 20 for look in looks)

    assert counted() == plainly()


def test_what_an_old_transaction_reads_is_not_held(app, market, monkeypatch):
    monkeypatch.setattr(bitmaps, "COMMON", 1)
    monkeypatch.setattr(bitmaps, "PAUSE", 3_600)
    begun, changed = Event(), Event()

    def read_late():
        with app.app_context():
            db.session.scalar(select(func.count(SearchEntry.id)))
            begun.set()
            changed.wait()
            counted()
            db.session.rollback()

    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(read_late)
        begun.wait()
        with transaction():
            let_stand_all(Standing.CONFIRMED)
        bits_of([WHOLE])
        changed.set()
        late.result()

    assert counted() == plainly()


def let_stand_all(standing):
    for number in range(1, 80):
        let_stand("offer", number, standing)
        put_into_index("offer", number, (), card_with("water"))


def test_removals_are_kept_for_a_day(app, market, monkeypatch):
    with transaction():
        take_from_index("offer", 1)
        count({})
    assert db.session.scalar(select(func.count(SearchRemoval.id))) == 1

    monkeypatch.setattr(services, "REMOVALS_KEPT", -1)
    count({})

    assert db.session.scalar(select(func.count(SearchRemoval.id))) == 0


def test_nothing_counts_as_nothing(app):
    with transaction():
        db.session.execute(delete(SearchEntry))

    assert counted() == [0] * len(CHOICES)


@pytest.mark.parametrize("most", [1, 2, 5, 1_000])
def test_the_newest_are_those_of_a_plain_look(market, monkeypatch, most):
    monkeypatch.setattr(bits, "LAST", 1)
    query = select(SearchEntry.id, SearchEntry.tokens).order_by(SearchEntry.id.desc())
    rows = [
        (number, set(told.split(" "))) for number, told in db.session.execute(query)
    ]
    for choice in CHOICES:
        question = all_of([WHOLE, choice])
        plain = [number for number, words in rows if is_answer(words, question)]

        [found] = bits_of([question])

        assert last_in(found, most) == plain[:most]
        numbers = np.array([number for number, _words in rows], np.int64)
        [flags] = flags_of([question], numbers)
        assert numbers[flags].tolist() == plain


def test_far_apart_are_the_newest(app):
    numbers = [3, 64, 70_000, 70_001, 500_000]

    found = bits_at(numbers)

    assert [last_in(found, most) for most in range(1, 7)] == [
        numbers[: -most - 1 : -1] for most in range(1, 7)
    ]


@pytest.mark.parametrize("numbers", [[], [0], [63, 64], [1, 5, 700]])
def test_bits_are_those_of_the_numbers(numbers):
    assert numbers_in(bits_at(numbers)) == numbers
    assert size_of(bits_at(numbers)) == len(numbers)

"""What reads to a limit finds what a plain look at everything finds."""

import pytest
from sqlalchemy import delete, insert, select

from marketplace.foundation.database import db, transaction
from marketplace.upkeep.search.models import SearchEntry
from marketplace.upkeep.search.queries import bounded
from marketplace.upkeep.search.queries.bounded import among, one_of, said_among

# More than two pieces of the first span, in blocks of a kind.
COUNT = 5000
# Words by the numbers of what says them; the last is said by hidden things alone.
WORDS = {
    "everywhere": range(COUNT),
    "even": range(0, COUNT, 2),
    "rare": range(1, COUNT, 700),
    "oldest": range(1, 2),
    "secret": range(0, COUNT, 3),
}


def words_of(number):
    words = {word for word, numbers in WORDS.items() if number in numbers}
    words.add("k_old" if number < COUNT - 500 else "k_new")
    words.add("s_x" if number % 3 == 0 else "s_c" if number % 2 else "s_h")
    return words


@pytest.fixture
def numbers(app):
    """The words of each entry by its id, the newest first."""
    rows = [
        {
            "kind": "old" if number < COUNT - 500 else "new",
            "thing_id": number,
            "tokens": " ".join(sorted(words_of(number))),
        }
        for number in range(COUNT)
    ]
    with transaction():
        db.session.execute(insert(SearchEntry), rows)
    made = SearchEntry.kind.in_(["old", "new"])
    query = select(SearchEntry.id, SearchEntry.thing_id).where(made)
    found = db.session.execute(query.order_by(SearchEntry.id.desc())).all()
    return {number: words_of(thing_id) for number, thing_id in found}


@pytest.mark.parametrize("rows", [(1, 2), (512, 32_768)])
def test_what_is_still_said(numbers, monkeypatch, rows):
    monkeypatch.setattr(bounded, "STEPS", list(zip((10, 14), rows, strict=True)))
    asked = ["nowhere", "oldest", *WORDS, "everywhere"]
    shown = [words for words in numbers.values() if "s_x" not in words]

    said = said_among(asked)

    assert said == {word for word in asked if any(word in words for words in shown)}
    assert said == {"everywhere", "even", "rare", "oldest"}
    assert said_among([]) == set()


def test_nothing_is_said_where_there_is_nothing(app):
    with transaction():
        db.session.execute(delete(SearchEntry))

    assert said_among(["everywhere"]) == set()


def test_many_entries_are_named_in_one_statement(numbers):
    some = sorted(numbers)[::3]

    query = select(SearchEntry.id).where(among(some)).order_by(SearchEntry.id)

    assert db.session.scalars(query).all() == some
    assert db.session.scalars(select(SearchEntry.id).where(among([]))).all() == []


def test_words_are_named_in_one_statement(numbers):
    query = select(SearchEntry.id).where(one_of(SearchEntry.kind, ["new", "none"]))

    assert len(db.session.scalars(query).all()) == 500

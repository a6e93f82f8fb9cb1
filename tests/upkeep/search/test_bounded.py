"""What reads to a limit finds what a plain look at everything finds."""

import pytest
from sqlalchemy import insert, select

from marketplace.foundation.database import db, transaction
from marketplace.foundation.fulltext import Word, all_of, any_word
from marketplace.upkeep.search.models import SearchEntry
from marketplace.upkeep.search.queries import bounded
from marketplace.upkeep.search.queries.bounded import among, counted, newest_of

# More than two pieces of the first span, in blocks of a kind.
COUNT = 5000
QUESTIONS = {
    "of all": Word("everywhere"),
    "rare": Word("rare"),
    "nowhere": Word("nowhere"),
    "of the old kind": all_of([Word("even"), Word("k_old")]),
    "of one of two kinds": all_of([Word("rare"), any_word(["k_new", "k_old"])]),
    "shown": all_of([Word("even"), Word("k_new"), any_word(["s_c", "s_h"])]),
    "of a kind that is not": all_of([Word("even"), Word("k_none")]),
    "in vain": all_of([Word("even"), Word("odd")]),
}


def words_of(number):
    words = {"everywhere", "odd" if number % 2 else "even"}
    words.add("k_old" if number < COUNT - 500 else "k_new")
    words.add("s_x" if number % 3 == 0 else "s_c")
    return words | ({"rare"} if number % 700 == 1 else set())


def holds(words, name):
    return {
        "of all": True,
        "rare": "rare" in words,
        "of the old kind": {"even", "k_old"} <= words,
        "of one of two kinds": "rare" in words,
        "shown": {"even", "k_new", "s_c"} <= words,
    }.get(name, False)


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


@pytest.mark.parametrize("first", [bounded.FIRST, 200])
@pytest.mark.parametrize("most", [3, 200])
def test_the_newest_and_their_number(numbers, monkeypatch, most, first):
    monkeypatch.setattr(bounded, "FIRST", first)
    monkeypatch.setattr(bounded, "SHARE", 1)
    for name, question in QUESTIONS.items():
        plain = [n for n, words in numbers.items() if holds(words, name)]

        assert newest_of(question, most) == plain[:most], name

    plain = [sum(holds(w, name) for w in numbers.values()) for name in QUESTIONS]
    counts = counted(list(QUESTIONS.values()), most)
    assert counts == [min(count, most) for count in plain]


def test_many_entries_are_named_in_one_statement(numbers):
    some = sorted(numbers)[::3]

    query = select(SearchEntry.id).where(among(some)).order_by(SearchEntry.id)

    assert db.session.scalars(query).all() == some
    assert db.session.scalars(select(SearchEntry.id).where(among([]))).all() == []

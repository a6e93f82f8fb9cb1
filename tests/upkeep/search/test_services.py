import pytest
from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.foundation.fulltext import Word
from marketplace.upkeep.search.enums import Standing
from marketplace.upkeep.search.jobs import count
from marketplace.upkeep.search.models import SearchEntry, SearchTerm
from marketplace.upkeep.search.queries.matching import holds, matching_ids
from marketplace.upkeep.search.queries.terms import terms_beginning
from marketplace.upkeep.search.services import (
    Card,
    let_stand,
    let_stand_of_owner,
    put_into_index,
    take_from_index,
)


def put(thing_id, *texts, **card):
    with transaction():
        put_into_index("thing", thing_id, texts, Card(**card))


def found_by(question):
    return sorted(db.session.scalars(matching_ids("thing", question)))


def standing_as(mark):
    query = select(SearchEntry.thing_id).where(holds(Word(mark)))
    return sorted(db.session.scalars(query.where(SearchEntry.kind == "thing")))


def entries():
    query = select(SearchEntry.id, SearchEntry.tokens).order_by(SearchEntry.id)
    return db.session.execute(query.where(SearchEntry.kind == "thing")).all()


def test_a_thing_is_found_by_what_it_says_now(app):
    put(1, "Robotik", "in Gera")

    put(1, "Biologie", "in Gera")

    assert [found_by(q) for q in ("Robotik", "Biologie", "Gera")] == [[], [1], [1]]


def test_a_thing_keeps_its_row(app):
    put(1, "Robotik in Gera")
    [(number, _words)] = entries()

    put(1, "Robotik in Jena")

    assert entries() == [(number, "jena k_thing robotik s_x")]


def test_putting_the_same_again_writes_nothing(app, queries):
    put(1, "Robotik in Gera")
    queries.clear()

    put(1, "Gera: Robotik, Robotik")

    assert [s.split()[0] for s in queries] == ["SELECT"]


def test_what_is_taken_out_is_not_found_any_more(app):
    put(1, "Robotik")
    put(2, "Robotik")

    with transaction():
        take_from_index("thing", 1)

    assert found_by("Robotik") == [2]


def test_a_thing_without_words_is_found_by_nothing(app):
    put(1, "Robotik")

    put(1, "", "…")

    assert entries() == []


def test_what_was_rolled_back_is_not_found(app):
    put_into_index("thing", 1, ["Robotik"])
    db.session.rollback()

    assert found_by("Robotik") == []


def test_a_card_is_found_by_all_it_shows(app):
    told = {"title": "Löten", "body": "Eine Platine", "context": "Werk Ahorn"}
    put(1, place_name="Gera", **told)

    words = ("Löten", "Platine", "Ahorn", "Gera")
    assert [found_by(word) for word in words] == [[1]] * 4
    assert standing_as("t_loten") == [1]
    assert standing_as("t_platine") == []


@pytest.mark.parametrize(
    ("own", "owner", "mark"),
    [
        (Standing.CONFIRMED, Standing.CONFIRMED, "s_c"),
        (Standing.CONFIRMED, Standing.HINT, "s_x"),
        (Standing.CONFIRMED, Standing.HIDDEN, "s_x"),
        (Standing.HINT, Standing.CONFIRMED, "s_h"),
        (Standing.HINT, Standing.HINT, "s_h"),
        (Standing.HINT, Standing.HIDDEN, "s_x"),
        (Standing.HIDDEN, Standing.CONFIRMED, "s_x"),
    ],
)
def test_a_thing_stands_as_openly_as_itself_and_its_owner_allow(app, own, owner, mark):
    put(1, title="Robotik", owner_id=4)

    with transaction():
        let_stand("thing", 1, own)
        let_stand_of_owner(4, owner)

    assert [standing_as(m) for m in ("s_c", "s_h", "s_x")] == [
        [1] if m == mark else [] for m in ("s_c", "s_h", "s_x")
    ]


def test_an_owner_has_no_say_in_what_others_have(app):
    shown = {"title": "Robotik", "standing": Standing.CONFIRMED}
    put(1, owner_id=4, **shown)
    put(2, owner_id=5, **shown)

    with transaction():
        let_stand_of_owner(4, Standing.HIDDEN)
        let_stand("thing", 3, Standing.CONFIRMED)

    assert (standing_as("s_c"), standing_as("s_x")) == ([2], [1])


def test_words_are_proposed_once_they_are_public(app):
    put(1, title="Lauflicht für die 9b")
    assert terms_beginning("laufl", 5) == []

    with transaction():
        let_stand("thing", 1, Standing.CONFIRMED)

    assert [term.shown for term in terms_beginning("laufl", 5)] == ["Lauflicht"]
    query = select(SearchTerm.word).where(SearchTerm.word.in_(["fur", "die", "9b"]))
    assert db.session.scalars(query).all() == []


def test_a_word_keeps_the_spelling_it_came_with(app):
    put(1, title="Lauflicht", standing=Standing.CONFIRMED)
    put(2, title="LAUFLICHT", standing=Standing.CONFIRMED)

    assert [term.shown for term in terms_beginning("laufl", 5)] == ["Lauflicht"]


def test_words_are_counted_and_those_that_stand_nowhere_go(app):
    put(1, title="Lauflicht", standing=Standing.CONFIRMED)
    put(2, title="Lauflicht, Lauflichter", standing=Standing.CONFIRMED)

    with transaction():
        count({})
    before = {term.word: term.entry_count for term in terms_beginning("laufl", 5)}
    with transaction():
        let_stand("thing", 2, Standing.HIDDEN)
    with transaction():
        count({})

    assert before == {"lauflicht": 2, "lauflichter": 1}
    after = {term.word: term.entry_count for term in terms_beginning("laufl", 5)}
    assert after == {"lauflicht": 1}

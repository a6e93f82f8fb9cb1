from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.upkeep.search.models import SearchWord
from marketplace.upkeep.search.queries import matching_ids
from marketplace.upkeep.search.services import put_into_index, take_from_index


def put(thing_id, *texts):
    with transaction():
        put_into_index("thing", thing_id, texts)


def found_by(question):
    return sorted(db.session.scalars(matching_ids("thing", question)))


def rows():
    query = select(SearchWord.id, SearchWord.word).order_by(SearchWord.id)
    return db.session.execute(query.where(SearchWord.kind == "thing")).all()


def test_a_thing_is_found_by_what_it_says_now(app):
    put(1, "Robotik", "in Gera")

    put(1, "Biologie", "in Gera")

    assert [found_by(q) for q in ("Robotik", "Biologie", "Gera")] == [[], [1], [1]]


def test_words_that_stay_are_not_written_anew(app):
    put(1, "Robotik in Gera")
    before = rows()

    put(1, "Robotik in Gera und Jena")

    assert rows()[: len(before)] == before
    assert [word for _, word in rows()[len(before) :]] == ["jena"]


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

    assert rows() == []


def test_what_was_rolled_back_is_not_found(app):
    put_into_index("thing", 1, ["Robotik"])
    db.session.rollback()

    assert found_by("Robotik") == []

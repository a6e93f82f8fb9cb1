"""A question reads the words that were asked for, not all words there are."""

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import sqlite

from marketplace.foundation.database import db
from marketplace.upkeep.search.queries import matching_ids


@pytest.mark.parametrize(
    "question", ["Robotik", "Praktikum Robotik Physik", "Medizintechnik", "AG"]
)
def test_every_way_to_occur_is_served_by_the_index(app, question):
    statement = matching_ids("thing", question).compile(
        dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}
    )

    plan = db.session.execute(text(f"EXPLAIN QUERY PLAN {statement}"))
    reads = [step for *_, step in plan if "search_words" in step]

    assert reads != []
    assert [step for step in reads if "kind=? AND word" not in step] == []

"""A question reads what holds its words, not all that there is."""

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import sqlite

from marketplace.foundation.database import db
from marketplace.upkeep.search.queries.matching import matching_ids


def plan_of(query):
    statement = query.compile(
        dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}
    )
    return [
        step for *_, step in db.session.execute(text(f"EXPLAIN QUERY PLAN {statement}"))
    ]


@pytest.mark.parametrize(
    "question", ["Robotik", "Praktikum Robotik Physik", "Medizintechnik", "AG"]
)
def test_a_question_is_answered_by_the_full_text_index(app, question):
    steps = plan_of(matching_ids("thing", question))

    assert [s for s in steps if s.startswith("SCAN search_entries")] == []
    assert [s for s in steps if "search_found VIRTUAL TABLE INDEX" in s] != []

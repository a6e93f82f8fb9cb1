"""A question reads what holds its words, not all that there is."""

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import sqlite

from marketplace.foundation.database import db
from marketplace.upkeep.search.queries.bounded import NEWEST
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


def test_the_newest_are_read_in_order(app):
    entries = {"asked": '["robotik"]', "most": 5}
    statement = text(f"EXPLAIN QUERY PLAN {NEWEST.text}")

    steps = [step for *_, step in db.session.execute(statement, entries)]

    assert [step for step in steps if "search_found VIRTUAL TABLE INDEX" in step] != []
    assert [step for step in steps if "TEMP B-TREE" in step] == []

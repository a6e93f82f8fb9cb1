"""Questions of people over the real data: what they mean is among the first five.

Each is judged by what one of the first five of its kind must say, and where it must be.
"""

import csv
import re
from pathlib import Path

from click.testing import CliRunner

from marketplace.doors.commands.imports import import_command
from marketplace.foundation.database import db
from marketplace.foundation.text import fold
from marketplace.overview.finding.enums import Kind, Order
from marketplace.overview.finding.queries.asking import Search, asked_of
from marketplace.overview.finding.queries.hits import answered, entries_of
from marketplace.postings.lives.queries import Narrowing

TABLE = Path(__file__).with_name("questions.csv").read_text("utf-8").splitlines()
ROWS = list(csv.DictReader(TABLE, delimiter=";"))
FIRST, SHARE = 5, 0.95


def first_of(question, kind):
    """The entries of a kind that the page shows, best first."""
    search = Search(asked_of(question), Narrowing(words=question))
    _search, hits, _instead = answered(search, Order.FIT)
    best = [hit for hit in hits if hit.kind is kind][:FIRST]
    entries = entries_of(best)
    return [entries[hit.entry_id] for hit in best]


def is_meant(entry, row):
    said = fold(f"{entry.title} {entry.context} {entry.body}")
    is_there = row["town"] in ("", entry.place_name)
    return is_there and re.search(fold(row["says"]), said) is not None


def missed():
    """The questions whose first five are not what was meant, with their titles."""
    answers = [(row, first_of(row["question"], Kind(row["kind"]))) for row in ROWS]
    return [
        (row["question"], row["kind"], [entry.title for entry in first])
        for row, first in answers
        if not any(is_meant(entry, row) for entry in first)
    ]


def test_what_is_meant_is_among_the_first(app, data, record_property):
    result = CliRunner().invoke(import_command, ["folder", str(data)])
    assert result.exit_code == 0, result.output

    misses = missed()

    share = 1 - len(misses) / len(ROWS)
    told = f"{share:.3f} of {len(ROWS)} questions"
    record_property(f"success@{FIRST} on {db.engine.dialect.name}", told)
    assert len(ROWS) >= 150
    assert share >= SHARE, misses

"""No hidden number follows from those that are shown."""

from collections import defaultdict
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from marketplace.matching.gaps.services.hiding import (
    Relation,
    following,
    hidden_cells,
    relations_of,
)

STATES = {"14713": "SN", "14612": "SN", "14521": "SN", "15002": "ST", "15081": "ST"}
KINDS = ("money", "material")
TOPICS = ("optics", "robotics", "solar")


def table(lines):
    """Sizes and owners of all cells of some lines: (district, topic, kind, owner)."""
    sizes, owners = defaultdict(int), defaultdict(set)
    for district, topic, kind, owner in lines:
        keys = {
            (area, t, k)
            for area in (district, STATES[district], "")
            for t in ("", topic)
            for k in (kind, "")
            if not (t and area == district)
        }
        for key in keys:
            sizes[key] += 1
            owners[key].add(owner)
    return dict(sizes), {key: len(who) for key, who in owners.items()}


def hide(lines):
    sizes, counts = table(lines)
    relations = relations_of(sizes, STATES)
    return sizes, counts, relations, hidden_cells(sizes, counts, relations)


def determined(hidden, relations):
    """The same question by exact elimination: which unknowns have one solution."""
    unknown = sorted(hidden)
    rows = []
    for relation in relations:
        row = [Fraction(0)] * len(unknown)
        for cell in relation.cells:
            if cell in hidden:
                row[unknown.index(cell)] += -1 if cell == relation.total else 1
        rows.append(row)
    solved = set()
    pivots = 0
    for column in range(len(unknown)):
        found = next((k for k in range(pivots, len(rows)) if rows[k][column]), None)
        if found is None:
            continue
        rows[pivots], rows[found] = rows[found], rows[pivots]
        head = rows[pivots][column]
        rows[pivots] = [value / head for value in rows[pivots]]
        for k, row in enumerate(rows):
            if k != pivots and row[column]:
                factor = row[column]
                rows[k] = [
                    a - factor * b for a, b in zip(row, rows[pivots], strict=True)
                ]
        pivots += 1
    for row in rows[:pivots]:
        columns = [k for k, value in enumerate(row) if value]
        if len(columns) == 1:
            solved.add(unknown[columns[0]])
    return solved


LINES = some.lists(
    some.tuples(
        some.sampled_from(sorted(STATES)),
        some.sampled_from(TOPICS),
        some.sampled_from(KINDS),
        some.integers(1, 9),
    ),
    max_size=40,
)


@settings(max_examples=150)
@given(LINES)
def test_no_hidden_value_follows_from_the_totals(lines):
    _sizes, counts, relations, hidden = hide(lines)

    assert {key for key, count in counts.items() if count < 3} <= hidden
    assert determined(hidden, relations) == set()
    for relation in relations:
        assert sum(cell in hidden for cell in relation.cells) != 1


@settings(max_examples=100)
@given(LINES, some.integers(0, 10**6))
def test_arrays_say_what_exact_elimination_says(lines, seed):
    sizes, _counts = table(lines)
    relations = relations_of(sizes, STATES)
    hidden = {key for k, key in enumerate(sorted(sizes)) if seed >> k % 20 & 1}

    assert following(hidden, relations) == determined(hidden, relations)


def test_many_owners_hide_nothing():
    lines = [(d, "optics", "money", k) for d in STATES for k in range(3)]

    assert hide(lines)[3] == frozenset()


def test_smallest_other_cell_is_hidden_beside_a_single_one():
    sizes = {("", "", ""): 12, ("SN", "", ""): 2, ("ST", "", ""): 6, ("TH", "", ""): 4}
    counts = dict.fromkeys(sizes, 3) | {("SN", "", ""): 2}
    parts = tuple(key for key in sizes if key[0])

    hidden = hidden_cells(sizes, counts, [Relation(("", "", ""), parts)])

    assert hidden == {("SN", "", ""), ("TH", "", "")}


def test_two_cells_that_several_totals_give_away_take_a_third_with_them():
    # x and y are in one total, x and z in a second, y and z in a third.
    x, y, z, more = (("x", "", ""), ("y", "", ""), ("z", "", ""), ("m", "", ""))
    totals = [(name, "", "") for name in ("1", "2", "3")]
    relations = [
        Relation(totals[0], (x, y, more)),
        Relation(totals[1], (x, z)),
        Relation(totals[2], (y, z)),
    ]
    sizes = dict.fromkeys([x, y, z, more, *totals], 5) | {more: 1}
    counts = dict.fromkeys(sizes, 3) | {x: 1, y: 1, z: 1}

    assert following({x, y, z}, relations) == {x, y, z}
    hidden = hidden_cells(sizes, counts, relations)
    assert determined(hidden, relations) == set()
    assert hidden > {x, y, z}


@pytest.mark.parametrize("count", [0, 1])
def test_empty_and_single_tables(count):
    lines = [("14713", "optics", "money", 1)] * count

    sizes, _counts, _relations, hidden = hide(lines)

    assert hidden == set(sizes)

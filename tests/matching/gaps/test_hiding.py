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
    return dict(sizes), owners


def hide(lines):
    sizes, owners = table(lines)
    relations = relations_of(sizes, STATES)
    return sizes, owners, relations, hidden_by(sizes, owners, relations)


def hidden_by(sizes, owners, relations):
    """What is hidden where three owners are needed."""

    def is_telling(keys):
        return len(set().union(*(owners[key] for key in keys))) < 3

    few = [key for key in sizes if is_telling({key})]
    return hidden_cells(sizes, few, relations, is_telling=is_telling)


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
    _sizes, owners, relations, hidden = hide(lines)

    assert {key for key, who in owners.items() if len(who) < 3} <= hidden
    assert determined(hidden, relations) == set()
    for relation in relations:
        cells = [cell for cell in relation.cells if cell in hidden]
        assert len(cells) != 1
        if cells and relation.total not in hidden:
            assert len(set().union(*(owners[cell] for cell in cells))) >= 3


@settings(max_examples=100)
@given(LINES, some.integers(0, 10**6))
def test_arrays_say_what_exact_elimination_says(lines, seed):
    sizes, _owners = table(lines)
    relations = relations_of(sizes, STATES)
    hidden = {key for k, key in enumerate(sorted(sizes)) if seed >> k % 20 & 1}

    assert following(hidden, relations) == determined(hidden, relations)


def test_many_owners_hide_nothing():
    lines = [(d, "optics", "money", k) for d in STATES for k in range(3)]

    assert hide(lines)[3] == frozenset()


def test_smallest_other_cell_is_hidden_beside_a_single_one():
    sizes = {("", "", ""): 12, ("SN", "", ""): 2, ("ST", "", ""): 6, ("TH", "", ""): 4}
    owners = {key: {1, 2, 3} for key in sizes} | {("SN", "", ""): {1, 2}}
    parts = tuple(key for key in sizes if key[0])

    hidden = hidden_by(sizes, owners, [Relation(("", "", ""), parts)])

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
    owners = {key: {1, 2, 3} for key in sizes} | {x: {1}, y: {2}, z: {3}}

    assert following({x, y, z}, relations) == {x, y, z}
    hidden = hidden_by(sizes, owners, relations)
    assert determined(hidden, relations) == set()
    assert hidden > {x, y, z}


def test_two_hidden_cells_of_two_owners_take_a_third_with_them():
    """Their sum is the rest of the total, and would be that of two owners."""
    whole, small, other, third, large = (
        ("", "", ""),
        *((name, "", "") for name in ("SN", "ST", "TH", "BE")),
    )
    sizes = {whole: 20, small: 1, other: 1, third: 6, large: 12}
    owners = {key: {1, 2, 3} for key in sizes} | {small: {1}, other: {2}}
    relation = Relation(whole, (small, other, third, large))

    assert hidden_by(sizes, owners, [relation]) == {small, other, third}
    assert hidden_by(sizes, owners | {other: {2, 3}}, [relation]) == {small, other}


@pytest.mark.parametrize("count", [0, 1])
def test_empty_and_single_tables(count):
    lines = [("14713", "optics", "money", 1)] * count

    sizes, _owners, _relations, hidden = hide(lines)

    assert hidden == set(sizes)

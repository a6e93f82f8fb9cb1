"""Columns as entered give the rows that each profile gives by itself."""

from dataclasses import replace

import numpy as np
import pytest

from marketplace.matching.scores.entering import ENTRY, LINE_ENTRY, tables_of
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.records import LINE, ROW
from tests.matching.scores.catalogue import PARENTS, WEIGHTS
from tests.matching.scores.worlds import make_profiles, seeded


def told(value):
    return -1 if value is None else value


def entered(profiles):
    entries = np.zeros(len(profiles), ENTRY)
    lines = []
    for place, profile in enumerate(profiles):
        values = {name: getattr(profile, name, None) for name in ENTRY.names}
        values |= dict(zip("xyz", profile.position, strict=True))
        for name, value in values.items():
            entries[name][place] = told(value)
        for line in profile.lines:
            row = {name: told(getattr(line, name)) for name in LINE.names}
            row |= {"owner": place, "direction": line.direction}
            lines.append(tuple(row[name] for name in LINE_ENTRY.names))
    return entries, np.array(lines, LINE_ENTRY)


@pytest.mark.parametrize("seed", range(5))
def test_rows_are_those_of_each_profile(seed):
    profiles = [
        replace(profile, is_active=True) for profile in make_profiles(seeded(seed), 80)
    ]

    rows, lines = tables_of(*entered(profiles), WEIGHTS, PARENTS)
    made, expected = (
        MatchIndex.of_tables(rows, lines, WEIGHTS),
        MatchIndex(profiles, WEIGHTS),
    )

    for name in ROW.names:
        assert made.rows[name].tolist() == expected.rows[name].tolist(), name
    for name in LINE.names:
        assert made.lines[name].tolist() == expected.lines[name].tolist(), name


def test_of_nothing_comes_nothing():
    rows, lines = tables_of(
        np.zeros(0, ENTRY), np.zeros(0, LINE_ENTRY), WEIGHTS, PARENTS
    )

    assert (len(rows), len(lines)) == (0, 0)
    assert len(MatchIndex.of_tables(rows, lines, WEIGHTS)) == 0


def test_profile_comes_back_as_it_went_in():
    profiles = make_profiles(seeded(3), 50)
    index = MatchIndex(profiles, WEIGHTS)

    for profile in profiles:
        back = index[profile.profile_id]
        assert (back.needs, back.gives) == (profile.needs, profile.gives)
        assert replace(back, lines=()) == replace(profile, lines=())

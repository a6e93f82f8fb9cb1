"""Each boundary case of the rules for minors has a test that bears its id."""

import re
from pathlib import Path

TESTS = Path(__file__).parents[2]
# How many cases each row of the table has.
ROWS = {
    **dict(enumerate((3, 5, 4, 3, 5, 4, 3, 4, 6, 6), start=1)),
    **dict(enumerate((8, 7, 6, 7, 8, 4, 5, 6, 3, 6), start=11)),
    **dict(enumerate((6, 3, 3, 6, 4, 4, 4, 7, 7, 8), start=21)),
}
CASES = {
    f"{row:02}{letter}" for row, count in ROWS.items() for letter in "abcdefgh"[:count]
}
PLACES = (
    "region/labour/test_cases.py",
    "encounters/applications/test_approval.py",
    "encounters/applications/test_races.py",
    "encounters/applications/test_forgetting.py",
    "postings/internships/test_rules.py",
    "stewardship/privacy/test_jobs.py",
)
# As the key or id of a parameter, or in the name of a test.
ID = re.compile(r'(?:"|def test_(?:case_)?)(\d\d[a-h])(?:"|_)')


def test_every_case_has_a_test():
    found = {
        number
        for place in PLACES
        for number in ID.findall((TESTS / place).read_text("utf-8"))
    }

    assert (len(CASES), found) == (155, CASES)

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.region.calendar.enums import Weekday
from marketplace.region.calendar.rules import weekdays_of
from marketplace.region.calendar.tables import EVERY_DAY

MONDAY = date(2027, 3, 1)


def named(bits):
    return "".join(day.value for day in Weekday if bits & day.bit)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("", "modimidofrsaso"),
        ("nach Absprache", "modimidofrsaso"),
        ("So geht es: einfach anrufen", "modimidofrsaso"),
        ("nach Absprache, meist dienstags", "di"),
        ("Jeden Dienstag und Donnerstag ab 14 Uhr", "dido"),
        ("Mo–Fr 9:00 bis 15:00 Uhr", "modimidofr"),
        ("Mo. bis Mi.", "modimi"),
        ("Montag bis Donnerstag", "modimido"),
        ("montags bis freitags", "modimidofr"),
        ("werktags", "modimidofr"),
        ("am Wochenende", "saso"),
        ("Sonnabend", "sa"),
    ],
)
def test_words_name_days_of_the_week(words, days):
    assert named(weekdays_of(None, None, words)) == days


def test_days_and_words_narrow_each_other():
    friday = MONDAY + timedelta(days=4)

    assert named(weekdays_of(MONDAY, None, "")) == "mo"
    assert named(weekdays_of(MONDAY, friday, "dienstags")) == "di"
    # One of them is wrong, so nobody is kept away.
    assert weekdays_of(MONDAY, MONDAY, "sonntags") == EVERY_DAY


@settings(max_examples=40)
@given(st.dates(), st.integers(0, 400))
def test_every_day_of_a_span_is_among_its_days(first, length):
    if first > date.max - timedelta(days=length):
        return
    last = first + timedelta(days=length)
    there = {(first + timedelta(days=n)).weekday() for n in range(length + 1)}

    bits = weekdays_of(first, last, "")

    assert {day for day in range(7) if bits & 1 << day} == there

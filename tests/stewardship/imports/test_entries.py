from datetime import date

import pytest

from marketplace.stewardship.imports.services.entries import (
    Entry,
    RejectedRow,
    cleaned,
    day_from,
    number_from,
    since_from,
)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-07-09", date(2026, 7, 9)),
        ("9.7.2026", date(2026, 7, 9)),
        ("09. 07. 2026", date(2026, 7, 9)),
        ("2026-07-09T00:00:00", date(2026, 7, 9)),
        ("46212", date(2026, 7, 9)),
        ("31.02.2026", None),
        ("Sommer", None),
        ("2026", None),
        ("", None),
    ],
)
def test_days_are_read_as_people_and_spreadsheets_write_them(text, day):
    assert day_from(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2017-08", date(2017, 8, 1)),
        ("08/2017", date(2017, 8, 1)),
        ("8.2017", date(2017, 8, 1)),
        ("2014", date(2014, 1, 1)),
        ("2017-08-05", date(2017, 8, 5)),
        ("2017-13", None),
        ("um 2014", None),
        ("²⁰¹⁴", None),
    ],
)
def test_age_of_a_source_is_the_first_day_of_what_it_tells(text, day):
    assert since_from(text) == day


@pytest.mark.parametrize(
    ("text", "number"),
    [("51.3", 51.3), ("51,3", 51.3), ("7", 7.0), ("viele", None), ("", None)],
)
def test_numbers_have_a_point_or_a_comma(text, number):
    assert number_from(text) == number


def test_cleaned_keeps_lines_and_drops_blanks():
    assert cleaned(" a\xa0\t b \r\n  c\n") == "a b\nc"


def test_same_words_have_the_same_digest_wherever_they_stand():
    assert (
        Entry(2, {"a": "x", "b": "y"}).digest == Entry(9, {"b": "y", "a": "x"}).digest
    )
    assert Entry(2, {"a": "xb"}).digest != Entry(2, {"a": "x", "b": ""}).digest


def test_what_is_needed_and_blank_rejects_the_row():
    with pytest.raises(RejectedRow) as rejected:
        Entry(2, {}).need("title", "Titel")

    assert rejected.value.reason == "„Titel“ fehlt."

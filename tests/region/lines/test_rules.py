from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.region.lines.enums import Item, LineKind, Slot
from marketplace.region.lines.rules import (
    LineEntry,
    amount_of,
    lacks_count,
    months_mask,
    name_of,
    quantity_in_base_unit,
    share_of,
    slot_words,
    words_of,
)

MONEY, MATERIAL, VENUE, PEOPLE, VISITS, INTERNSHIPS = LineKind
TODAY = date(2026, 11, 23)
# What is entered, and how much it is as a need and as a give.
ENTRIES = [
    (MONEY, "2.000 €", 2000, 2000),
    (MONEY, "2 T€", 2000, 2000),
    (MONEY, "1,5 Tsd. EUR", 1500, 1500),
    (MONEY, "12,50 €", 13, 12),
    (MONEY, "1,1 Tausend", 1100, 1100),
    (MONEY, "500–1.000 €", 1000, 500),
    (MONEY, "200 € pro Monat, 10 Monate", 2000, 2000),
    (MONEY, "20 € je Schüler, 25 Schüler", 500, 500),
    (MONEY, "5.000 € pro Jahr", 5000, 5000),
    (MONEY, "200 € pro Monat", None, None),
    (MONEY, "nach Absprache", None, None),
    (MONEY, "", None, None),
    (MATERIAL, "12 Stück", 12, 12),
    (MATERIAL, "bis zu 12", 12, 12),
    (MATERIAL, "zwei Dutzend", 24, 24),
    (MATERIAL, "3 Paar", 6, 6),
    (MATERIAL, "Klassensatz", 15, 15),
    (MATERIAL, "2 Klassensätze", 30, 30),
    (VENUE, "3 Stunden", 1, 1),
    (VENUE, "5 Stunden", 2, 2),
    (VENUE, "2 halbe Tage", 2, 2),
    (VENUE, "ein Tag", 2, 2),
    (VENUE, "3 Abende", 3, 3),
    (VENUE, "1 Woche", 10, 10),
    (PEOPLE, "6 Stunden", 6, 6),
    (PEOPLE, "3 Personentage", 24, 24),
    (PEOPLE, "zwei halbe Tage", 8, 8),
    (PEOPLE, "1 Woche", 40, 40),
    (PEOPLE, "3 Schulstunden", 3, 3),
    (VISITS, "2 Klassen", 2, 2),
    (VISITS, "31 Personen", 2, 2),
    (VISITS, "2 pro Jahr, 3 Jahre", 6, 6),
    (INTERNSHIPS, "Gruppe zu 7", 7, 7),
    (INTERNSHIPS, "2 bis 3", 3, 2),
    (INTERNSHIPS, "etwa 5 Plätze", 5, 5),
]


def line(**changes):
    return LineEntry(**{"kind": MATERIAL} | changes)


@pytest.mark.parametrize(("kind", "text", "need", "give"), ENTRIES)
def test_an_entry_is_counted_in_the_base_unit(kind, text, need, give):
    counted = [quantity_in_base_unit(kind, text, is_need=n) for n in (True, False)]

    assert counted == [need, give]


@pytest.mark.parametrize(
    ("item", "text", "quantity"),
    [
        (Item.SAFETY_GOGGLES, "Klassensatz", 30),
        (Item.MICROSCOPE, "Klassensatz", 15),
        (Item.GLOVES_BOX, "4 Paar", 4),
        (Item.BATTERY_PACK, "4 Paar", 8),
    ],
)
def test_what_is_worn_is_counted_by_heads(item, text, quantity):
    assert quantity_in_base_unit(MATERIAL, text, is_need=True, item=item) == quantity


@given(st.sampled_from(LineKind), st.text(max_size=40), st.booleans())
def test_any_entry_is_a_whole_number_or_open(kind, text, is_need):
    assert (quantity_in_base_unit(kind, text, is_need=is_need) or 0) >= 0


@given(st.integers(0, 10**9), st.booleans())
def test_a_plain_number_is_taken_as_it_is(number, is_need):
    for kind in LineKind:
        assert quantity_in_base_unit(kind, str(number), is_need=is_need) == number


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("20 € pro Schüler", True),
        ("20 € pro Schüler, 25 Schüler", False),
        ("200 € im Monat", True),
        ("500 € pro Jahr", False),
        ("500 €", False),
    ],
)
def test_an_amount_for_each_asks_for_how_many(text, lacks):
    assert lacks_count(text) is lacks


@pytest.mark.parametrize(
    ("first", "last", "bits"),
    [
        (None, None, 0),
        (date(2026, 11, 1), None, 0b1),
        (date(2026, 12, 1), date(2027, 2, 1), 0b1110),
        (date(2026, 1, 1), date(2026, 12, 1), 0b11),
        (date(2026, 1, 1), date(2026, 10, 1), 0),
        (date(2028, 10, 1), date(2029, 3, 1), 1 << 23),
        (date(2020, 1, 1), date(2040, 1, 1), (1 << 24) - 1),
    ],
)
def test_months_are_24_bits_from_the_present_one(first, last, bits):
    assert months_mask(line(months_from=first, months_to=last), TODAY) == bits


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (line(kind=MONEY, quantity=2000), "2.000 €"),
        (line(kind=MONEY), "Menge offen"),
        (line(item="soldering_station", quantity=12), "12 × Lötstation"),
        (line(item="printed_matter", quantity=1500), "1.500 × Druckauflage"),
        (line(item="microscope"), "Mikroskop, Menge offen"),
        (
            line(kind=VENUE, item="workshop_room", quantity=6),
            "Werkstatt, 6 halbe Tage",
        ),
        (line(kind=VENUE, item="hall", quantity=1), "Saal, Aula, 1 halber Tag"),
        (line(kind=PEOPLE, quantity=1), "Fachleute, 1 Stunde"),
        (line(kind=VISITS, quantity=2), "Besuche, 2 Besuche"),
        (
            line(kind=INTERNSHIPS, item="263", quantity=3),
            "Praktikumsplätze (KldB 263), 3 Plätze",
        ),
    ],
)
def test_a_line_is_told_in_a_few_words(app, entry, words):
    assert words_of(entry) == words


def test_an_item_nobody_knows_is_called_by_its_kind(app):
    assert name_of(line(item="gone")) == "Material"


def test_an_amount_is_told_with_its_unit(app):
    assert [amount_of(kind, 1) for kind in LineKind] == [
        "1 €",
        "1 Stück",
        "1 halber Tag",
        "1 Stunde",
        "1 Besuch",
        "1 Platz",
    ]


def test_half_days_stand_in_the_order_of_the_week(app):
    assert slot_words([Slot.FRI_PM, Slot.MON_AM]) == (
        "Montag, vormittags; Freitag, nachmittags"
    )


@pytest.mark.parametrize(
    ("kind", "part", "whole", "words"),
    [
        (LineKind.VENUE, 2, 4, "2 von 4 halben Tagen"),
        (LineKind.VENUE, 0, 1, "0 von 1 halben Tag"),
        (LineKind.VISITS, 1, 3, "1 von 3 Besuchen"),
        (LineKind.INTERNSHIPS, 0, 2, "0 von 2 Plätzen"),
        (LineKind.MATERIAL, 1000, 1500, "1.000 von 1.500 Stück"),
        (LineKind.MONEY, 300, 1800, "300 € von 1.800 €"),
    ],
)
def test_share_reads_as_people_say_it(app, kind, part, whole, words):
    assert share_of(kind, part, whole) == words

"""Needs and gives come from one cell, whole or not at all."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from marketplace.foundation.database import db, transaction
from marketplace.postings.offers.models import Offer
from marketplace.postings.offers.services import entry_of, revise_offer
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.region.lines.enums import ITEMS, LineKind, Slot
from marketplace.region.lines.rules import LineEntry
from marketplace.stewardship.imports.services.entries import RejectedRow
from marketplace.stewardship.takeovers.enums import TakeoverKind
from marketplace.stewardship.takeovers.services.giving import take_unseen
from marketplace.stewardship.takeovers.services.lines import lines_from, said_lines
from tests.factories.people import make_member, make_organisation
from tests.moments import NOON
from tests.stewardship.takeovers.files import COURSE, linked

THINGS = [(kind, item) for kind, items in ITEMS.items() for item in items]
THINGS += [(kind, "") for kind in LineKind if kind is not LineKind.MATERIAL]
THINGS += [(LineKind.INTERNSHIPS, "431")]
MONTHS = some.sampled_from([date(2027, month, 1) for month in range(1, 13)])
SPANS = some.one_of(
    some.just((None, None)), some.tuples(MONTHS, MONTHS).map(lambda m: tuple(sorted(m)))
)


@some.composite
def a_line(draw):
    kind, item = draw(some.sampled_from(THINGS))
    first, last = draw(SPANS)
    quantity = draw(some.one_of(some.none(), some.integers(1, 2_000_000)))
    return LineEntry(
        kind=kind,
        item=str(item),
        quantity=quantity,
        months_from=first,
        months_to=last,
    )


@settings(max_examples=150, deadline=None)
@given(some.lists(a_line(), max_size=4), some.booleans())
def test_lines_we_write_are_read_as_they_were(lines, is_need):
    assert lines_from(said_lines(lines), is_need=is_need) == tuple(lines)


@pytest.mark.parametrize(
    ("words", "kind", "item", "quantity"),
    [
        ("12 Lötstationen", "material", "soldering_station", 12),
        ("zwei Laptops", "material", "laptop", 2),
        ("Laborkittel, 1 Klassensatz", "material", "lab_coat", 30),
        ("Becherlupe: 20 Stück", "material", "magnifier", 20),
        ("Labor, 3 Tage", "venue", "laboratory", 6),
        ("Seminarraum, 8 Stunden", "venue", "seminar_room", 2),
        ("Mentor, 10 Stunden", "people", "mentor", 10),
        ("Fachleute, nach Absprache", "people", "", None),
        ("Besuch im Labor", "visits", "lab_visit", None),
        ("4 Praktikumsplätze (KldB 263)", "internships", "263", 4),
        ("1.500,50 €", "money", "", 1501),
        ("3 Tsd. EUR", "money", "", 3000),
        ("soldering_station, 4", "material", "soldering_station", 4),
    ],
)
def test_lines_are_read_as_people_write_them(app, words, kind, item, quantity):
    [line] = lines_from(words, is_need=True)

    assert (line.kind, line.item, line.quantity) == (kind, item, quantity)


@pytest.mark.parametrize(
    "words",
    [
        *("12 Lötkolben", "Material, 3 Stück", "Raum, 6", "Laborzeug, 2", "7"),
        *("12 Lötstationen und 3 Multimeter", "Laptop für Klasse 7", "0 €"),
        *("Multimeter, 2 (13/2027)", "2 Laptops (05/2027 bis 02/2027)"),
        "9.999.999.999 €",
    ],
)
def test_what_is_not_understood_is_named(app, words):
    with pytest.raises(RejectedRow) as refused:
        lines_from(f"3 × Laptop; {words}", is_need=False)

    assert refused.value.reason == (
        f"Spalte „Gaben“: „{words}“ verstehen wir nicht. Schreiben Sie es wie "
        "„12 × Lötstation“ oder „Raum, 6 halbe Tage“."
    )


def test_more_lines_than_a_form_takes_are_refused(app):
    with pytest.raises(RejectedRow, match="Mehr als 12 Zeilen gehen nicht"):
        lines_from("; ".join(["1 Laptop"] * 13), is_need=True)


@pytest.fixture
def lab(app):
    organisation = make_organisation()
    return organisation, make_member(organisation)


def take(lab, content, kind=TakeoverKind.OFFERS):
    with transaction():
        takeover = take_unseen(
            lab[0],
            content if isinstance(content, bytes) else content.encode(),
            name="liste.csv",
            kind=kind,
            is_submitted=False,
            is_whole=True,
            actor=lab[1],
            at=NOON,
        )
    return [(item["outcome"], item["reason"]) for item in takeover.items]


def lines_of(model):
    lines = db.session.query(model).one().lines
    return [(line.kind, line.item, line.quantity) for line in lines]


def test_offer_brings_its_needs_and_a_faulty_one_nothing(lab):
    rows = "Nr;Titel;Bedarf\n1;Löten;12 Lötstationen, Raum\n2;Messen;3 × Multimeter\n"

    [first, second] = take(lab, rows)

    assert first[0] == "rejected"
    assert "Spalte „Bedarf“: „12 Lötstationen, Raum“" in first[1]
    assert second == ("created", "Bedarf oder Gaben: 3 × Multimeter.")
    assert lines_of(Offer) == [("material", "multimeter", 3)]


def test_sponsorship_brings_what_it_gives(lab):
    rows = 'Nr;Titel;Gaben\n1;Aus dem Lager;"8 × Lötstation; 2.000 €"\n'

    take(lab, rows, TakeoverKind.SPONSORSHIPS)

    assert lines_of(Sponsorship) == [
        ("material", "soldering_station", 8),
        ("money", "", 2000),
    ]


def test_course_and_grant_tell_their_lines(lab):
    seeks = [{"@type": "Demand", "name": "2 Laptops"}, "Raum, 2 halbe Tage"]
    amount = {"@type": "MonetaryAmount", "value": 1500.5, "currency": "EUR"}
    grant = {"@type": "MonetaryGrant", "name": "Zuschuss", "amount": amount}

    take(lab, linked({**COURSE, "seeks": seeks}, grant))

    assert lines_of(Offer) == [("material", "laptop", 2), ("venue", "", 2)]
    assert lines_of(Sponsorship) == [("money", "", 1500)]


def test_what_no_file_tells_of_a_line_stays(lab):
    rows = 'Nr;Titel;Bedarf\n1;Löten;"{}"\n'
    take(lab, rows.format("12 Lötstationen"))
    offer = db.session.query(Offer).one()
    [line] = entry_of(offer).lines
    words = {**vars(entry_of(offer)), "lines": (mended(line),)}
    with transaction():
        revise_offer(offer, type(entry_of(offer))(**words), actor=lab[1], at=NOON)
    number = offer.lines[0].id

    assert take(lab, rows.format("14 × Lötstation; 3 Laptops")) == [
        ("updated", "Geändert: Bedarf oder Gaben.")
    ]

    first, second = offer.lines
    assert (first.id, first.quantity, first.note) == (number, 14, "leise")
    assert (first.slots, second.quantity) == (frozenset({Slot.MON_AM}), 3)


def mended(line):
    return LineEntry(
        **{**vars(line), "note": "leise", "slots": frozenset({Slot.MON_AM})}
    )


def test_row_with_a_line_that_is_not_in_quotes_is_refused(lab):
    rows = "Nr;Titel;Bedarf\n1;Löten;12 Lötstationen; 3 Laptops\n2;Messen;\n"

    assert take(lab, rows) == [
        ("rejected", "Die Zeile hat mehr Zellen als Überschriften."),
        ("created", ""),
    ]


def test_lines_that_a_person_changed_stay(lab):
    rows = 'Nr;Titel;Bedarf\n1;Löten;"{}"\n'
    take(lab, rows.format("12 Lötstationen"))
    offer = db.session.query(Offer).one()
    words = {**vars(entry_of(offer)), "lines": ()}
    with transaction():
        revise_offer(offer, type(entry_of(offer))(**words), actor=lab[1], at=NOON)

    assert take(lab, rows.format("14 Lötstationen")) == [
        ("unchanged", "Von Hand geändert, bleibt: Bedarf oder Gaben.")
    ]
    assert lines_of(Offer) == []

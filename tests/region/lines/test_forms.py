from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from marketplace.region.lines.enums import HardCondition, LineKind, Slot
from marketplace.region.lines.forms import LineFields, entries_of, stored_line
from marketplace.region.lines.models import LineColumns
from marketplace.region.lines.rules import LineEntry
from tests.moments import NOON

NO_NUMBER = (
    "Schreiben Sie eine Zahl, zum Beispiel 2.000 € oder 12 Stück. "
    "Leer heißt: Menge offen. Worte passen in die Anmerkung."
)
MATERIAL = {"kind": "material", "item": "soldering_station", "amount": "1 Dutzend"}


def fields(**entered):
    return LineFields(MultiDict({"item": ""} | entered))


def mistakes_of(form):
    form.validate()
    return form.errors


def test_a_line_is_taken_as_entered(app):
    form = fields(
        **MATERIAL,
        months_from="2027-02",
        months_to="04/2027",
        slots=["tue_pm", "mon_am"],
        hard=["amount"],
        note="gern gebraucht",
    )

    assert mistakes_of(form) == {}
    assert form.entry(is_need=True) == LineEntry(
        line_id=0,
        kind=LineKind.MATERIAL,
        item="soldering_station",
        quantity=12,
        months_from=date(2027, 2, 1),
        months_to=date(2027, 4, 1),
        slots=frozenset({Slot.TUE_PM, Slot.MON_AM}),
        hard=frozenset({HardCondition.AMOUNT}),
        note="gern gebraucht",
    )


@pytest.mark.parametrize(
    "words", ["nach Absprache", "auf Anfrage", "Nach Vereinbarung.", "noch offen"]
)
def test_words_for_an_open_quantity_leave_it_empty(app, words):
    form = fields(kind="money", amount=words)

    assert mistakes_of(form) == {}
    assert form.entry(is_need=True).quantity is None


def test_other_words_are_no_quantity(app):
    form = fields(kind="money", amount="nach Absprache mit der Schule")

    assert mistakes_of(form) == {"amount": [NO_NUMBER]}


def test_a_line_without_a_kind_is_no_line(app):
    forms = [fields(kind="", amount="7"), fields(kind="money", amount="7")]

    assert [entry.quantity for entry in entries_of(forms, is_need=True)] == [7]


@pytest.mark.parametrize(
    ("entered", "field", "mistake"),
    [
        (
            {"kind": "material", "item": ""},
            "item",
            "Wählen Sie, welches Material.",
        ),
        (
            {"kind": "venue", "item": "laptop"},
            "item",
            "Das gehört zu einer anderen Art.",
        ),
        (
            {"kind": "money", "amount": "20 € pro Schüler"},
            "amount",
            "Für wie viele? Zum Beispiel: „20 € pro Schüler, 25 Schüler“.",
        ),
        (
            {"kind": "money", "amount": "9999999999"},
            "amount",
            "Diese Menge ist zu groß.",
        ),
        (
            {"kind": "money", "months_from": "13/2027"},
            "months_from",
            "Diesen Monat gibt es nicht.",
        ),
        (
            {"kind": "money", "months_from": "bald"},
            "months_from",
            "Schreiben Sie den Monat als 02/2027.",
        ),
        (
            {"kind": "money", "months_from": "03/2027", "months_to": "02/2027"},
            "months_to",
            "Der letzte Monat liegt vor dem ersten.",
        ),
    ],
)
def test_a_mistake_is_told_at_its_field(app, entered, field, mistake):
    assert mistakes_of(fields(**entered)) == {field: [mistake]}


def test_a_stored_line_comes_back_unchanged(app):
    stored = LineColumns()
    stored.kind, stored.item, stored.quantity = LineKind.VENUE, "hall", 6
    stored.months_from, stored.months_to = date(2027, 2, 1), None
    stored.slots, stored.hard = frozenset({Slot.SAT_AM}), frozenset()
    stored.note, stored.topics, stored.audiences = "", frozenset(), frozenset()

    again = LineFields(data=stored_line(stored))
    sent = fields(
        kind=again.kind.data,
        item=again.item.data,
        amount=again.amount.data,
        months_from=again.months_from._value(),
        slots=list(again.slots.data),
    )

    assert sent.entry(is_need=True) == LineEntry(
        line_id=0,
        kind=LineKind.VENUE,
        item="hall",
        quantity=6,
        months_from=date(2027, 2, 1),
        slots=frozenset({Slot.SAT_AM}),
    )


@pytest.mark.parametrize(
    ("entered", "field", "mistake"),
    [
        (
            {"kind": "", "amount": "12 Stück"},
            "kind",
            "Wählen Sie eine Art, oder leeren Sie die Zeile.",
        ),
        (
            {"kind": "", "note": "abends"},
            "kind",
            "Wählen Sie eine Art, oder leeren Sie die Zeile.",
        ),
        (
            {"kind": "money", "amount": "je nachdem"},
            "amount",
            NO_NUMBER,
        ),
        (
            {"kind": "money", "amount": "5 €", "months_to": "2026-10"},
            "months_to",
            "Dieser Monat ist schon vorbei. Prüfen Sie auch das Jahr.",
        ),
    ],
)
def test_nothing_that_was_entered_is_dropped_unsaid(app, entered, field, mistake):
    app.config["NOW"] = NOON

    assert mistakes_of(fields(**entered)) == {field: [mistake]}


def test_an_empty_amount_is_open_and_an_empty_line_none(app):
    forms = [fields(kind="money", amount=""), fields(kind="")]

    assert [mistakes_of(form) for form in forms] == [{}, {}]
    assert [entry.quantity for entry in entries_of(forms, is_need=True)] == [None]

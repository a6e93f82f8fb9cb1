from datetime import date

import pytest
from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.postings.programmes.models import Programme
from marketplace.region.places.enums import FederalState
from marketplace.stewardship.imports.models import HeldRow
from marketplace.stewardship.imports.services.programmes import (
    closing_from,
    states_from,
)
from marketplace.upkeep.search.queries.matching import matching_ids
from tests.stewardship.imports.conftest import counts, reasons

SN, ST, TH = FederalState
HEAD = "Name;Förderer;Wer kann beantragen;Gebiet;Betrag;Frist;Stand"
ROW = "Laborfahrten;Stiftung Glas;Schulen;Sachsen;1.500 €;31.12.2027;2026-05"


def only():
    return db.session.scalars(select(Programme)).one()


def test_row_becomes_a_programme_with_its_words_beside_what_was_read(take):
    report = take("programmes", HEAD, ROW)

    one = only()
    assert counts(report) == {"created": 1}
    assert (one.name, one.funder, one.who_can_apply) == (
        "Laborfahrten",
        "Stiftung Glas",
        "Schulen",
    )
    assert (one.amount_text, one.amount_eur) == ("1.500 €", 1500)
    assert (one.deadline_text, one.closes_on) == ("31.12.2027", date(2027, 12, 31))
    assert (one.region_text, one.states) == ("Sachsen", {SN})
    assert (one.as_of, one.as_of_text) == (date(2026, 5, 1), "2026-05")
    assert db.session.scalars(matching_ids("programme", "labor")).all() == [one.id]


def test_second_import_changes_nothing_and_new_words_update(take):
    take("programmes", HEAD, ROW)

    assert counts(take("programmes", HEAD, ROW)) == {"unchanged": 1}
    changed = ROW.replace("1.500 €", "bis 2.000 €, je nach Antrag")
    assert counts(take("programmes", HEAD, changed)) == {"updated": 1}
    assert (only().amount_text, only().amount_eur) == (
        "bis 2.000 €, je nach Antrag",
        None,
    )


def test_editions_stand_in_one_file_and_twins_of_another_are_held(take):
    second = ROW.replace("Laborfahrten", "Laborfahrten II")

    assert counts(take("programmes", HEAD, ROW, second)) == {"created": 2}
    twin = ROW.replace("Laborfahrten", "Labor-Fahrten ")
    assert counts(take("programmes", HEAD, twin, name="b.csv")) == {"held": 1}
    assert db.session.scalars(select(HeldRow)).one().like_id is not None


def test_same_name_and_funder_twice_in_a_file_is_held(take):
    other = ROW.replace("1.500 €", "900 €")

    assert counts(take("programmes", HEAD, ROW, other)) == {"created": 1, "held": 1}
    assert counts(take("programmes", HEAD, ROW, other)) == {"unchanged": 1, "held": 1}


def test_bad_rows_are_rejected_with_a_reason(take):
    report = take("programmes", HEAD, ";Stiftung;;;;;", "Laborfahrten;;;;;;")

    assert reasons(report) == [(2, "„Name“ fehlt."), (3, "„Förderer“ fehlt.")]


@pytest.mark.parametrize(
    ("text", "day", "is_recurring"),
    [
        ("", None, False),
        ("laufend", None, True),
        ("2021", date(2021, 12, 31), False),
        ("2021-03-31", date(2021, 3, 31), False),
        ("13.01.2021 (Runde 2020/21)", date(2021, 1, 13), False),
        ("historisch (bis 27.9.2021)", date(2021, 9, 27), False),
        ("01.02.2026 und 01.10.2026", date(2026, 10, 1), False),
        ("alle zwei Jahre; 30.09.2021", date(2021, 9, 30), True),
        ("jeweils 15.09.", None, True),
        ("31.10. (Winter), 31.03. (Sommer)", None, False),
        ("Ferien", None, False),
    ],
)
def test_deadline_is_read_where_it_names_a_day(text, day, is_recurring):
    assert closing_from(text) == (day, is_recurring)


@pytest.mark.parametrize(
    ("region", "states"),
    [
        ("", set()),
        ("Deutschland", {SN, ST, TH}),
        ("Sachsen", {SN}),
        ("Sachsen-Anhalt", {ST}),
        ("Sachsen und Thüringen (Sachsen-Anhalt nicht genannt)", {SN, TH}),
        ("u. a. Jena, Dresden", set()),
    ],
)
def test_region_names_the_states_it_means(region, states):
    assert states_from(region) == states

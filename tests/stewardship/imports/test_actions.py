from datetime import date

import pytest
from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.postings.actions.enums import Standing
from marketplace.postings.actions.models import Action
from marketplace.postings.actions.services import Check, Finding, check_action
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import Topic
from marketplace.stewardship.imports.models import HeldRow
from marketplace.stewardship.imports.services.actions import address_of, bare_title
from marketplace.upkeep.search.queries.matching import matching_ids
from tests.factories.people import make_coordinator
from tests.moments import NOON
from tests.stewardship.imports.conftest import counts, reasons

SN, ST, TH = FederalState
HEAD = "id,Titel,Beschreibung,Link"
BUS = "1,Lötbus,Löten auf dem Hof,https://www.bus.example/hof/"


def only():
    return db.session.scalars(select(Action)).one()


def test_row_becomes_an_action_that_is_open_everywhere(take):
    report = take("actions", HEAD, BUS, licence="CC0-1.0")

    action = only()
    assert counts(report) == {"created": 1}
    assert (action.title, action.description) == ("Lötbus", "Löten auf dem Hof")
    assert (action.source_key, action.licence) == ("1", "CC0-1.0")
    assert {one.standing for one in action.existences} == {Standing.OPEN}
    assert db.session.scalars(matching_ids("action", "lötbus")).all() == [action.id]


def test_all_columns_have_their_place(take):
    take(
        "actions",
        "Titel;Idee;Veranstalter;Themen;Aufwand;Kosten;Materialliste;Tipps;"
        "Finanzierung;Sachsen;Sachsen-Anhalt;Thüringen;Beleg;Stand",
        "Lötbus;Löten;Verein;Elektronik;ein Tag;400 €;Lötkolben;Früh fragen;"
        "Betrieb;ja;nein;offen;Anruf;05.2026",
    )

    action = only()
    assert (action.initiator, action.effort_text, action.cost_text) == (
        "Verein",
        "ein Tag",
        "400 €",
    )
    assert (action.material, action.advice) == ("Lötkolben", "Früh fragen")
    assert (action.funding, action.topics) == ("Betrieb", {Topic.ELECTRONICS})
    assert [
        (o.state, o.standing, o.checked_on, o.evidence) for o in action.existences
    ] == [
        (SN, Standing.EXISTS, date(2026, 5, 1), "Anruf"),
        (ST, Standing.ABSENT, date(2026, 5, 1), "Anruf"),
        (TH, Standing.OPEN, None, ""),
    ]


def test_second_import_changes_nothing(take):
    take("actions", HEAD, BUS)

    assert counts(take("actions", HEAD, BUS)) == {"unchanged": 1}


def test_row_updates_what_nobody_edited_and_keeps_what_the_office_found(take):
    take("actions", f"{HEAD},Finanzierung", f"{BUS},alt")
    found = Check(findings={SN: Finding(Standing.ABSENT, "Anruf")}, funding="geprüft")
    with transaction():
        check_action(only(), found, actor=make_coordinator(), at=NOON)

    report = take(
        "actions",
        f"{HEAD},Finanzierung,Sachsen",
        f"{BUS.replace('Hof', 'Schulhof', 1)},neu,ja",
    )

    action = only()
    assert counts(report) == {"updated": 1}
    assert action.description == "Löten auf dem Schulhof"
    assert action.funding == "geprüft"
    assert action.existences[0].standing is Standing.ABSENT


@pytest.mark.parametrize(
    "twin",
    [
        '2,"Initiative ""LÖTBUS""",Anderes,https://anders.example',
        "2,Anders,Anderes,http://bus.example/hof",
    ],
)
def test_same_title_or_address_in_one_file_is_held(take, twin):
    report = take("actions", HEAD, BUS, twin)

    assert counts(report) == {"created": 1, "held": 1}
    held = db.session.scalars(select(HeldRow)).one()
    assert held.like_id == only().id
    assert counts(take("actions", HEAD, BUS, twin)) == {"unchanged": 1, "held": 1}


def test_alike_titles_are_held_between_files_alone(take):
    first = (HEAD, "1,Robotik für Mädchen,A,", "2,Robotik für Mädchen II,B,")
    other = (HEAD, "x1,Robotik für Mädchen!,A,")

    assert counts(take("actions", *first)) == {"created": 2}
    assert counts(take("actions", *other, name="andere.csv")) == {"held": 1}


def test_bad_rows_are_rejected_with_a_reason(take):
    report = take(
        "actions",
        f"{HEAD},Sachsen",
        "1,,Ohne Titel,,",
        "2,Ohne Text,,,",
        "3,Halb,Text,,vielleicht",
        "4,Gut,Text,,",
        "4,Nochmal,Text,,",
    )

    assert reasons(report) == [
        (2, "„Titel“ fehlt."),
        (3, "„Beschreibung“ fehlt."),
        (4, "„vielleicht“ ist weder ja noch nein noch offen."),
        (6, "Die Nummer „4“ steht schon in Zeile 5."),
    ]


def test_without_numbers_the_title_is_the_key(take):
    lines = ("Titel,Beschreibung", "Lötbus,A", "Initiative Lötbus,B")

    assert counts(take("actions", *lines)) == {"created": 1, "held": 1}
    assert counts(take("actions", *lines)) == {"unchanged": 1, "held": 1}


def test_titles_and_addresses_are_compared_without_their_dress():
    assert bare_title("Initiative „MINT-Netz“") == "mint netz"
    assert bare_title("Initiative") == "initiative"
    assert address_of("https://www.a.example/b/") == address_of("http://a.example/b")
    assert address_of("http://a.example/b?c=1") != address_of("http://a.example/b")

import pytest

from marketplace.foundation.refusals import Refusal
from marketplace.stewardship.imports.enums import ImportKind
from marketplace.stewardship.imports.services.headings import (
    LAYOUTS,
    kind_of_file,
    read_mapping,
    read_table,
)

OFFERS = ImportKind.OFFERS


def test_headings_are_known_in_german_and_english_in_any_order():
    german = read_table(
        OFFERS, "Ort;Zielgruppe;TITEL;Straße\nJena;alle;A;Markt 1\n".encode()
    )
    english = read_table(OFFERS, b"street,title,city,audience\nMarkt 1,A,Jena,alle\n")

    assert german.entries[0].values == english.entries[0].values
    assert german.entries[0].values == {
        "title": "A",
        "city": "Jena",
        "audience": "alle",
        "street": "Markt 1",
    }


def test_unknown_headings_are_named_and_blank_cells_are_not_there():
    table = read_table(OFFERS, b"Titel,Ort,Lieblingsfarbe\nA,,blau\n")

    assert table.unknown == ["Lieblingsfarbe"]
    assert table.entries[0].values == {"title": "A"}


def test_first_of_two_columns_for_one_field_counts():
    table = read_table(OFFERS, b"Titel,Ort,Stadt\nA,Jena,Gera\n")

    assert table.entries[0].get("city") == "Jena"
    assert table.unknown == ["Stadt"]


def test_blanks_around_and_within_are_taken_away_but_not_the_lines():
    table = read_table(OFFERS, 'Titel,Text\n" A\xa0  B ","eins\n  zwei "\n'.encode())

    assert table.entries[0].values == {"title": "A B", "description": "eins\nzwei"}


def test_missing_column_is_named_with_those_that_were_found():
    with pytest.raises(Refusal) as refusal:
        read_table(ImportKind.INTERNSHIPS, b"Titel,Ort\nA,Jena\n")

    assert refusal.value.sentence == (
        "In der Datei fehlt die Spalte „provider“. Gefunden: Titel, Ort."
    )


def test_mapping_leads_own_headings_to_fields():
    table = read_table(
        OFFERS, b"Wie heisst es,Ort\nA,Jena\n", {"Wie heißt es": "title"}
    )

    assert table.entries[0].values == {"title": "A", "city": "Jena"}


@pytest.mark.parametrize(
    "text",
    ['{"Wie heißt es": "title"}', "Wie heißt es;title\n", "Wie heißt es,title\n"],
)
def test_mapping_is_json_or_two_columns(tmp_path, text):
    path = tmp_path / "mapping"
    path.write_text(text)

    assert read_mapping(path) == {"Wie heißt es": "title"}


@pytest.mark.parametrize("text", ["", "{}", "{kaputt", '{"a": "kein Feld"}', "a;b;c"])
def test_mapping_that_names_no_field_is_refused(tmp_path, text):
    path = tmp_path / "mapping"
    path.write_text(text)

    with pytest.raises(Refusal):
        read_mapping(path)


@pytest.mark.parametrize(
    ("name", "headings", "kind"),
    [
        ("angebote_2026", "Titel,Ort", "offers"),
        ("schulferien", "Land,Ferien,Beginn,Ende", "holidays"),
        ("school_holidays", "state,name,start,end", "holidays"),
        ("schulen", "Schulnummer,Name,Land", "schools"),
        ("place_districts", "geonameid,name,state,latitude,longitude,ags", "places"),
        ("places_with_funding", "name,funding_text,url", "organisations"),
        ("Praktikum-Liste", "Titel,Betrieb", "internships"),
        ("sponsorships", "funder,recipient,year", "sponsorships"),
        ("funding_programmes", "name,funder,who_can_apply", "programmes"),
        ("katalog", "id,title,description", "actions"),
        ("angebote", "Apfel,Birne", None),
        ("irgendwas", "Titel,Ort", None),
    ],
)
def test_kind_shows_in_the_name_if_the_headings_agree(name, headings, kind):
    content = f"{headings}\n{','.join('x' * len(headings.split(',')))}\n".encode()

    told = kind_of_file(name, content)

    assert (told and told[0]) == kind


@pytest.mark.parametrize(
    ("name", "headings", "is_first"),
    [
        ("orte", "geonameid,name,state,lat,lon,ags", True),
        ("orte", "geonameid,name,state,lat,lon,plz", False),
        ("berufe", "code,title", True),
        ("berufe", "title,named_as", False),
        ("angebote", "Titel,Ort", True),
    ],
)
def test_file_that_adds_to_another_comes_after_it(name, headings, is_first):
    content = f"{headings}\n{','.join('x' * len(headings.split(',')))}\n".encode()

    assert kind_of_file(name, content)[1] is is_first


def test_every_kind_but_outlines_has_its_layout():
    assert set(LAYOUTS) == set(ImportKind) - {ImportKind.DISTRICTS}

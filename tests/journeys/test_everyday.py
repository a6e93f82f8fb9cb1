"""People who know no terms, a class that needs a room, a portal that reads along."""

import csv
import io
import json
import re
from urllib.request import urlopen

import pytest

LAB = "Was ist im Wasser?"


@pytest.mark.parametrize(("has_script", "has_mouse"), [(True, True), (False, False)])
@pytest.mark.parametrize("width", [390])
def test_a_parent_finds_a_place_by_everyday_words(visitor):
    petra = visitor()
    petra.go("/")
    petra.fill("Thema oder Stichwort", "mein Kind mag Tiere")
    petra.press("Suchen")
    petra.reads("Tierpflegerin, Tierpfleger im Zoo", "Praktika")
    petra.follow("Was fressen Erdmännchen am Montag?")

    petra.heads("Was fressen Erdmännchen am Montag?")
    petra.reads("Jetzt bewerben", "Deine Eltern stimmen zu")
    petra.follow("Wie das geht, in Leichter Sprache")
    petra.heads("Was machen meine Eltern?")


@pytest.mark.parametrize(("has_script", "has_mouse"), [(True, True), (False, False)])
@pytest.mark.parametrize("width", [390])
def test_a_teacher_finds_a_lab_for_24_on_a_tuesday(visitor):
    teacher = visitor()
    teacher.go("/angebote")
    teacher.unfold("Filter")
    teacher.fill("Ort oder PLZ", "Merseburg")
    teacher.choose("Umkreis", "30 km")
    teacher.choose("Thema genauer", "Chemie")
    teacher.fill("Wie viele kommen", "24")
    teacher.choose("Wochentag", "Dienstag")
    teacher.press("Filter anwenden")

    teacher.heads("Angebote rund um Merseburg")
    teacher.reads(LAB, "bis 28, eine ganze Klasse", "meist dienstags")
    # Its fifteen places are too few.
    teacher.reads_nothing_of("Brause selbst gemischt")
    teacher.follow(LAB)
    teacher.heads(LAB)
    teacher.reads("So geht es weiter", "Ein Konto ist dafür nicht nötig.")
    teacher.reads("Das öffnet eine E-Mail an koordination@demo.example.")
    ask = teacher.page.get_by_role("link", name="Koordinationsstelle fragen")
    assert ask.get_attribute("href").startswith("mailto:koordination@demo.example?")


def read(site, address):
    with urlopen(f"http://{site.host}{address}") as answer:
        return answer.read().decode("utf-8-sig")


def test_another_portal_takes_all_over(site):
    catalogue = json.loads(read(site, "/daten/katalog.jsonld"))
    [internships] = [
        dataset
        for dataset in catalogue["dcat:dataset"]
        if dataset["@id"].endswith("#praktika")
    ]
    addresses = {
        form["dct:format"]["@id"].rpartition("/")[2]: re.sub(
            r"https?://[^/]+", "", form["dcat:downloadURL"]["@id"]
        )
        for form in internships["dcat:distribution"]
    }

    table = list(csv.DictReader(io.StringIO(read(site, addresses["CSV"]))))
    places = json.loads(read(site, addresses["GEOJSON"]))["features"]
    records, page = [], "/api/v1/internships?limit=20"
    while page:
        answer = json.loads(read(site, page))
        records += answer["items"]
        after = answer["next"]
        page = f"/api/v1/internships?limit=20&after={after}" if after else ""

    assert len(table) >= 60
    assert {row["licence"] for row in table} == {"CC-BY-4.0"}
    assert all(row["source"] for row in places_properties(places))
    titles = sorted(one["title"] for one in records)
    assert titles == sorted(row["title"] for row in places_properties(places))
    assert len({one["id"] for one in records}) == len(records) == len(table)
    assert all(one["licence"] and one["source"] for one in records)


def places_properties(places):
    return [place["properties"] for place in places]

import re
from html import unescape

import pytest
from flask import url_for

from marketplace.foundation.database import transaction
from marketplace.overview.maps.views import grounds
from marketplace.postings.lives.enums import Act, PostingState
from marketplace.postings.lives.services import index_posting, move_posting
from marketplace.postings.offers.services import index_offer
from marketplace.region.places.queries import district_by_ags
from marketplace.region.places.services import put_outline
from marketplace.region.topics.enums import Format, Topic
from tests.factories.internships import make_internship
from tests.factories.people import make_coordinator
from tests.factories.places import make_place
from tests.factories.postings import make_event, make_offer, make_sponsorship
from tests.moments import NOON

MARK = re.compile(r'<a href="([^"]+)" aria-label="([^"]+)"><g')
TITLE = re.compile(r'<h3><a href="[^"]+">([^<]+)</a></h3>')
NEXT = re.compile(r'rel="next" href="([^"]+)"')
LEIPZIG, JENA = {"lat": 51.34, "lon": 12.37}, {"lat": 50.93, "lon": 11.59}


def at(where, thing):
    with transaction():
        for name, value in where.items():
            setattr(thing, name, value)
        index_offer(thing) if thing.kind == "offer" else index_posting(thing)
    return thing


def marks(page):
    return [(unescape(link), words) for link, words in MARK.findall(page.text)]


def words(page):
    return sorted(said for _link, said in marks(page))


def titles(page):
    return TITLE.findall(page.text)


def test_marks_count_what_lies_near_together(browser):
    for _number in range(2):
        at(LEIPZIG, make_internship())
    at(LEIPZIG, make_offer())
    at(JENA, make_event())
    at(JENA, make_sponsorship())

    page = browser.get("/karte")

    assert words(page) == [
        "2: 1 Veranstaltung, 1 Förderung",
        "3: 2 Praktika, 1 Angebot",
    ]
    assert "5 Einträge mit Ort." in page.text
    assert len(titles(page)) == 5


def test_mark_leads_to_its_things_alone(browser):
    at(LEIPZIG, make_offer(title="Hier"))
    at(JENA, make_offer(title="Dort"))
    there = next(link for link, _w in marks(browser.get("/karte?q=dort")))

    page = browser.get(there.replace("q=dort&", ""))

    assert titles(page) == ["Dort"]
    assert words(page) == ["1 Angebot"]
    assert "Ausschnitt der Karte" in page.text


def test_layers_are_switched(browser):
    at(LEIPZIG, make_internship(title="Werk"))
    at(LEIPZIG, make_offer(title="Labor"))
    at(LEIPZIG, make_offer(title="Nichts fehlt", lines=[]))

    assert titles(browser.get("/karte?ebene=praktika")) == ["Werk"]
    assert sorted(titles(browser.get("/karte?ebene=angebote"))) == [
        "Labor",
        "Nichts fehlt",
    ]
    needs = browser.get("/karte?ebene=bedarf")
    assert titles(needs) == ["Labor"]
    assert words(needs) == ["1 Angebot, dem etwas fehlt"]
    assert len(titles(browser.get("/karte?ebene=bedarf&ebene=angebote"))) == 2


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("ort=Leipzig&umkreis=25", ["Hier"]),
        ("q=dort", ["Dort"]),
        ("land=TH", ["Dort"]),
        ("thema=optics", ["Dort"]),
        ("ebene=angebote&art=workshop", ["Hier"]),
    ],
)
def test_filters_are_those_of_the_lists(browser, asked, found):
    here = make_offer(title="Hier", format=Format.WORKSHOP)
    at({**LEIPZIG, "state_code": "SN"}, here)
    there = make_offer(title="Dort", topics=frozenset({Topic.OPTICS}))
    at({**JENA, "state_code": "TH"}, there)

    assert titles(browser.get(f"/karte?{asked}")) == found


def test_list_and_marks_hold_the_same(browser):
    for number in range(23):
        where = {"lat": 50.6 + number % 7 / 4, "lon": 11.2 + number % 5 / 2}
        make = (make_offer, make_internship, make_event)[number % 3]
        at(where, make(title=f"Nummer {number}"))

    page = browser.get("/karte")
    counted = sum(int(re.match(r"\d+", said)[0]) for _l, said in marks(page))
    seen = titles(page)
    while more := NEXT.search(page.text):
        page = browser.get(unescape(more[1]))
        seen += titles(page)

    assert counted == 23
    assert sorted(seen) == sorted(f"Nummer {number}" for number in range(23))


def test_each_mark_leads_to_as_many_as_it_says(browser):
    for number in range(12):
        at({"lat": 51.2 + number / 40, "lon": 12.0 + number / 25}, make_offer())

    for link, said in marks(browser.get("/karte")):
        page = browser.get(link)
        assert len(titles(page)) == int(said.split()[0])


def test_hints_are_shown_where_little_is_confirmed(browser):
    at(LEIPZIG, make_offer(PostingState.LISTED, title="Nur gehört"))

    page = browser.get("/karte")

    assert words(page) == ["1 Angebot, davon 1 unbestätigter Hinweis"]
    assert "is-hint" in page.text
    assert "Hinweis, nicht bestätigt" in page.text


def test_hints_stay_away_where_much_is_confirmed(browser):
    at(LEIPZIG, make_offer(PostingState.LISTED, title="Nur gehört"))
    for _number in range(10):
        at(LEIPZIG, make_offer(title="Da"))

    assert "Nur gehört" not in titles(browser.get("/karte"))
    assert titles(browser.get("/karte?hinweise=1"))[-1] == "Nur gehört"


def test_what_is_withdrawn_vanishes_at_once(browser):
    offer = at(LEIPZIG, make_offer())
    assert words(browser.get("/karte")) == ["1 Angebot"]

    with transaction():
        move_posting(offer, Act.FREEZE, actor=make_coordinator(), at=NOON, words="Nein")

    assert words(browser.get("/karte")) == []
    assert "Hier ist noch nichts" in browser.get("/karte").text


@pytest.mark.parametrize(
    "asked", ["feld=9-9-9", "feld=nirgends", "ebene=mond", "kreis=x", "land=XX"]
)
def test_wrong_entries_are_passed_over(browser, asked):
    at(LEIPZIG, make_offer())

    assert words(browser.get(f"/karte?{asked}")) == ["1 Angebot"]


def test_foreign_cursor_is_not_found(browser):
    assert browser.get("/karte?nach=Unsinn").status_code == 404


def test_unknown_place_is_said(browser):
    at(LEIPZIG, make_offer())

    page = browser.get("/karte?ort=Leipzg")

    assert "finden wir nicht" in page.text
    assert words(page) == []


@pytest.mark.parametrize("count", [1, 30])
def test_cost_does_not_grow_with_the_list(browser, queries, count):
    for _number in range(count):
        at(LEIPZIG, make_offer())
    queries.clear()

    browser.get("/karte?hinweise=1&ebene=angebote")

    assert len(queries) == 8


def test_ways_lead_to_states_and_districts(browser):
    at(LEIPZIG, make_offer())

    page = browser.get("/karte?q=löten")

    for way in ({"land": "SN"}, {"kreis": "14713"}):
        link = url_for("maps.index", q="löten", **way)
        assert link.removeprefix("http://localhost") in unescape(page.text)


@pytest.mark.parametrize(
    ("address", "layer"),
    [
        ("/praktika", "praktika"),
        ("/angebote", "angebote"),
        ("/foerderungen", "foerderungen"),
        ("/veranstaltungen", "veranstaltungen"),
    ],
)
def test_lists_lead_to_the_map_with_their_filters(browser, address, layer):
    page = browser.get(f"{address}?ort=Leipzig&umkreis=50")

    link = url_for("maps.index", ebene=layer, ort="Leipzig", umkreis=50)
    assert link.removeprefix("http://localhost") in unescape(page.text)


def test_districts_are_outlined_once_somebody_brought_outlines(browser):
    assert browser.get("/karte/kreise.svg").status_code == 404
    assert "kreise.svg" not in browser.get("/karte").text
    ring = [[12.0, 51.0], [12.5, 51.0], [12.5, 51.001], [13.0, 51.0], [13.0, 51.4]]
    with transaction():
        put_outline(district_by_ags("14713"), [[*ring, ring[0]]], "© Amt, dl-de/by-2-0")

    page, drawing = browser.get("/karte"), browser.get("/karte/kreise.svg")

    assert '/karte/kreise.svg#districts"' in page.text
    assert "Kreisgrenzen: © Amt, dl-de/by-2-0" in page.text
    worked = grounds._drawn.cache_info().misses
    assert browser.get("/karte/kreise.svg").data == drawing.data
    assert grounds._drawn.cache_info().misses == worked
    # The corner that stands out by 100 metres is left out.
    assert 'd="M264.6 404 388.8 404 388.8 324 264.6 404Z"' in drawing.text
    assert drawing.mimetype == "image/svg+xml"
    with transaction():
        put_outline(district_by_ags("14713"), [ring[:2] + ring[3:]], "© Amt")
    anew = browser.get("/karte/kreise.svg")
    assert 'd="M264.6 404 388.8 404 388.8 324Z"' in anew.text


def labels(page):
    return re.findall(r'class="map-label[^>]*>([^<]+)<', page.text)


def test_the_map_names_a_large_town_under_a_sign_and_shortly(browser):
    at(LEIPZIG, make_offer())

    assert labels(browser.get("/karte"))[:3] == ["Leipzig", "Dresden", "Halle"]


def test_a_near_map_names_no_quarter_of_a_town(browser):
    make_place("Hinterm Bahnhof", lat=51.36, lon=12.39, population=90_000)
    make_place("Weit Draußen", lat=51.20, lon=12.37, population=80_000)

    found = labels(browser.get("/karte?ort=Leipzig&umkreis=25"))

    assert {"Leipzig", "Weit Draußen"} <= set(found)
    assert "Hinterm Bahnhof" not in found

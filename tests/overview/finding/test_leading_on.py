"""Who knows no words, or only English ones, finds something and a way on."""

import csv
from html import unescape
from importlib.resources import files

import pytest

from marketplace.foundation.database import transaction
from marketplace.overview.finding.rules import german_of
from marketplace.overview.finding.tables import ENGLISH
from marketplace.region.topics.enums import Topic
from marketplace.upkeep.search.enums import Standing
from marketplace.upkeep.search.rules import asked_words
from marketplace.upkeep.search.services import Card, marks_of, put_into_index

JENA, GERA = (50.93, 11.59), (50.88, 12.08)


def put(number, title, body="", topics=(), point=JENA):
    card = Card(
        key=f"q{number}",
        title=title,
        body=body,
        lat=point[0],
        lon=point[1],
        standing=Standing.CONFIRMED,
        marks=marks_of(topics, points=[point]),
    )
    with transaction():
        put_into_index("offer", 70_000 + number, (), card)


def links(page, after):
    part = page.partition(after)[2].partition("</ul>")[0]
    pairs = (one.partition('"')[::2] for one in part.split('href="')[1:])
    return {
        text.partition(">")[2].partition("<")[0]: unescape(link) for link, text in pairs
    }


@pytest.mark.parametrize(
    ("word", "is_english", "german"),
    [
        ("animals", False, "Tier"),
        ("Welding", True, "Schweißen"),
        # German knows these as well: it decides where German is spoken.
        ("star", False, None),
        ("stars", True, "Sterne"),
        ("Kormoran", True, None),
    ],
)
def test_english_words_are_said_in_german(word, is_english, german):
    assert german_of(word, is_english=is_english) == german


def test_each_english_word_stands_once_in_the_table():
    table = files("marketplace.overview.finding").joinpath("english.csv")
    rows = list(csv.reader(table.read_text("utf-8").splitlines()))[1:]

    assert len(rows) == len(ENGLISH)
    assert [row for row in rows if not row[0].isascii() or not row[0].islower()] == []
    assert rows == sorted(rows)


@pytest.mark.parametrize(
    "question",
    ["My daughter likes animals and computers", "Meine Tochter mag animals, computers"],
)
def test_who_speaks_of_a_child_asks_for_what_it_likes(question):
    assert asked_words(question) == ["animals", "computers"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_english_words_find_what_is_written_in_german(browser, language):
    put(1, "Zirbelnachmittag", "Wir beobachten kleine Tiere.")
    put(2, "Zirbelkugeln", "Aus Ton.")

    page = browser.get(f"/suche?q=animals&sprache={language}").text

    assert "Zirbelnachmittag" in page
    assert "Zirbelkugeln" not in page


def test_little_leads_on_to_more_in_the_same_place(browser):
    put(1, "Tiere am Computer zeichnen")
    put(2, "Zirbeltiere", topics=[Topic.ZOOLOGY])

    page = browser.get("/suche?q=Tiere+Computer&ort=Jena&umkreis=25").text

    ways = links(page, "Nicht das Richtige dabei?")
    assert list(ways) == [
        "Auch, was nur einige der Wörter enthält",
        "Im Umkreis von 75 km",
        "In der ganzen Region",
        "Informatik",
        "Tiere",
    ]
    assert ways["Tiere"] == "/suche?ort=Jena&umkreis=75&thema=zoology"
    more = browser.get(ways["Auch, was nur einige der Wörter enthält"]).text
    assert "Zirbeltiere" in more
    assert "Einige der Wörter genügen" in more


def test_much_leads_nowhere_else(browser):
    for number in range(5):
        put(number, f"Zirbelstunde {number}")

    assert "Nicht das Richtige dabei?" not in browser.get("/suche?q=Zirbelstunde").text


def test_a_class_is_a_way_that_can_be_left(browser):
    page = browser.get("/suche?q=Qwertzuiop&klasse=8").text

    assert 'href="/suche?q=Qwertzuiop">Für jedes Alter' in page


def test_the_last_circle_leads_to_no_other(browser):
    page = browser.get("/suche?q=Qwertzuiop&ort=Jena&umkreis=300").text

    assert "Im Umkreis von" not in page.partition("</form>")[2]
    assert "In der ganzen Region" in page


def test_the_map_is_narrowed_the_same_way(browser):
    narrowed = "thema=robotics&klasse=8&alter=14"

    pages = [
        browser.get(
            f"/suche?q=Roboter{place}&umkreis=50&{narrowed}&sortierung=neu"
        ).text
        for place in ("", "&ort=Jena")
    ]

    links = [
        unescape(page.partition("/karte?")[2].partition('"')[0]).split("&")
        for page in pages
    ]
    told = {"q=Roboter", *narrowed.split("&")}
    assert list(map(set, links)) == [told, told | {"ort=Jena", "umkreis=50"}]

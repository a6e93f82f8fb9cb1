"""Each number that search promises is what one finds by paging, each thing once."""

import re
from html import unescape

import pytest
from sqlalchemy import insert

from marketplace.foundation.database import db, transaction
from marketplace.foundation.geometry import Point, cell_of, distance_km
from marketplace.upkeep.search.models import SearchEntry
from marketplace.upkeep.search.services import keep_terms

CARDS = re.compile(r'<h3><a[^>]* href="([^"]+)"')
LEIPZIG = (51.3397, 12.3731)
# Words that search understands in other ways than a list does.
BY_TOPIC, MISTYPED, SOME, BY_END = "Roboter", "Kormorann", "Kormoran+Xylo", "Wasserturm"


def thing(number, words="kormoran", kind="offer"):
    """One of many around Leipzig; every third is a hint, every fifth in the title."""
    lat, lon = LEIPZIG[0] + number % 97 * 0.004, LEIPZIG[1] + number % 89 * 0.004
    title = " t_kormoran" if number % 5 == 0 else ""
    marks = f"k_{kind} s_{'h' if number % 3 else 'c'} l_sn g_{cell_of(lat, lon)}{title}"
    return {
        "kind": kind,
        "thing_id": 70_000 + number,
        "key": f"q{number}",
        "title": f"Ding {number}",
        "tokens": " ".join(sorted(f"{words} {marks}".split())),
        "lat": lat,
        "lon": lon,
    }


def put(rows):
    with transaction():
        db.session.execute(insert(SearchEntry), rows)


def paged(browser, link):
    """What stands on a page of search and on all that follow it; and the last page."""
    seen = []
    while link:
        page = browser.get(link).text
        seen += CARDS.findall(page)
        after = re.search(r'rel="next" href="([^"]+)"', page)
        link = after and unescape(after[1])
    return seen, page


def way_to_all(page, kind):
    """Where "Alle zeigen" leads to, and how many it promises."""
    link = re.search(rf'href="([^"]+)">Alle zeigen: {kind}<', page)
    number = re.search(rf"<h2>{kind} <span[^>]*>([\d.]+)<", page)
    return unescape(link[1]), int(number[1].replace(".", ""))


@pytest.mark.parametrize("rest", ["", "&sortierung=neu", "&sortierung=datum"])
def test_all_of_a_kind_are_as_many_as_promised(browser, rest):
    put([thing(number) for number in range(120)])
    put([thing(number, kind="event") for number in range(200, 207)])

    link, promised = way_to_all(
        browser.get(f"/suche?q=Kormoran{rest}").text, "Angebote"
    )
    seen, last = paged(browser, link)

    assert (promised, len(seen), len(set(seen))) == (120, 120, 120)
    assert "Treffer 101 bis 120 von 120" in last


@pytest.mark.parametrize("order", ["relevanz", "nah", "datum"])
def test_around_a_place_none_is_left_out_for_what_is_newer_and_far(browser, order):
    rows = [thing(number) for number in range(400)]
    put(rows)
    near = [
        row
        for row in rows
        if distance_km(Point(*LEIPZIG), Point(row["lat"], row["lon"])) <= 24.9
    ]
    address = f"/suche?q=Kormoran&ort=Leipzig&umkreis=25&sortierung={order}"

    link, promised = way_to_all(browser.get(address).text, "Angebote")
    seen, _last = paged(browser, link)

    assert len(near) <= promised < len(rows)
    assert (len(seen), len(set(seen))) == (promised, promised)


@pytest.mark.parametrize("asked", [BY_TOPIC, MISTYPED, SOME, BY_END])
def test_words_stay_understood_as_they_were(browser, asked):
    words = {BY_TOPIC: "kormoran h_robotics", BY_END: "turm"}.get(asked, "kormoran")
    with transaction():
        keep_terms({"kormoran": "Kormoran"})
    put([thing(number, words) for number in range(60)])

    link, promised = way_to_all(browser.get(f"/suche?q={asked}").text, "Angebote")
    seen, _last = paged(browser, link)

    assert (promised, len(set(seen)), len(seen)) == (60, 60, 60)


def test_a_choice_finds_as_many_as_it_says_and_no_looser(browser):
    put([thing(number, "wasserturm turm wasser") for number in range(8)])
    put([thing(number, "turm", kind="event") for number in range(20, 25)])
    put([thing(30, "wasserturm turm wasser", kind="event")])

    page = browser.get("/suche?q=Wasserturm").text
    link, number = re.search(
        r'<li><a href="([^"]+)"[^>]*>Veranstaltungen</a> <span[^>]*>(\d+)<', page
    ).groups()

    assert int(number) == len(paged(browser, unescape(link))[0]) == 1


def test_where_the_ranked_end_it_says_so_and_leads_to_the_list(browser):
    put([thing(3 * number) for number in range(1100)])

    seen, last = paged(browser, "/suche?q=Kormoran&art=offer")

    assert len(seen) == len(set(seen)) >= 1000
    assert "ordnen wir hier nicht." in last
    assert 'href="/angebote?q=Kormoran">Zur Liste: Angebote' in last


def test_a_cursor_of_another_order_is_not_found(browser):
    put([thing(number) for number in range(60)])
    page = browser.get("/suche?q=Kormoran&art=offer").text
    link = unescape(re.search(r'rel="next" href="([^"]+)"', page)[1])

    assert browser.get(link).status_code == 200
    assert browser.get(f"{link}&sortierung=neu").status_code == 404
    assert browser.get("/suche?q=Kormoran&art=offer&nach=x").status_code == 404


@pytest.mark.parametrize(
    ("asked", "said", "lists"),
    [
        (
            "barrierefrei=1",
            "stufenlos, mit WC",
            ["praktika", "angebote", "veranstaltungen"],
        ),
        ("von=2027-02-01&wochentag=mo", "Frühestens, Wochentag", ["angebote"]),
        ("gruppe=9&art=offer", "Wie viele kommen", ["angebote"]),
        ("barrierefrei=1&wochentag=mo", "stufenlos, mit WC, Wochentag", ["angebote"]),
        ("gruppe=9&art=offer&klasse=8", "Wie viele kommen", ["angebote"]),
    ],
)
def test_what_search_does_not_count_is_said_and_who_does(browser, asked, said, lists):
    put([thing(1)])

    page = browser.get(f"/suche?q=Kormoran&{asked}").text

    notice = page.partition("Das zählt in der Suche nicht: ")[2].partition("</div>")[0]
    assert notice.partition("<")[0] == said
    assert re.findall(r'href="/(\w+)\?', notice) == lists
    assert all("q=Kormoran" in link for link in re.findall(r'href="([^"]+)"', notice))


def test_a_search_that_counts_all_says_nothing_of_it(browser):
    put([thing(1)])

    page = browser.get(
        "/suche?q=Kormoran&land=SN&thema=robotics&klasse=8&alter=14"
    ).text

    assert "Das zählt in der Suche nicht" not in page

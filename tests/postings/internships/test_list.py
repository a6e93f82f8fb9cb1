"""The list of internships, and with it what all lists of postings share."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, update

from marketplace.foundation.database import db, transaction
from marketplace.people.organisations.models import Site
from marketplace.postings.internships.models import Internship
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.queries import STEP_FREE
from marketplace.postings.lives.views import reading
from marketplace.region.labour.enums import Basis
from marketplace.region.places.enums import FederalState
from marketplace.region.places.services import put_place
from marketplace.region.topics.enums import Topic
from tests.factories.internships import make_hint, make_internship, make_period
from tests.factories.people import in_town, make_company
from tests.factories.postings import make_offer
from tests.moments import NOON

CARD = re.compile(r'<h3><a href="/praktika/[^"]+">([^<]+)</a></h3>')


def confirmed(page):
    """The titles before the hints."""
    return CARD.findall(page.text.partition('class="fund"')[0])


def group(page, name):
    """The titles under one heading of the hints."""
    _before, _heading, rest = page.text.partition(f'<h2 id="{name}">')
    return CARD.findall(rest.partition("</section>")[0])


def chips(page):
    """The words of each filter and the address without it."""
    found = re.findall(r'pill-remove" href="([^"]+)">([^<]+?) <', page.text)
    return {words: link.replace("&amp;", "&") for link, words in found}


def next_link(page):
    link = re.search(r'rel="next" href="([^"]+)"', page.text)
    return link and link[1].replace("&amp;", "&")


def make_in(town, **changes):
    return make_internship(organisation=make_company(town=town), **changes)


def test_index_pages_through_every_internship_once(browser, company):
    for n in range(45):
        make_internship(
            PostingState.PUBLISHED,
            company,
            title=f"Platz {n:02}",
            published_at=NOON + timedelta(minutes=n),
        )

    seen, link = [], "/praktika?sortierung=neu"
    while link:
        page = browser.get(link)
        seen += confirmed(page)
        link = next_link(page)

    assert seen == [f"Platz {n:02}" for n in reversed(range(45))]


def test_index_shows_what_begins_soonest(browser, company):
    for n in range(23):
        days = {"starts_on": date(2027, 3, 30 - n), "ends_on": date(2027, 3, 31)}
        make_internship(
            organisation=company, title=f"Platz {n:02}", periods=[make_period(**days)]
        )
    make_internship(organisation=company, title="Ohne Tag", periods=[])

    first = browser.get("/praktika?sortierung=beginn")
    second = browser.get(next_link(first))

    assert "Früher Beginn zuerst" in first.text
    titles = [f"Platz {n:02}" for n in reversed(range(23))]
    assert confirmed(first) == titles[:20]
    assert confirmed(second) == [*titles[20:], "Ohne Tag"]
    assert next_link(second) is None
    foreign = next_link(first).replace("beginn", "neu")
    assert browser.get(foreign).status_code == 404


@pytest.mark.parametrize("order", ["beginn", "passend"])
def test_what_is_withdrawn_while_a_list_is_read_is_not_shown(
    browser, company, monkeypatch, order
):
    town = company.sites[0].town
    _kept, gone = (
        make_internship(organisation=company, title=title)
        for title in ("Bleibt", "Geht")
    )
    read = reading.Reading._cards

    def read_late(self, ids):
        assert gone.id in ids
        is_gone = Internship.id == gone.id
        withdrawn = {"state": PostingState.FROZEN}
        db.session.execute(update(Internship).where(is_gone).values(withdrawn))
        return read(self, ids)

    monkeypatch.setattr(reading.Reading, "_cards", read_late)

    page = browser.get(f"/praktika?sortierung={order}&umkreis=50&ort={town}")

    assert confirmed(page) == ["Bleibt"]


def test_index_counts_what_is_confirmed(browser, company):
    for _ in range(3):
        make_internship(PostingState.PUBLISHED, company)
    make_hint()

    page = browser.get("/praktika").text

    assert "3 Praktika." in page
    assert "3 von 3" in page


def test_index_says_so_above_a_thousand(browser, company):
    internship = make_internship(PostingState.PUBLISHED, company)
    columns = Internship.__table__.columns
    told = [c.key for c in columns if c.key != "id" and c.computed is None]
    row = {name: getattr(internship, name) for name in told}
    copies = [row | {"public_id": f"{n:010}"} for n in range(1000)]
    with transaction():
        db.session.execute(insert(Internship), copies)

    page = browser.get("/praktika").text

    assert "Über 1.000 Praktika." in page
    assert "20 von über 1.000" in page


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("", ["Jena", "Leipzig"]),
        ("?q=linse", ["Jena"]),
        ("?ort=Leipzig", ["Leipzig"]),
        ("?ort=leipzig&umkreis=100", ["Leipzig", "Jena"]),
        ("?land=SN", ["Leipzig"]),
        ("?kreis=16053", ["Jena"]),
        ("?thema=n", ["Jena"]),
        ("?thema=n&thema=m", ["Jena", "Leipzig"]),
        ("?thema=physics", ["Jena"]),
        ("?thema=optics&thema=", ["Jena"]),
        ("?klasse=9", ["Jena"]),
        ("?alter=14", ["Jena"]),
        ("?von=2027-07-01", ["Leipzig"]),
        ("?bis=2027-02-05", ["Jena"]),
        ("?art=voluntary", ["Leipzig"]),
        ("?barrierefrei=1", ["Leipzig"]),
        ("?barrierefrei=0", ["Jena", "Leipzig"]),
        ("?land=XX&klasse=99&von=gestern&art=x&thema=x", ["Jena", "Leipzig"]),
    ],
)
def test_index_is_narrowed_by_the_names_of_the_contract(browser, question, expected):
    make_in("Jena", title="Jena", published_at=NOON)
    site = Site(**in_town("Leipzig"), accessibility=STEP_FREE)
    make_internship(
        organisation=make_company(sites=[site]),
        title="Leipzig",
        description="Zahlen",
        topics=frozenset({Topic.DATA_STATISTICS}),
        bases=frozenset({Basis.VOLUNTARY}),
        grade_from=11,
        fits_from=15,
        periods=[make_period(starts_on=date(2027, 7, 12), ends_on=date(2027, 7, 16))],
    )

    assert confirmed(browser.get(f"/praktika{question}")) == expected


def test_index_orders_by_distance_where_a_place_is_named(browser):
    for town in ("Leipzig", "Jena", "Halle (Saale)"):
        make_in(town, title=town)

    page = browser.get("/praktika?ort=Halle&umkreis=100")

    assert confirmed(page) == ["Halle (Saale)", "Leipzig", "Jena"]
    assert re.findall(r"</strong>, (\d+) km", page.text) == ["0", "31", "67"]
    newest = browser.get("/praktika?ort=Halle&umkreis=100&sortierung=neu")
    assert confirmed(newest) == ["Halle (Saale)", "Jena", "Leipzig"]


def test_index_pages_by_distance_through_every_internship_once(browser):
    for town in ("Leipzig", "Jena", "Dresden"):
        company = make_company(town=town)
        for n in range(9):
            make_internship(organisation=company, title=f"{town} {n}")

    seen, link = [], "/praktika?ort=Leipzig&umkreis=300&sortierung=nah"
    while link:
        page = browser.get(link)
        seen += confirmed(page)
        link = next_link(page)

    assert [title.split()[0] for title in seen] == (
        ["Leipzig"] * 9 + ["Jena"] * 9 + ["Dresden"] * 9
    )
    assert len(set(seen)) == 27


def test_index_helps_with_a_place_it_does_not_know(browser):
    make_in("Leipzig")

    page = browser.get("/praktika?ort=Leibzig&klasse=9")

    assert "„Leibzig“ finden wir nicht" in page.text
    assert re.findall(r'<li><a href="([^"]+)">Leipzig</a></li>', page.text) == [
        "/praktika?ort=Leipzig&amp;klasse=9"
    ]
    assert confirmed(page) == []


def test_index_asks_for_the_town_of_a_postal_code_it_does_not_know(browser):
    page = browser.get("/praktika?ort=99999")

    assert "Bitte den Namen einer Stadt oder Gemeinde" in page.text


def test_index_takes_the_town_in_the_state_that_is_asked_for(browser):
    with transaction():
        for key, (state, lat) in enumerate(
            [(FederalState.SAXONY, 51.12), (FederalState.SAXONY_ANHALT, 51.88)]
        ):
            put_place(
                geonameid=900 + key,
                name="Coswig",
                state=state,
                lat=lat,
                lon=12.4,
                population=20_000 - key,
                district_ags=None,
                source="Test",
            )
    make_in("Halle (Saale)", title="Halle")

    here = browser.get("/praktika?ort=Coswig&umkreis=60&land=ST")
    there = browser.get("/praktika?ort=Coswig&umkreis=25")

    assert (confirmed(here), confirmed(there)) == (["Halle"], [])


def test_index_lets_each_filter_be_taken_away(browser):
    page = browser.get(
        "/praktika?ort=Jena&umkreis=50&thema=n&thema=rail&klasse=9&art=school&land=XX"
    )

    everything = "/praktika?ort=Jena&umkreis=50&thema=n&thema=rail&klasse=9&art=school"
    assert chips(page) == {
        "50 km um Jena": everything.replace("ort=Jena&umkreis=50&", ""),
        "Naturwissenschaft": everything.replace("thema=n&", ""),
        "Bahn": everything.replace("thema=rail&", ""),
        "Klasse 9": everything.replace("klasse=9&", ""),
        "Schulpraktikum": everything.replace("&art=school", ""),
    }


def test_index_keeps_the_entries_in_its_fields(browser):
    page = browser.get("/praktika?ort=Jena&umkreis=30&thema=i&thema=rail&klasse=9").text

    chosen = re.findall(r'<option selected value="([^"]+)">', page)
    assert {"30", "9"} <= set(chosen)
    assert '<option value="rail" selected>' in page
    assert re.findall(r'<input checked id="thema-\d+" name="thema"[^>]+value="i"', page)


def test_index_asks_for_what_only_internships_have(browser):
    page = browser.get("/praktika?alter=15&art=school&von=2027-02-01").text

    assert re.findall(
        r'<input[^>]+name="(alter|von|bis)"[^>]+value="([^"]*)"', page
    ) == [
        ("alter", "15"),
        ("von", "2027-02-01"),
        ("bis", ""),
    ]
    assert '<option selected value="school">' in page


def ways(page):
    """The ways on of an empty list: words, address, count."""
    found = re.findall(
        r'<li><a href="([^"]+)">([^<]+)</a> <span class="soft">(\d+)</span>', page.text
    )
    return [(words, link.replace("&amp;", "&"), int(n)) for link, words, n in found]


def test_index_without_a_hit_leads_on_with_counts(browser):
    make_in("Erfurt", topics={Topic.CHEMISTRY})
    make_in("Jena", topics={Topic.OPTICS})
    make_offer(PostingState.PUBLISHED, topics={Topic.CHEMISTRY})

    page = browser.get("/praktika?ort=Jena&umkreis=10&thema=chemistry")

    assert "Hier ist noch nichts" in page.text
    start = "/praktika?ort=Jena"
    assert ways(page)[0] == (
        *("Im Umkreis von 50 km", f"{start}&umkreis=50&thema=chemistry"),
        1,
    )
    assert ("In der ganzen Region", "/praktika?thema=chemistry", 1) in ways(page)
    assert ("Alle Themen", f"{start}&umkreis=10", 1) in ways(page)


@pytest.mark.parametrize(
    ("asked", "words", "link"),
    [
        ("von=2031-01-01&bis=2031-02-01", "An anderen Tagen", "/praktika"),
        ("klasse=5", "Für jede Klasse und jedes Alter", "/praktika"),
        ("q=quanten", "Ohne das Wort „quanten“", "/praktika"),
        ("land=SN", "In der ganzen Region", "/praktika"),
        ("barrierefrei=1", "Auch ohne stufenlosen Zugang", "/praktika"),
        (
            "thema=optics",
            "Verwandtes: alles aus Naturwissenschaft",
            "/praktika?thema=n",
        ),
    ],
)
def test_each_entry_can_be_given_up(browser, asked, words, link):
    make_in("Jena", topics={Topic.CHEMISTRY}, grade_from=8)

    assert (words, link, 1) in ways(browser.get(f"/praktika?{asked}"))


def test_related_topics_are_looked_for_in_the_whole_region(browser):
    make_in("Erfurt", topics={Topic.OPTICS})

    assert ways(browser.get("/praktika?ort=Jena&umkreis=1&thema=chemistry"))[-2:] == [
        (
            "Verwandtes: alles aus Naturwissenschaft, in der ganzen Region",
            "/praktika?thema=n",
            1,
        ),
        ("Alle Themen, in der ganzen Region", "/praktika", 1),
    ]


def test_where_other_lists_have_something_they_are_named(browser):
    make_offer(PostingState.PUBLISHED)

    assert ways(browser.get("/praktika?art=school")) == [
        ("Hier gibt es Angebote", "/angebote", 1)
    ]


def test_an_empty_list_asks_for_a_bounded_number_of_counts(browser, queries):
    make_in("Jena")
    everything = "q=x&ort=Jena&umkreis=1&thema=chemistry&klasse=5&art=school&land=TH"
    browser.get(f"/praktika?{everything}&von=2031-01-01")
    queries.clear()

    browser.get(f"/praktika?{everything}&von=2031-01-01")

    assert len(queries) <= 21


def test_reversed_days_are_told_and_turned(browser):
    page = browser.get("/praktika?von=2027-03-01&bis=2027-02-01").text

    assert "Es gibt ein Problem" in page
    assert 'href="#bis"' in page
    assert "Dieser Tag liegt vor dem frühesten." in page
    assert "/praktika?von=2027-02-01&amp;bis=2027-03-01" in page
    assert '<details class="filters" open>' in page


def test_what_can_be_had_comes_before_what_is_full_or_rests(browser):
    make_in("Jena", state=PostingState.FILLED, title="Voll")
    make_in("Erfurt", title="Frei")
    make_in("Jena", state=PostingState.PAUSED, title="Pause")

    newest, nearest = browser.get("/praktika"), browser.get("/praktika?ort=Jena")

    assert confirmed(newest) == ["Frei", "Pause", "Voll"]
    assert confirmed(nearest)[-2:] == ["Pause", "Voll"]


def test_changing_between_list_and_map_keeps_filters_and_page(browser, company):
    for _number in range(21):
        make_internship(PostingState.PUBLISHED, company)
    first = browser.get("/praktika?klasse=9&umkreis=100")

    second = browser.get(next_link(first))
    [link] = re.findall(r'<a href="(/praktika[^"]+)">Karte</a>', second.text)

    assert link.replace("&amp;", "&").startswith(
        "/praktika?umkreis=100&klasse=9&ansicht=karte&nach="
    )


def test_index_shows_hints_apart_and_old_ones_last(browser):
    make_in("Jena", title="Bestätigt")
    make_hint("Jung", as_of=date(2023, 11, 1))
    make_hint("Alt", as_of=date(2023, 10, 31))
    make_hint("Ohne Datum", as_of=None)

    page = browser.get("/praktika")

    assert confirmed(page) == ["Bestätigt"]
    assert group(page, "aus-anderen-quellen") == ["Jung"]
    assert group(page, "fundus") == ["Alt", "Ohne Datum"]


@pytest.mark.parametrize(
    ("count", "question", "fund"),
    [(9, "", ["Alt"]), (10, "", []), (10, "?hinweise=1", ["Alt"])],
)
def test_the_fundus_is_shown_below_ten_hits_or_when_asked_for(
    browser, company, count, question, fund
):
    for _ in range(count):
        make_internship(PostingState.PUBLISHED, company)
    make_hint("Jung")
    make_hint("Alt", as_of=date(2014, 5, 1))

    page = browser.get(f"/praktika{question}")

    assert (group(page, "aus-anderen-quellen"), group(page, "fundus")) == (
        ["Jung"],
        fund,
    )


def test_hints_come_once_the_confirmed_ones_are_all_shown(browser, company):
    for _ in range(21):
        make_internship(PostingState.PUBLISHED, company)
    make_hint("Jung")

    first = browser.get("/praktika")
    second = browser.get(next_link(first))

    assert (
        group(first, "aus-anderen-quellen"),
        group(second, "aus-anderen-quellen"),
    ) == ([], ["Jung"])


def test_hints_page_on_by_themselves(browser, company):
    for n in range(25):
        make_hint(f"Hinweis {n:02}", organisation=company, as_of=date(2025, 1, 1 + n))

    first = browser.get("/praktika")
    [link] = re.findall(r'href="([^"]+)">Weitere Hinweise zeigen', first.text)
    second = browser.get(link.replace("&amp;", "&"))

    assert [
        *group(first, "aus-anderen-quellen"),
        *group(second, "aus-anderen-quellen"),
    ] == [f"Hinweis {n:02}" for n in reversed(range(25))]


def test_a_hint_has_no_apply_button_but_a_way_to_its_source(browser):
    make_hint()

    page = browser.get("/praktika").text

    assert (
        "Hinweis aus Leipziger MINT-Katalog, Stand 01.05.2025, nicht bestätigt" in page
    )
    assert 'href="https://papierkranich.example/"' in page
    assert "/bewerben" not in page


def test_the_map_leads_to_the_cards_of_its_numbers(browser):
    make_in("Jena", title="Erst")
    make_in("Jena", title="Daneben")
    make_in("Leipzig", title="Fern")

    page = browser.get("/praktika?sortierung=neu").text

    numbers = re.findall(r'class="pill is-stop">Karte (\d)<', page)
    stops = re.findall(r'<a href="#(p-\w+)" aria-label="(\d): ([^"]+)"', page)
    assert numbers == ["1", "2", "2"]
    assert [(number, words) for _link, number, words in stops] == [
        ("1", "Fern"),
        ("2", "Daneben; Erst"),
    ]
    assert all(f'<li class="card" id="{anchor}">' in page for anchor, *_rest in stops)


def test_a_small_screen_shows_the_map_when_asked(browser):
    make_in("Jena")

    page = browser.get("/praktika?ansicht=karte").text

    assert 'class="page listing is-map"' in page
    assert '<a href="/praktika" >Liste</a>'.replace(" >", ">") in page


def test_the_map_stands_before_its_list_when_asked(browser):
    make_in("Jena")

    plain, on_map = browser.get("/praktika"), browser.get("/praktika?ansicht=karte")

    parts = r'class="(plate listing-map|listing-results)'
    assert re.findall(parts, plain.text) == ["listing-results", "plate listing-map"]
    assert re.findall(parts, on_map.text) == ["plate listing-map", "listing-results"]


def test_the_map_says_how_much_of_the_hits_it_shows(browser, company):
    for _ in range(20):
        make_internship(PostingState.PUBLISHED, company)
    whole = browser.get("/praktika?ansicht=karte").text

    make_internship(PostingState.PUBLISHED, company)
    part = browser.get("/praktika?ansicht=karte&klasse=9").text

    assert "Die Karte zeigt nur diese Seite" not in whole
    assert "Die Karte zeigt nur diese Seite: 20 von 21." in part
    [link] = re.findall(r'href="(/karte[^"]+)" rel="nofollow">Alle Treffer', part)
    assert link.startswith("/karte?ebene=praktika&amp;klasse=9")


@pytest.mark.parametrize("state", [PostingState.PAUSED, PostingState.FILLED])
def test_a_card_says_that_it_rests_or_is_filled(browser, state):
    internship = make_in("Jena", state=state)

    page = browser.get("/praktika").text

    assert f"{internship.state.label}</span>" in page


@pytest.mark.parametrize("cursor", ["nach=W10.x", "hinweise=W10.x"])
def test_index_does_not_find_a_cursor_that_is_not_ours(browser, cursor):
    assert browser.get(f"/praktika?{cursor}").status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_index_asks_the_database_five_times(browser, queries, rows):
    for _ in range(rows):
        make_in("Jena")

    queries.clear()
    browser.get("/praktika")

    # What is ranked, internships with companies, their periods, the towns of the map;
    # with one row the hints, with more the count.
    assert len(queries) == 5


def test_index_asks_for_a_place_and_its_hints_once_more(browser, queries):
    for _ in range(30):
        make_in("Jena")
    make_hint()

    queries.clear()
    browser.get("/praktika?ort=Jena&q=linse&thema=n&klasse=9&hinweise=1")

    assert len(queries) == 6

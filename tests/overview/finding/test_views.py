import re
from datetime import date, timedelta
from html import unescape

import pytest
from flask import url_for

from marketplace.foundation.database import transaction
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.services.verifying import freeze_organisation
from marketplace.postings.lives.enums import Act, PostingState
from marketplace.postings.lives.services import move_posting
from marketplace.postings.offers.services import index_offer
from marketplace.postings.programmes.jobs import follow_calendar
from marketplace.stewardship.pages.services import TextEntry, begin_page, publish_page
from marketplace.upkeep.search.queries import bitmaps
from tests.factories.catalogue import make_action, make_programme
from tests.factories.internships import make_internship
from tests.factories.people import make_company, make_coordinator, make_user
from tests.factories.postings import make_offer, make_sponsorship
from tests.moments import NOON

TITLES = re.compile(r"<h3>(.*?)</h3>", re.DOTALL)
CHOICE = re.compile(
    r"<li><a href=[^>]+>([^<]+?)(?: <svg.*?)?</a> <span class=\"soft small\">([\d.]+)<",
    re.DOTALL,
)
TAGS = re.compile(r"<[^>]+>")


def titles(page):
    return [TAGS.sub("", title) for title in TITLES.findall(page.text)]


def kinds(page):
    return re.findall(r"<h2>([^<]+) <span", page.text)


def test_everything_is_found_by_its_kind(browser):
    make_offer()
    make_sponsorship()
    make_internship(title="Löten im Werk")

    page = browser.get("/suche?q=löten")

    assert {"Angebote", "Förderungen", "Praktika"} <= set(kinds(page))
    assert "<mark>Löten</mark> am Samstag" in page.text


def test_each_kind_leads_to_its_page(browser, app):
    offer = make_offer(title="Ahorn im Licht")
    firm = make_company(name="Werk Ahorn")
    action = make_action(title="Ahorn zählen")
    programme = make_programme(name="Ahorn-Preis")
    office = make_user(Role.ADMIN)
    with transaction():
        text = TextEntry(title="Über Ahorn", body="Ein Baum.")
        page = begin_page("ahorn", text, actor=office, at=NOON)
        publish_page(page, actor=office, at=NOON)

    found = browser.get("/suche?q=ahorn").text

    for link in (
        url_for("offers.show", key=offer),
        url_for("organisations.show", key=firm),
        url_for("actions.show", key=action),
        url_for("programmes.index", q=programme.name),
        url_for("pages.show", slug="ahorn"),
    ):
        assert f'href="{link.removeprefix("http://localhost")}"' in found


def test_hints_come_after_what_is_confirmed(browser):
    make_offer(title="Löten bestätigt")
    make_offer(PostingState.LISTED, title="Löten")

    page = browser.get("/suche?q=löten&art=offer")

    assert titles(page) == ["Löten bestätigt", "Löten"]
    assert "Hinweis, nicht bestätigt" in page.text


def test_what_is_withdrawn_vanishes_at_once(browser):
    office = make_coordinator()
    gone, shut, kept = (make_offer(title=f"Löten {n}") for n in ("1", "2", "3"))
    assert len(titles(browser.get("/suche?q=löten&art=offer"))) == 3

    with transaction():
        move_posting(gone, Act.FREEZE, actor=office, at=NOON, words="Nein.")
        freeze_organisation(shut.organisation, actor=office, at=NOON)

    assert titles(browser.get("/suche?q=löten&art=offer")) == [kept.title]


def test_a_draft_is_found_by_nobody(browser):
    make_offer(PostingState.DRAFT)

    assert titles(browser.get("/suche?q=löten&art=offer")) == []
    assert "Lauflicht" not in browser.get("/suche/vorschlaege?q=laufl").json


@pytest.mark.parametrize("typed", ["Lauflihct", "Laufflicht", "lauflichd"])
def test_a_typing_error_finds_what_was_meant(browser, typed):
    make_offer()

    page = browser.get(f"/suche?q={typed}&art=offer")

    assert titles(page) == ["Löten am Samstag"]
    assert "Meinten Sie „Lauflicht“?" in page.text
    assert 'href="/karte?q=Lauflicht"' in page.text


def test_a_cat_is_no_cheese(browser):
    make_offer(title="Käse machen")

    page = browser.get("/suche?q=Katze")

    assert titles(page) == []
    assert "Meinten Sie" not in page.text
    assert "Dazu gibt es gerade nichts" in page.text


def test_some_of_the_words_are_better_than_nothing(browser):
    make_offer()

    page = browser.get("/suche?q=Lauflicht+Xylophon&art=offer")

    assert titles(page) == ["Löten am Samstag"]
    assert "Alle Wörter zusammen stehen nirgends" in page.text


def test_an_empty_answer_leads_on(browser):
    page = browser.get("/suche?q=Robotik&ort=Jena&umkreis=10&art=offer").text

    assert titles(browser.get("/suche?q=Robotik&art=offer")) == []
    assert "/suche?ort=Jena&amp;umkreis=30&amp;q=Robotik&amp;art=offer" in page
    assert "/suche?ort=Jena&amp;umkreis=10&amp;q=Robotik" in page
    assert "/suche?ort=Jena&amp;umkreis=30&amp;thema=robotics" in page
    assert (
        "/konto/suchen/neu?liste=suche&amp;ort=Jena&amp;umkreis=10&amp;q=Robotik"
        "&amp;art=offer" in page
    )


def test_filters_narrow_and_tell_what_each_choice_finds(browser):
    make_offer(title="Löten eins")
    make_offer(title="Löten zwei")
    make_sponsorship()

    page = browser.get("/suche?q=löten&art=offer").text

    assert kinds(browser.get("/suche?q=löten&art=offer")) == ["Angebote"]
    counts = dict(re.findall(CHOICE, page))
    assert counts.items() >= {
        ("Angebote", "2"),
        ("Förderungen", "1"),
        ("Thüringen", "2"),
        ("Elektronik und Elektrotechnik", "2"),
    }
    assert "2 Treffer." in page


def test_only_what_is_near_is_found_around_a_place(browser):
    here = make_offer(title="Löten hier")
    with transaction():
        here.lat, here.lon = 51.34, 12.37
        index_offer(here)

    address = "/suche?q=löten&art=offer&umkreis=10&ort="
    assert titles(browser.get(f"{address}Leipzig")) == ["Löten hier"]
    assert titles(browser.get(f"{address}Erfurt")) == []


def test_occupations_are_nowhere_and_shown_behind_what_is_near(browser):
    here = make_offer(title="Optik hier")
    with transaction():
        here.lat, here.lon = 51.34, 12.37
        index_offer(here)
    away = browser.get("/suche?q=Augenoptik&ort=Erfurt&umkreis=10")
    near = browser.get("/suche?q=Optik&ort=Leipzig&umkreis=10")
    plain = browser.get("/suche?q=Optik")

    assert (kinds(near)[0], kinds(near)[-1]) == ("Angebote", "Berufe")
    assert counted(near, "Berufe") == counted(plain, "Berufe") > 0
    assert near.text.count("Ohne Ort: Das gilt überall.") == 1
    assert kinds(away) == ["Berufe"]
    assert "An diesem Ort gibt es dazu gerade nichts" in away.text
    assert "An diesem Ort gibt es" not in near.text
    assert "Ohne Ort" not in plain.text


def test_the_place_does_not_matter_to_occupations_chosen_alone(browser):
    make_offer(title="Optik hier")

    chosen = browser.get("/suche?q=Optik&ort=Erfurt&umkreis=10&art=occupation&land=TH")
    plain = browser.get("/suche?q=Optik&art=occupation")

    assert titles(chosen) == titles(plain) != []
    assert counted(chosen, "Berufe") == counted(plain, "Berufe")


def test_a_place_alone_asks_for_no_occupation(browser):
    page = browser.get("/suche?ort=Erfurt&umkreis=10")

    assert "Berufe" not in kinds(page)
    assert counted(page, "Berufe") == 0


def counted(page, kind):
    numbers = dict(CHOICE.findall(page.text))
    return int(numbers.get(kind, "0").replace(".", ""))


def test_an_unknown_place_is_said(browser):
    page = browser.get("/suche?q=löten&ort=Atlantis").text

    assert "Diesen Ort kennen wir nicht" in page
    assert "einer dieser Orte" not in page


def test_towns_are_named_that_may_be_meant(browser):
    page = browser.get("/suche?q=löten&ort=Leipzg").text

    [link] = re.findall(r'href="([^"]+)"[^>]*>Leipzig</a>', page)
    assert "Diesen Ort kennen wir nicht" not in browser.get(unescape(link)).text
    assert "q=l%C3%B6ten" in link


@pytest.mark.parametrize(
    "words",
    [*('"', "C++", "%00", "'; --", "a" * 300, "OR AND NOT"), *("⒈⒉", "\u037a", "ﷺ")],
)
def test_strange_questions_are_answered(browser, words):
    assert browser.get("/suche", query_string={"q": words}).status_code == 200


def test_what_people_write_is_shown_as_text(browser):
    make_offer(title="Löten <b>fett</b>")

    page = browser.get("/suche?q=fett").text

    assert "&lt;b&gt;<mark>fett</mark>&lt;/b&gt;" in page


def test_words_are_proposed_while_typing(browser):
    make_offer()

    assert browser.get("/suche/vorschlaege?q=am+laufli").json == ["am Lauflicht"]
    assert browser.get("/suche/vorschlaege?q=robo").json[0] == "Robotik"
    assert browser.get("/suche/vorschlaege?q=").json == []


def test_a_page_of_hits_asks_as_often_for_many_as_for_one(
    browser, queries, monkeypatch
):
    monkeypatch.setattr(bitmaps, "PAUSE", 3_600)
    make_offer()
    browser.get("/suche?q=löten&art=offer")
    queries.clear()
    browser.get("/suche?q=löten&art=offer")
    once = len(queries)

    for _ in range(6):
        make_offer()
    # The first one after a change reads what is held again.
    browser.get("/suche?q=löten&art=offer")
    queries.clear()
    page = browser.get("/suche?q=löten&art=offer")

    assert len(titles(page)) == 7
    assert len(queries) == once


def test_what_sources_tell_is_a_hint_and_what_is_over_is_not_found(browser, app):
    make_programme(name="Ahorn-Preis", closes_on=date(2026, 11, 23))
    make_programme(name="Ahorn-Fonds", closes_on=date(2020, 3, 2))
    make_action(title="Ahorn zählen", source="Katalog")
    make_action(title="Ahorn messen", source="")

    page = browser.get("/suche?q=ahorn").text
    assert ("Fonds" in page, page.count("Hinweis, nicht bestätigt")) == (False, 2)

    app.config["NOW"] = NOON + timedelta(days=1)
    with transaction():
        follow_calendar({})
    assert titles(browser.get("/suche?q=ahorn&art=programme")) == []


def test_hits_say_what_nobody_can_have_now(browser):
    for state in (PostingState.PAUSED, PostingState.FILLED, PostingState.PUBLISHED):
        make_offer(title=f"Kormoran {state.value}", state=state)
        make_internship(title=f"Kormoran {state.value}", state=state)

    page = browser.get("/suche?q=Kormoran").text.partition("</main>")[0]

    assert (page.count("ruht</span>"), page.count("alle Plätze vergeben</span>")) == (
        2,
        2,
    )


def test_around_a_town_there_may_be_something_in_another_state(browser):
    make_offer(title="Kormoran", place_name="Naumburg", lat=51.15, lon=11.81)

    page = browser.get("/suche?ort=Jena&umkreis=50&land=ST").text
    listed = browser.get("/angebote?ort=Jena&umkreis=50&land=ST").text

    assert "kennen wir nicht" not in page + listed

import re
from datetime import timedelta

import pytest
from flask_migrate import stamp

from marketplace.foundation.database import transaction
from marketplace.postings.lives.enums import PostingState
from marketplace.region.lines.enums import LineKind
from marketplace.upkeep.jobs.services import note_worker
from tests.factories.internships import make_internship
from tests.factories.postings import a_need, make_event, make_offer, make_offers
from tests.moments import NOON


def test_home_opens_three_doors_and_shows_figures(browser):
    make_offer(lines=[a_need(1, LineKind.MONEY, 500), a_need(2)])
    make_internship(PostingState.PUBLISHED, title="Glas im Messlabor")

    page = browser.get("/").text

    assert all(door in page for door in ("Du suchst", "Sie bieten", "Sie fördern"))
    assert "Löten am Samstag" in page
    assert "12 × Lötstation" in page
    assert "12 Stück offen" in page
    assert "500 €" not in page
    card = page.split("Glas im Messlabor")[1].split("</li>")[0]
    assert "1. bis 5. Februar 2027" in card
    assert "Klasse 9" in card


def test_home_counts_what_the_list_shows_and_says_so(browser):
    for state in (PostingState.PUBLISHED, PostingState.PAUSED, PostingState.FILLED):
        make_internship(state)

    text = " ".join(re.sub(r"<[^>]+>", " ", browser.get("/").text).split())

    assert "3 Praktika in der Liste, auch volle und ruhende." in text


@pytest.mark.parametrize("count", [1, 30])
def test_home_asks_the_database_as_often_for_many_as_for_one(browser, queries, count):
    make_offers(count)
    queries.clear()

    browser.get("/")

    assert len(queries) <= 15


def test_home_shows_what_comes_next_and_only_what_is_public(browser):
    for days in (9, 2):
        at = NOON + timedelta(days=days)
        make_event(title=f"In {days} Tagen", starts_at=at, ends_at=at)
    make_event(PostingState.DRAFT, title="Noch geheim")

    page = browser.get("/").text

    assert "Noch geheim" not in page
    assert page.index("In 2 Tagen") < page.index("In 9 Tagen")


def test_language_is_switched_in_place_and_kept(browser):
    english = browser.get("/?sprache=en")
    next_page = browser.get("/impressum")

    assert 'lang="en"' in english.text
    assert 'lang="en"' in next_page.text


def test_health_tells_nothing_but_that_it_lives(browser):
    assert browser.get("/healthz").json == {"status": "ok"}


def answer(browser):
    response = browser.get("/readyz")
    return response.status_code, response.json


def test_site_is_ready_with_its_tables_and_a_living_worker(app, browser):
    before = answer(browser)
    stamp()
    with transaction():
        note_worker(at=NOON)
    with_worker = answer(browser)
    app.config["NOW"] = NOON + timedelta(minutes=5, seconds=1)
    worker_is_dead = answer(browser)

    assert with_worker == (200, {"status": "ok"})
    assert before == worker_is_dead == (503, {"status": "not ready"})


def test_site_on_tables_of_another_release_is_not_ready(browser):
    stamp(revision="0001")
    with transaction():
        note_worker(at=NOON)

    assert answer(browser)[0] == 503


def test_site_on_a_full_disk_is_not_ready(browser, monkeypatch):
    stamp()
    with transaction():
        note_worker(at=NOON)
    monkeypatch.setattr("marketplace.doors.home.queries.LEAST_BYTES", 2**60)

    assert answer(browser)[0] == 503


@pytest.mark.parametrize(
    "address", ["/impressum", "/datenschutz", "/barrierefreiheit", "/robots.txt"]
)
def test_pages_of_duty_are_there(browser, address):
    assert browser.get(address).status_code == 200

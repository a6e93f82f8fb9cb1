import pytest

from marketplace.encounters.watchlist.models import Bookmark
from marketplace.foundation.database import db, transaction
from marketplace.people.accounts.enums import Role
from marketplace.postings.lives.enums import PostingState
from tests.factories.applications import make_mia, make_place
from tests.factories.people import make_user


@pytest.fixture
def mia(app):
    return make_mia()


@pytest.fixture
def place(app):
    return make_place(title="Ferienwoche am Prisma")


def kept():
    return db.session.scalars(db.select(Bookmark.internship_id)).all()


def test_one_button_keeps_and_one_takes_off_again(browser, mia, place):
    browser.sign_in(mia)
    here = f"/praktika/{place.public_id}"
    assert "Merken" in browser.get(here).text

    answer = browser.post(f"/merkliste/{place.public_id}", data={"weiter": here})

    assert (answer.location, kept()) == (here, [place.id])
    assert "Gemerkt, wieder entfernen" in browser.get(here).text
    assert "Ferienwoche am Prisma" in browser.get("/merkliste").text
    assert "Gemerkt" in browser.get("/praktika").text

    answer = browser.post(f"/merkliste/{place.public_id}/entfernen")
    assert (answer.location, kept()) == (f"/merkliste?weg={place.public_id}", [])
    page = browser.get(answer.location).text
    assert "Rückgängig" in page
    browser.post(f"/merkliste/{place.public_id}")
    assert "Rückgängig" not in browser.get(answer.location).text


def test_back_leads_nowhere_else(browser, mia, place):
    browser.sign_in(mia)

    answer = browser.post(
        f"/merkliste/{place.public_id}", data={"weiter": "https://example.net/"}
    )

    assert answer.location == "/merkliste"


def test_a_guest_signs_in_and_comes_back_to_the_button(browser, mia, place):
    page = browser.get(f"/praktika/{place.public_id}")
    way = f"/merkliste/{place.public_id}-ferienwoche-am-prisma/merken"
    assert f'href="{way}"' in page.text
    assert page.headers.get("Set-Cookie") is None

    assert browser.get(way).location == f"/anmelden?weiter={way}"
    browser.sign_in(mia)
    assert "Auf die Merkliste" in browser.get(way).text
    assert kept() == []


def test_what_is_over_is_said(browser, mia, place):
    browser.sign_in(mia)
    browser.post(f"/merkliste/{place.public_id}")
    assert "Bewerben bis" in browser.get("/merkliste").text
    with transaction():
        place.state = PostingState.PAUSED
    paused = browser.get("/merkliste").text
    with transaction():
        place.state = PostingState.FROZEN
    frozen = browser.get("/merkliste").text

    words = "Dieses Praktikum ist nicht mehr öffentlich."
    assert [("Bewerben bis" in page, words in page) for page in (paused, frozen)] == [
        (False, False),
        (False, True),
    ]
    assert str(PostingState.PAUSED.label) in paused


def test_a_frozen_one_cannot_be_kept(browser, mia, place):
    with transaction():
        place.state = PostingState.FROZEN
    browser.sign_in(mia)

    assert browser.post(f"/merkliste/{place.public_id}").status_code == 404
    assert browser.get(f"/merkliste/{place.public_id}/merken").status_code == 404
    assert browser.post(f"/merkliste/{place.public_id}/entfernen").status_code == 404


@pytest.mark.parametrize("role", [Role.MEMBER, Role.GUARDIAN, Role.COORDINATOR])
def test_nobody_else_has_a_list(browser, place, role):
    browser.sign_in(make_user(role))

    assert browser.get("/merkliste").status_code == 404
    assert browser.post(f"/merkliste/{place.public_id}").status_code == 404
    assert "Merken" not in browser.get(f"/praktika/{place.public_id}").text


def test_a_page_of_cards_asks_for_the_list_once(browser, mia, queries):
    for _ in range(12):
        make_place()
    browser.sign_in(mia)
    queries.clear()

    assert browser.get("/praktika").status_code == 200

    assert len([q for q in queries if "bookmarks" in q]) == 1

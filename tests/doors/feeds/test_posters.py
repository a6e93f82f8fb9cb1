"""Whoever wants to may hang up what is public."""

import pytest

from marketplace.foundation.database import transaction
from marketplace.postings.lives.enums import PostingState
from tests.doors.feeds.test_sharing import HINT, MADE
from tests.factories.people import make_organisation
from tests.factories.postings import make_offer
from tests.papers import Paper

KINDS = ("praktika", "angebote", "foerderungen", "veranstaltungen", "aktionen")
PLACED = ("praktika", "angebote", "veranstaltungen")


def poster(browser, name, thing):
    return browser.get(f"/teilen/{name}/{thing.public_id}/aushang.pdf")


@pytest.mark.parametrize("name", KINDS)
def test_poster_tells_of_its_own_thing_alone(browser, name):
    first, second = MADE[name](), MADE[name]()
    with transaction():
        first.title, second.title = "Morgenstern", "Abendrot"

    paper = Paper(poster(browser, name, first).data)

    assert (paper.title, paper.language, paper.is_tagged, paper.page_count) == (
        "Aushang: Morgenstern",
        *("de-DE", True, 1),
    )
    assert f"/{name}/{first.public_id}" in paper.text
    assert second.public_id not in paper.text
    assert "Abendrot" not in paper.text
    assert name not in PLACED or first.place_name in paper.text


@pytest.mark.parametrize("name", KINDS)
def test_page_for_sharing_leads_there(browser, name):
    thing = MADE[name]()

    page = browser.get(f"/teilen/{name}/{thing.public_id}").text

    assert f'href="/teilen/{name}/{thing.public_id}/aushang.pdf"' in page


def test_text_hangs_only_where_everybody_may_hand_it_on(browser):
    lab = make_organisation()
    words = "Wir löten einen Stern."
    free = make_offer(organisation=lab, description=words)
    closed = {"source": "Katalog", "licence": "alle Rechte"}
    kept = make_offer(organisation=lab, description=words, **closed)

    texts = [Paper(poster(browser, "angebote", one).data).text for one in (free, kept)]

    assert [words in text for text in texts] == [True, False]


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("angebote", PostingState.DRAFT),
        ("angebote", PostingState.FROZEN),
        ("praktika", PostingState.PAUSED),
    ],
)
def test_what_nobody_can_have_has_no_poster(browser, name, state):
    assert poster(browser, name, MADE[name](state=state)).status_code == 404


def test_hint_and_people_have_none(browser):
    hint = make_offer(state=PostingState.LISTED, **HINT)

    assert poster(browser, "angebote", hint).status_code == 404
    assert poster(browser, "vorbilder", MADE["vorbilder"]()).status_code == 404

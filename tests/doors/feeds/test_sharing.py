import os
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from marketplace.doors.feeds.jobs import sweep
from marketplace.doors.feeds.services import cards
from marketplace.foundation.database import transaction
from marketplace.postings.events.services import move_event
from marketplace.postings.lives.enums import Act, PostingState
from marketplace.postings.rolemodels.services.showing import withdraw_consent
from tests.factories.catalogue import make_action
from tests.factories.internships import make_internship
from tests.factories.people import make_company, make_coordinator
from tests.factories.postings import (
    make_event,
    make_offer,
    make_rolemodel,
    make_sponsorship,
)
from tests.moments import NOON

MADE = {
    "praktika": make_internship,
    "angebote": make_offer,
    "foerderungen": make_sponsorship,
    "veranstaltungen": make_event,
    "aktionen": make_action,
    "organisationen": make_company,
    "vorbilder": make_rolemodel,
}
HINT = {"source": "Katalog", "licence": "CC BY 4.0"}


@pytest.mark.parametrize("name", MADE)
def test_page_leads_to_words_and_short_address(browser, name):
    thing = MADE[name]()
    title = getattr(thing, "title", "") or thing.name
    short = f"/{name}/{thing.public_id}"

    page = browser.get(short).text
    shared = browser.get(f"/teilen/{name}/{thing.public_id}").text

    assert f'href="/teilen/{name}/{thing.public_id}-' in page
    assert f'{short}">' in shared
    assert f'rows="12" readonly>{title}' in shared
    assert "<svg" in shared


@pytest.mark.parametrize("name", MADE)
def test_card_is_a_picture_of_the_size_that_networks_show(browser, name):
    thing = MADE[name]()

    answer = browser.get(f"/bild/{name}/{thing.public_id}.png")

    image = Image.open(BytesIO(answer.data))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    assert image.getcolors(maxcolors=1_000_000) is not None


def test_card_is_drawn_once_and_anew_when_the_title_changes(app, browser):
    event = make_event()
    address = f"/bild/veranstaltungen/{event.public_id}.png"
    first = browser.get(address)
    [kept] = (app.config["INSTANCE"] / "cards").glob(f"{event.public_id}-*.png")
    drawn_at = kept.stat().st_mtime_ns

    again = browser.get(address, headers={"If-None-Match": first.headers["ETag"]})
    with transaction():
        event.title = "Ein anderer Abend"
    other = browser.get(address)

    assert again.status_code == 304
    assert other.data != first.data
    [left] = (app.config["INSTANCE"] / "cards").glob(f"{event.public_id}-*.png")
    assert left != kept
    assert left.stat().st_mtime_ns >= drawn_at


def test_card_holds_the_longest_title(browser):
    event = make_event(title="Donaudampfschifffahrtsgesellschaft " * 4)

    assert (
        browser.get(f"/bild/veranstaltungen/{event.public_id}.png").status_code == 200
    )


def test_what_is_withdrawn_is_shared_no_more(browser):
    event = make_event()
    addresses = [
        f"/bild/veranstaltungen/{event.public_id}.png",
        f"/teilen/veranstaltungen/{event.public_id}",
    ]
    before = [browser.get(address).status_code for address in addresses]

    with transaction():
        office = make_coordinator()
        move_event(event, Act.FREEZE, actor=office, words="Nein.", at=NOON)

    assert before == [200, 200]
    assert [browser.get(address).status_code for address in addresses] == [404, 404]


def test_hint_says_on_its_card_what_it_is_and_gives_no_words(browser):
    hint = make_event(PostingState.LISTED, **HINT)

    assert browser.get(f"/bild/veranstaltungen/{hint.public_id}.png").status_code == 200
    assert browser.get(f"/teilen/veranstaltungen/{hint.public_id}").status_code == 404


def test_words_of_others_are_not_handed_on_without_a_licence(browser):
    action = make_action(source="Katalog", licence="privat", description="Geheimtipp")

    page = browser.get(f"/teilen/aktionen/{action.public_id}").text

    assert action.title in page
    assert "Geheimtipp" not in page


def test_of_a_person_nothing_is_handed_on_but_that_she_is_here(browser):
    person = make_rolemodel(description="Thea poliert Linsen.")

    page = browser.get(f"/teilen/vorbilder/{person.public_id}").text

    assert person.title in page
    assert "Thea poliert Linsen." not in page
    assert 'id="rahmen"' not in page
    assert browser.get("/vorbilder.csv").status_code == 404


def test_card_of_a_person_is_gone_with_her_consent(app, browser):
    person = make_rolemodel()
    addresses = [f"/{one}/vorbilder/{person.public_id}" for one in ("bild", "teilen")]
    addresses[0] += ".png"
    before = [browser.get(address) for address in addresses]
    folder = app.config["INSTANCE"] / "cards"

    assert [answer.status_code for answer in before] == [200, 200]
    assert before[0].headers["Cache-Control"] == "private, no-store"
    assert list(folder.glob(f"{person.public_id}-*")) == []  # never kept, so gone
    with transaction():
        withdraw_consent(person, actor=make_coordinator(), at=NOON)

    assert [browser.get(address).status_code for address in addresses] == [404, 404]


def test_former_words_of_an_address_lead_to_the_present_ones(browser):
    event = make_event(title="Neuer Abend")
    key = event.public_id

    moved = browser.get(f"/veranstaltungen/{key}-alter-abend")

    assert moved.status_code == 301
    assert moved.location.endswith(f"/veranstaltungen/{key}-neuer-abend")
    assert browser.get(moved.location).status_code == 200
    assert browser.get(f"/veranstaltungen/{key}").status_code == 200


def test_pictures_are_thrown_away_after_a_month(app, browser):
    event = make_event()
    browser.get(f"/bild/veranstaltungen/{event.public_id}.png")
    folder = app.config["INSTANCE"] / "cards"
    [place] = folder.iterdir()

    os.utime(place, times=(NOON.timestamp(), (NOON - timedelta(days=29)).timestamp()))
    sweep({})
    assert list(folder.iterdir()) == [place]
    os.utime(place, times=(NOON.timestamp(), (NOON - timedelta(days=31)).timestamp()))
    sweep({})

    assert list(folder.iterdir()) == []


def test_cards_have_bounded_room_and_the_longest_unused_goes_first(
    app, browser, monkeypatch
):
    first, second, third = (make_event(title=f"Abend {n}") for n in range(3))
    folder = app.config["INSTANCE"] / "cards"

    def ask(event):
        address = f"/bild/veranstaltungen/{event.public_id}.png"
        assert browser.get(address).status_code == 200

    def kept():
        return {place.name.split("-")[0] for place in folder.iterdir()}

    ask(first)
    ask(second)
    for age, place in enumerate(sorted(folder.iterdir(), key=os.path.getmtime)):
        os.utime(place, times=(1000 + age, place.stat().st_mtime))
    ask(first)  # drawn before the other, and used after it
    sizes = [place.stat().st_size for place in folder.iterdir()]
    monkeypatch.setattr(cards, "ROOM_BYTES", round(1.2 * sum(sizes)))

    ask(third)

    assert kept() == {str(first.public_id), str(third.public_id)}

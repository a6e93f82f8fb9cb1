"""Somebody without a mouse goes over the map to what lies near home."""

import re

import pytest

MARKS, HTML = ".map a[aria-label]", "text/html; charset=utf-8"


def numbers_in(words):
    return [int(number) for number in re.findall(r"\d+", words)]


@pytest.mark.parametrize("width", [390])
@pytest.mark.parametrize("has_mouse", [False])
def test_the_map_leads_by_keyboard_to_a_thing_and_its_page(visitor):
    mila = visitor()
    mila.go("/karte")
    mila.heads("Karte")
    mila.unfold("Filter")
    mila.tick("Praktika", "Veranstaltungen", "Förderungen", "Angebote, denen")
    mila.fill("Ort oder PLZ", "Leipzig")
    mila.choose("Umkreis", "50 km")
    mila.press("Filter anwenden")
    mila.heads("Karte: rund um Leipzig")

    marks = mila.page.locator(MARKS)
    words = marks.first.get_attribute("aria-label")
    assert re.fullmatch(r"\d+ Angebote?", words)
    mila.follow(words)
    mila.reads("Ausschnitt der Karte")

    cards = mila.page.locator(".atlas .cards h3 a")
    assert cards.count() == min(20, *numbers_in(words))
    title = cards.first.inner_text()
    mila.follow(title)
    mila.heads(title)


@pytest.mark.parametrize("width", [1280])
@pytest.mark.parametrize("has_script", [False])
def test_a_town_takes_the_code_of_its_own_map(visitor):
    town = visitor()
    town.go("/karte?land=TH&ebene=veranstaltungen")
    town.follow("Diese Karte einbetten")
    town.heads("Karte einbetten")
    code = town.page.locator("textarea").input_value()

    # A page of somebody else, which has ours in a frame.
    page = f"<!doctype html><title>Stadt</title><h1>Unsere Stadt</h1>{code}"
    town.page.route(
        "**/stadt", lambda route: route.fulfill(body=page, content_type=HTML)
    )
    town.go("/stadt")

    frame = town.page.frame_locator("iframe")
    frame.get_by_text("MINT-Börse Mitteldeutschland").last.wait_for()
    assert frame.locator(MARKS).count() > 0
    assert town.context.cookies() == []

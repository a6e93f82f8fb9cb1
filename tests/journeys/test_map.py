"""Somebody without a mouse goes over the map to what lies near home."""

import re

import pytest

MARKS = ".map a[aria-label]"


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

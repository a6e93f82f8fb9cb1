"""Somebody without a mouse goes over the map to what lies near home."""

import re
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from marketplace.foundation.streets import streets_from

MARKS, HTML = ".map a[aria-label]", "text/html; charset=utf-8"
PICTURE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256">'
    b'<rect width="256" height="256" fill="#eee"/></svg>'
)


@contextmanager
def street_server():
    """Somebody else's pictures: each answer is noted with the page it came from."""
    asked = []

    class Pictures(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers["Referer"], self.headers["Cookie"]))
            self.send_response(200)
            self.send_header("Content-Type", "image/svg+xml")
            self.end_headers()
            self.wfile.write(PICTURE)

        def log_message(self, *_words):
            """Keeps the failures readable."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pictures)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


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


@pytest.mark.parametrize("width", [390])
@pytest.mark.parametrize("has_script", [False])
def test_a_number_of_the_map_leads_to_its_card_on_a_phone(visitor):
    mila = visitor()
    mila.go("/praktika")
    mila.follow("Karte")

    sign = mila.page.locator(".listing-map .map a").first
    anchor = sign.get_attribute("href")
    sign.click()

    card = mila.page.locator(f".card{anchor}:target")
    expect(card).to_be_in_viewport()
    assert card.evaluate("card => getComputedStyle(card).boxShadow") != "none"


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


@pytest.mark.parametrize("width", [1280])
@pytest.mark.parametrize("has_script", [False])
@pytest.mark.parametrize("has_mouse", [False])
def test_streets_come_after_a_click_and_stay_while_one_looks_around(visitor, site):
    with street_server() as (host, asked):
        address = f"http://{host}/{{z}}/{{x}}/{{y}}.svg"
        site.app.config["STREETS"] = streets_from(address, "© Kartenkreis")
        jo = visitor()
        jo.go("/karte")
        jo.reads_nothing_of("Kartenkreis")
        assert asked == []

        jo.follow(f"Karte mit Straßen laden: {host} erfährt dabei die IP-Adresse")
        jo.reads("© Kartenkreis")
        expect(jo.page.locator(".map-streets image").first).to_be_visible()
        jo.page.wait_for_load_state("networkidle")
        first = len(asked)
        assert first == jo.page.locator(".map-streets image").count()

        mark = jo.page.locator(MARKS).first
        jo.follow(mark.get_attribute("aria-label"))
        jo.reads("Ausschnitt der Karte", "© Kartenkreis")
        jo.page.wait_for_load_state("networkidle")
        assert len(asked) > first

        assert {tuple(rest) for _path, *rest in asked} == {
            (f"http://{site.host}/", None)
        }
        # Nothing else was asked of others, and a fresh visit asks nothing.
        foreign = {f"foreign request: http://{host}{path}" for path, *_rest in asked}
        assert set(jo.faults) == foreign
        jo.faults.clear()
        told = len(asked)
        jo.go("/karte")
        jo.reads_nothing_of("Kartenkreis")
        assert len(asked) == told

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from devtools.app_icons import draw
from marketplace.web.installation import PAPER, SURFACE

TOP = Path(__file__).parents[2]
TOKENS = (TOP / "static/css/tokens.css").read_text()


def token(name):
    return re.search(rf"--{name}: light-dark\((#\w+), (#\w+)\)", TOKENS).groups()


def test_colours_are_those_of_the_tokens():
    assert (SURFACE["light"], SURFACE["dark"]) == token("surface")
    assert token("paper")[0] == PAPER


def test_the_manifest_says_what_browsers_need_to_install(browser):
    answer = browser.get("/manifest.webmanifest")

    assert answer.content_type == "application/manifest+json"
    told = answer.json
    assert (told["start_url"], told["scope"], told["display"]) == (
        *("/", "/"),
        "standalone",
    )
    assert told["lang"] == "de"
    purposes = [icon["purpose"] for icon in told["icons"]]
    assert purposes == ["any", "any", "any", "maskable"]


def test_icons_are_there_in_the_size_they_tell(browser):
    icons = browser.get("/manifest.webmanifest").json["icons"]
    for icon in icons:
        answer = browser.get(icon["src"], buffered=True)
        assert answer.content_type.split(";")[0] == icon["type"]
        if icon["type"] == "image/png":
            side, _, _ = icon["sizes"].partition("x")
            size = Image.open(BytesIO(answer.get_data())).size
            assert size == (int(side), int(side))


def test_what_is_cut_off_an_icon_bears_nothing_of_the_mark():
    icon = draw(100, 0.52, ground="#2237b4", ink="#ffffff")
    edge = [(x, y) for x in range(100) for y in range(100) if _is_outside(x, y)]

    assert {icon.getpixel(point) for point in edge} == {(0x22, 0x37, 0xB4)}
    assert icon.getpixel((37, 37)) == (255, 255, 255)


def _is_outside(x, y):
    """Beyond the circle of 80 per cent that every shape leaves."""
    return (x - 49.5) ** 2 + (y - 49.5) ** 2 > 40**2


@pytest.mark.parametrize("address", ["/", "/praktika", "/offline"])
def test_each_page_names_manifest_icon_worker_and_colours(browser, address):
    page = browser.get(address).text

    assert 'rel="manifest" href="/manifest.webmanifest"' in page
    assert re.search(r'rel="apple-touch-icon" href="/static/built/app-touch', page)
    assert 'data-worker="/service-worker.js"' in page
    assert len(re.findall('name="theme-color"', page)) == 2


def test_a_chosen_theme_has_one_colour(browser):
    page = browser.get("/praktika?farben=dunkel").text

    assert '<meta name="theme-color" content="#171c3a">' in page


def test_the_worker_is_asked_for_anew_and_changes_with_the_build(browser):
    answer = browser.get("/service-worker.js")

    assert answer.content_type.startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert re.search(r"// /static/built/site(-\w+)?\.css\n$", answer.text)


def test_the_page_without_a_net_is_the_same_for_all(browser):
    answer = browser.get("/offline")

    assert "Set-Cookie" not in answer.headers
    assert '<template id="notice">' in answer.text
    assert "{time}" in answer.text


@pytest.mark.parametrize("address", ["/offline", "/berufe", "/gibt-es-nicht"])
def test_a_page_says_what_it_speaks(app, address):
    for asked, spoken in (("", "de"), ("?sprache=fr", "de"), ("?sprache=en", "en")):
        page = app.test_client().get(address + asked)
        assert page.headers["Content-Language"] == spoken, asked
        assert f'<html lang="{spoken}"' in page.text


def test_what_is_no_page_speaks_nothing(browser):
    assert "Content-Language" not in browser.get("/manifest.webmanifest").headers

import re
from html import unescape

import pytest

from marketplace.foundation.streets import streets_from
from tests.factories.postings import make_offer

ADDRESS = "https://tiles.example/{z}/{x}/{y}.png"
CREDIT = "© [Kartenkreis](https://kartenkreis.example/)"
OURS = {"Sec-Fetch-Site": "same-origin"}
PICTURE = re.compile(r'<image href="(https://tiles\.example/\d+/\d+/\d+\.png)"')
LINK = re.compile(r'<a [^>]*?href="([^"]+)"')
CODE = re.compile(r"<textarea.*?</textarea>", re.DOTALL)
PLAIN, WITH_HOST = (
    "img-src 'self' data:;",
    "img-src 'self' data: https://tiles.example;",
)
OFFER = "Karte mit Straßen laden: tiles.example erfährt dabei die IP-Adresse"


@pytest.fixture
def streets(app):
    app.config["STREETS"] = streets_from(ADDRESS, CREDIT)


def is_on_streets(page):
    """Whether it shows pictures; what allows them says the same, always."""
    policy = page.headers["Content-Security-Policy"]
    has_host = WITH_HOST in policy
    assert has_host or PLAIN in policy
    assert bool(PICTURE.search(page.text)) == has_host
    assert ("Kartenkreis</a>" in page.text) == has_host
    return has_host


def links(page):
    return [unescape(link) for link in LINK.findall(page.text)]


@pytest.mark.parametrize("asked", ["", "?strassen=ja", "?strassen=merken"])
@pytest.mark.parametrize("path", ["/karte", "/karte/einbetten"])
def test_without_the_setting_nothing_is_offered(browser, path, asked):
    page = browser.get(path + asked, headers=OURS)

    assert not is_on_streets(page)
    assert "Straßen" not in page.text
    assert browser.get_cookie("strassen") is None


@pytest.mark.parametrize("path", ["/karte", "/karte/einbetten"])
@pytest.mark.usefixtures("streets")
def test_streets_load_after_a_click_that_names_their_host(browser, path):
    make_offer(title="Labor", lat=51.34, lon=12.37)
    first = browser.get(path)
    assert not is_on_streets(first)
    assert OFFER in first.text

    page = browser.get(f"{path}?strassen=ja", headers=OURS)

    assert is_on_streets(page)
    assert page.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert OFFER not in page.text
    assert 'aria-label="1 Angebot"' in page.text
    assert 9 <= len(PICTURE.findall(page.text)) <= 24
    assert page.text.index("<image") < page.text.index("map-towns")
    assert not is_on_streets(browser.get(path))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "cross-site", "Referer": "http://localhost/karte"},
        {"Sec-Fetch-Site": "same-site"},
        {"Referer": "https://elsewhere.example/karte"},
        {"Referer": "http://localhost.example/karte"},
    ],
)
@pytest.mark.parametrize("wish", ["ja", "merken"])
@pytest.mark.usefixtures("streets")
def test_a_link_of_somebody_else_loads_nothing(browser, headers, wish):
    make_offer(lat=51.34, lon=12.37)

    page = browser.get(f"/karte?strassen={wish}", headers=headers)

    assert not is_on_streets(page)
    assert browser.get_cookie("strassen") is None
    leading = [link for link in links(page) if link.startswith("/karte")]
    assert leading
    assert not [link for link in leading if "strassen" in link]


@pytest.mark.usefixtures("streets")
def test_an_old_browser_tells_by_the_address_it_comes_from(browser):
    page = browser.get(
        "/karte?strassen=ja", headers={"Referer": "http://localhost/karte?land=SN"}
    )

    assert is_on_streets(page)


@pytest.mark.usefixtures("streets")
def test_links_of_the_map_stay_on_streets(browser):
    make_offer(lat=51.34, lon=12.37)

    page = browser.get("/karte?strassen=ja&ebene=angebote", headers=OURS)

    marks = [link for link in links(page) if "feld=" in link]
    whole = [
        link for link in links(page) if link == "/karte?ebene=angebote&strassen=ja"
    ]
    assert marks
    assert all("strassen=ja" in link for link in marks)
    assert whole
    assert '<input type="hidden" name="strassen" value="ja">' in page.text


@pytest.mark.usefixtures("streets")
def test_the_visit_remembers_only_when_asked(browser):
    browser.get("/karte?strassen=ja", headers=OURS)
    assert browser.get_cookie("strassen") is None

    answer = browser.get("/karte?strassen=merken", headers=OURS)

    assert is_on_streets(answer)
    [cookie] = answer.headers.getlist("Set-Cookie")
    assert cookie == "strassen=ja; HttpOnly; Path=/; SameSite=Lax"
    page = browser.get("/karte")
    assert is_on_streets(page)
    assert "Set-Cookie" not in page.headers
    assert not is_on_streets(browser.get("/karte?strassen=nein", headers=OURS))
    assert browser.get_cookie("strassen") is None
    assert not is_on_streets(browser.get("/karte"))


@pytest.mark.usefixtures("streets")
def test_a_frame_neither_keeps_nor_knows_what_was_kept(browser):
    answer = browser.get("/karte/einbetten?strassen=merken", headers=OURS)
    assert is_on_streets(answer)
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers

    browser.get("/karte?strassen=merken", headers=OURS)

    page = browser.get("/karte/einbetten")
    assert not is_on_streets(page)
    assert "merken" not in page.text
    assert 'target="_self"' in page.text


@pytest.mark.usefixtures("streets")
def test_what_others_embed_shows_no_streets_by_itself(browser):
    page = browser.get("/karte?strassen=ja&ebene=angebote", headers=OURS)
    [way] = [link for link in links(page) if link.startswith("/karte/weitergeben")]

    for address in (way, f"{way}&strassen=ja"):
        code = browser.get(address, headers=OURS)
        assert "/karte/einbetten?ebene=angebote" in unescape(code.text)
        assert "strassen" not in CODE.search(code.text)[0]


@pytest.mark.usefixtures("streets")
def test_no_other_page_allows_the_host(browser):
    offer = make_offer(lat=51.34, lon=12.37)
    browser.get("/karte?strassen=merken", headers=OURS)

    for path in (
        "/",
        "/angebote?strassen=ja",
        f"/karte/einbetten/{offer.public_id}?strassen=ja",
        "/weisse-flecken?strassen=ja",
    ):
        assert not is_on_streets(browser.get(path, headers=OURS))


@pytest.mark.parametrize("has_streets", [False, True])
def test_privacy_page_names_the_host(app, browser, has_streets):
    if has_streets:
        app.config["STREETS"] = streets_from(ADDRESS, CREDIT)

    page = browser.get("/datenschutz").text

    assert ("tiles.example" in page) == has_streets
    assert ("keine fremden Server" in page) != has_streets

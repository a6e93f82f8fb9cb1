from tests.factories.postings import make_offer


def test_ground_of_the_map_is_the_towns(browser):
    response = browser.get("/karte/orte.svg")

    assert response.mimetype == "image/svg+xml"
    assert 'id="towns"' in response.text
    assert "max-age" in response.headers["Cache-Control"]


def test_ground_is_sent_once(browser):
    tag = browser.get("/karte/orte.svg").headers["ETag"]

    again = browser.get("/karte/orte.svg", headers={"If-None-Match": tag})

    assert again.status_code == 304


def test_towns_are_suggested_while_typing(browser):
    assert "Leipzig" in browser.get("/orte?q=lei").json
    assert browser.get("/orte?q=").json == []


def test_place_glows_where_something_is_public(browser):
    make_offer()

    assert "map-glow" in browser.get("/").text

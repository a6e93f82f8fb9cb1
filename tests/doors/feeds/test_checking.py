"""A program that asks wrongly is told so; it would take an empty list for true."""

import html

import pytest

from tests.factories.postings import make_offer

LOST = (
    "Ort oder PLZ: „Jenna“ finden wir nicht. Bitte den Namen einer Stadt oder Gemeinde "
    "in Sachsen, Sachsen-Anhalt oder Thüringen eingeben."
)
TURNED = "Spätestens: Dieser Tag liegt vor dem frühesten. Bitte die Tage tauschen."


@pytest.mark.parametrize(
    ("address", "mistakes"),
    [
        ("/angebote.csv?ort=Jenna", [LOST]),
        ("/angebote.ics?ort=Jenna", [LOST]),
        ("/organisationen.geojson?ort=Jenna", [LOST]),
        ("/praktika.atom?von=2027-02-02&bis=2027-02-01", [TURNED]),
        (
            "/angebote.csv?thema=quatsch&thema=optics",
            ["Thema: „quatsch“ kennen wir hier nicht."],
        ),
        (
            "/veranstaltungen.ics?art=quatsch",
            ["Art: „quatsch“ kennen wir hier nicht."],
        ),
        (
            "/aktionen.csv?thema=quatsch&ort=Jenna",
            ["Thema: „quatsch“ kennen wir hier nicht."],
        ),
        (
            "/praktika.csv?ort=Jenna&art=quatsch",
            [LOST, "Art: „quatsch“ kennen wir hier nicht."],
        ),
    ],
)
def test_filter_that_does_not_fit_is_refused_with_its_reason(
    browser, address, mistakes
):
    answer = browser.get(address)

    assert answer.status_code == 422
    assert answer.content_type == "text/plain; charset=utf-8"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.text.splitlines() == ["Es gibt ein Problem", *mistakes]


@pytest.mark.parametrize(
    "query",
    [
        "thema=&art=&ort=&klasse=&von=",
        "thema=t&thema=optics&art=workshop",
        "sortierung=quatsch&ansicht=quatsch&nach=quatsch&utm_source=rathaus",
        "ort=Jena&umkreis=30&land=TH",
    ],
)
def test_filter_that_fits_or_is_empty_is_not_refused(browser, query):
    assert browser.get(f"/angebote.csv?{query}").status_code == 200


def test_page_says_the_same_words(browser):
    make_offer()

    page = html.unescape(browser.get("/angebote?ort=Jenna").text)
    told = browser.get("/angebote.csv?ort=Jenna").text

    assert "„Jenna“ finden wir nicht" in page
    assert "„Jenna“ finden wir nicht" in told

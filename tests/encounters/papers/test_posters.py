import pytest
import segno

from marketplace.postings.lives.enums import PostingState
from tests.factories.applications import make_place
from tests.factories.people import make_company, make_user
from tests.papers import Paper


def path(place):
    return f"/praktika/{place.public_id}/aushang.pdf"


def test_a_company_hangs_up_what_is_public(browser, place, boss):
    browser.sign_in(boss)
    paper = Paper(browser.get(path(place)).data)

    assert (paper.title, paper.language, paper.is_tagged, paper.page_count) == (
        "Aushang: Glas, das Licht lenkt",
        *("de-DE", True, 1),
    )
    told = (
        *("Praktikum bei Optik Jena", "Du schleifst eine Linse.", "07743 Jena"),
        *("1. bis 5. Februar 2027", f"/praktika/{place.public_id}"),
    )
    assert [words for words in told if words not in paper.text] == []
    assert "Beispiel" not in paper.text  # the surname of who looks after them


def test_its_code_opens_the_page_of_the_place(browser, place, boss):
    browser.sign_in(boss)
    paper = Paper(browser.get(path(place)).data)
    short = f"/praktika/{place.public_id}"
    printed = next(line for line in paper.text.splitlines() if short in line)

    matrix = segno.make_qr(f"http://{printed.strip()}").matrix
    assert paper.modules == tuple(bytes(row) for row in matrix)
    answer = browser.get(short, follow_redirects=True)
    assert (answer.status_code, place.title in answer.text) == (200, True)


def test_a_long_text_still_fits_on_one_page(browser, boss):
    place = make_place(
        organisation=make_company(founder=boss),
        title="Ein langer Titel, der über zwei Zeilen geht, und noch etwas mehr",
        description="Du prüfst Linsen und schreibst auf, was du siehst. " * 24,
    )
    browser.sign_in(boss)

    assert Paper(browser.get(path(place)).data).page_count == 1


@pytest.mark.parametrize("state", [PostingState.DRAFT, PostingState.PAUSED])
def test_what_is_not_open_has_no_poster(browser, boss, state):
    place = make_place(state, organisation=make_company(founder=boss))
    browser.sign_in(boss)

    assert browser.get(path(place)).status_code == 404


def test_nobody_prints_the_posters_of_others(browser, place):
    browser.sign_in(make_user())

    assert browser.get(path(place)).status_code == 404

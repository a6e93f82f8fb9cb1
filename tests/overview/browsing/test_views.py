import re

import pytest

from marketplace.encounters.watchlist.queries import bookmarks_of
from marketplace.foundation.database import transaction
from marketplace.postings.lives.enums import PostingState
from marketplace.region.topics.enums import Topic
from marketplace.upkeep.settings.enums import Setting
from tests.factories.internships import make_internship
from tests.factories.people import PASSWORD, make_company, make_pupil, make_user
from tests.factories.settings import set_to


def shown(browser, query=""):
    """The title of the one internship that is shown, or None."""
    page = browser.get(f"/stoebern{query}").text
    card = re.search(
        r'<article class="browse".*?<h2><a [^>]*>([^<]*)</a>', page, re.DOTALL
    )
    return card[1] if card else None


def say(browser, internship, answer, **form):
    address = f"/stoebern/{internship.public_id}/{answer}"
    return browser.post(address, data=form)


def liked_by(pupil):
    return [bookmark.internship.title for bookmark in bookmarks_of(pupil)]


def test_one_after_the_other_until_all_were_seen(browser):
    first, second = make_internship(title="Eins"), make_internship(title="Zwei")
    assert shown(browser) == "Zwei"

    say(browser, second, "weiter")
    assert shown(browser) == "Eins"

    say(browser, first, "merken")
    page = browser.get("/stoebern").text
    assert "Das waren alle" in page
    assert "Ein Praktikum gefällt dir" in page
    assert "Eins" in page


def test_from_the_beginning_and_one_back(browser):
    internship = make_internship(title="Eins")
    say(browser, internship, "merken")

    browser.post("/stoebern/zurueck")
    assert shown(browser) == "Eins"
    assert "gefällt dir" not in browser.get("/stoebern").text

    say(browser, internship, "weiter")
    browser.post("/stoebern/von-vorn")
    assert shown(browser) == "Eins"


def test_going_back_where_nothing_was_does_no_harm(browser):
    make_internship(title="Eins")

    assert browser.post("/stoebern/zurueck").status_code == 302
    assert shown(browser) == "Eins"


def test_what_a_pupil_likes_is_on_her_list(browser):
    pupil = make_pupil()
    internship = make_internship(title="Eins")
    browser.sign_in(pupil)

    answer = say(browser, internship, "merken")

    assert answer.status_code == 302
    assert liked_by(pupil) == ["Eins"]
    assert shown(browser) is None
    browser.post("/stoebern/zurueck")
    assert liked_by(pupil) == []


def test_what_is_on_her_list_is_not_shown_again(browser):
    pupil = make_pupil()
    internship = make_internship(title="Eins")
    browser.sign_in(pupil)
    browser.post(f"/merkliste/{internship.public_id}")

    assert shown(browser) is None


def test_what_a_guest_liked_is_taken_over_once_she_signs_in(browser):
    pupil = make_pupil()
    liked, gone = make_internship(title="Eins"), make_internship(title="Weg")
    say(browser, liked, "merken")
    say(browser, gone, "merken")
    browser.post("/anmelden", data={"email": pupil.email, "password": PASSWORD})
    assert "2 Praktika gefallen dir" in browser.get("/stoebern").text
    with transaction():
        gone.state = PostingState.ENDED
        gone.ended_at = gone.changed_at

    answer = browser.post("/stoebern/uebernehmen", follow_redirects=True)

    assert "Ein Praktikum steht auf deiner Merkliste." in answer.text
    assert liked_by(pupil) == ["Eins"]
    assert "gefällt dir" not in browser.get("/stoebern").text


def test_signing_out_forgets_it(browser):
    pupil = make_pupil()
    say(browser, make_internship(title="Eins"), "merken")
    browser.post("/anmelden", data={"email": pupil.email, "password": PASSWORD})
    browser.post("/abmelden")

    assert "gefällt dir" not in browser.get("/stoebern").text


def test_others_take_nothing_over(browser):
    browser.sign_in(make_user())

    assert browser.post("/stoebern/uebernehmen").status_code == 404


@pytest.mark.parametrize(
    "state", [PostingState.DRAFT, PostingState.PAUSED, PostingState.FROZEN]
)
def test_what_cannot_be_had_is_not_shown(browser, state):
    internship = make_internship(state)

    assert shown(browser) is None
    expected = 302 if state is PostingState.PAUSED else 404
    assert say(browser, internship, "merken").status_code == expected


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("?ort=Jena", "Nah"),
        ("?ort=Leipzig", "Fern"),
        ("?thema=water", "Fern"),
        ("?klasse=5", None),
        ("?klasse=9&thema=optics", "Nah"),
    ],
)
def test_filters_decide_what_is_shown_first(browser, query, title):
    make_internship(title="Nah")
    make_internship(
        title="Fern",
        organisation=make_company(town="Leipzig"),
        topics=frozenset({Topic.WATER}),
    )

    assert shown(browser, query) == title


def test_filters_stay_from_card_to_card(browser):
    internship = make_internship()

    answer = say(browser, internship, "weiter", ort="Jena", thema=["optics", "water"])

    assert answer.location == "/stoebern?ort=Jena&thema=optics&thema=water"


def test_way_is_guessed_honestly_and_the_timetable_linked(browser):
    make_internship(organisation=make_company(town="Erfurt"))

    page = browser.get("/stoebern?ort=Jena").text
    assert "39 km Luftlinie" in page
    assert "etwa 50 bis 110 Minuten mit Bus und Bahn" in page
    assert "Aus der Entfernung geschätzt" in page
    assert "Fahrplan ansehen" not in page

    set_to(Setting.TIMETABLE_PLANNER, "https://fahrplan.example/{von}/{nach}")

    page = browser.get("/stoebern?ort=Jena").text
    assert 'href="https://fahrplan.example/Jena/99084%20Erfurt"' in page


def test_a_pupil_begins_at_home_in_her_class(browser):
    make_internship(title="Nah", grade_from=9)
    make_internship(title="Später", grade_from=11)
    browser.sign_in(make_pupil(town="Jena", class_level=9))

    assert shown(browser) == "Nah"
    assert "0 km Luftlinie" in browser.get("/stoebern").text


def test_a_place_nobody_knows_is_said(browser):
    assert "„Atlantis“ finden wir nicht" in browser.get("/stoebern?ort=Atlantis").text


@pytest.mark.parametrize("count", [1, 30])
def test_asks_as_often_for_many_as_for_one(browser, queries, count):
    for k in range(count):
        make_internship(title=f"Woche {k}")
    browser.get("/stoebern?ort=Jena")
    queries.clear()

    browser.get("/stoebern?ort=Jena")

    assert len(queries) <= 11

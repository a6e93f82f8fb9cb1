from datetime import date

import pytest

from marketplace.foundation.database import db
from marketplace.postings.actions.enums import Standing
from marketplace.postings.actions.models import Action
from marketplace.region.topics.enums import Topic
from tests.factories.catalogue import make_action
from tests.factories.people import make_coordinator, make_user


def sent(action, **changes):
    states = ("saxony", "saxony_anhalt", "thuringia")
    form = {f"{state}-standing": "open" for state in states}
    return form | {"version": action.version} | changes


def test_list_shows_states_and_funding(browser):
    make_action("Lötbus", funding="Ein Betrieb zahlt.")

    page = browser.get("/aktionen").text

    assert "Lötbus" in page
    assert "Sachsen-Anhalt: offen" in page
    assert "Ein Betrieb zahlt." in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [("q=bach", False), ("q=bus", True), ("thema=t", True), ("thema=m", False)],
)
def test_list_is_filtered_by_its_address(browser, query, shown):
    make_action("Lötbus", topics=frozenset({Topic.ELECTRONICS}))

    page = browser.get(f"/aktionen?{query}").text

    assert ("Lötbus" in page) is shown
    assert ("Hier ist noch nichts" in page) is not shown


def test_list_goes_on_behind_twenty(browser):
    for k in range(21):
        make_action(f"Aktion {k:02}")

    page = browser.get("/aktionen").text
    rest = browser.get(page.split('rel="next" href="')[1].split('"')[0]).text

    assert ("Aktion 19" in page, "Aktion 20" in page) == (True, False)
    assert ("Aktion 19" in rest, "Aktion 20" in rest) == (False, True)


def test_number_of_queries_does_not_grow_with_the_list(browser, queries):
    make_action("Aktion")
    browser.get("/aktionen")
    queries.clear()
    browser.get("/aktionen")
    for_one = len(queries)
    for k in range(29):
        make_action(f"Aktion {k}")
    queries.clear()
    browser.get("/aktionen")

    assert (len(queries), for_one) == (3, 3)


def test_page_tells_all_and_where_it_comes_from(browser):
    action = make_action(
        material="Lötkolben\nLüfter", advice="Früh fragen.", as_of_text="2018"
    )

    page = browser.get(f"/aktionen/{action.public_id}").text

    assert "<li>Lüfter</li>" in page
    assert "Früh fragen." in page
    assert "Hinweis aus Erfundene Liste, Stand 2018, nicht bestätigt" in page
    assert "noch nicht" in page
    assert "/pruefen" not in page


def test_unknown_action_is_not_found(browser):
    assert browser.get("/aktionen/2222222222").status_code == 404


def test_office_checks_and_the_page_tells_so(browser):
    action = make_action()
    browser.sign_in(make_coordinator())
    address = f"/aktionen/{action.public_id}/pruefen"
    assert "Sachsen: Gibt es die Aktion dort?" in browser.get(address).text

    told = {"saxony-standing": "exists", "saxony-evidence": "Anruf"}
    answer = browser.post(address, data=sent(action, **told), follow_redirects=True)

    assert "Der Stand ist von heute" in answer.text
    assert "23.11.2026, Koordinationsstelle" in answer.text
    existence = db.session.get(Action, action.id).existences[0]
    assert existence.standing is Standing.EXISTS
    assert existence.checked_on == date(2026, 11, 23)


def test_second_of_two_sees_both_texts(browser):
    action = make_action(funding="alt")
    browser.sign_in(make_coordinator())
    form = sent(action, version=action.version - 1, funding="neu")

    answer = browser.post(f"/aktionen/{action.public_id}/pruefen", data=form)

    assert answer.status_code == 409
    assert ("neu" in answer.text, "alt" in answer.text) == (True, True)
    assert db.session.get(Action, action.id).funding == "alt"


def test_mistake_comes_back_with_every_entry(browser):
    action = make_action()
    browser.sign_in(make_coordinator())
    form = sent(action, **{"saxony-evidence": "x" * 301}, funding="bleibt")

    answer = browser.post(f"/aktionen/{action.public_id}/pruefen", data=form)

    assert answer.status_code == 422
    assert ("Es gibt ein Problem" in answer.text, "bleibt" in answer.text) == (
        True,
        True,
    )


def test_check_is_closed_to_others(browser):
    action = make_action()
    address = f"/aktionen/{action.public_id}/pruefen"

    guest = browser.get(address).status_code
    member = browser.sign_in(make_user()).get(address).status_code

    assert (guest, member) == (302, 404)

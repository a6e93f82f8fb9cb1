from datetime import date

import pytest
from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.postings.actions.enums import Standing
from marketplace.postings.actions.models import Action
from marketplace.postings.lives.models import PostingChange
from marketplace.region.topics.enums import Audience, Topic
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


def written(**changes):
    form = {
        "title": "Lötbus",
        "description": "Ein Bus kommt.",
        "audiences": [Audience.CLASS_7_8.value],
        "topics": [Topic.ELECTRONICS.value],
        "material": "Lötkolben\nLüfter",
    }
    return form | changes


def path_of(action, *parts):
    return "/".join(("/aktionen", action.public_id, *parts))


def only_one():
    return db.session.scalars(select(Action)).one()


def test_office_writes_and_nobody_else_sees_it_before_it_is_public(browser, app):
    browser.sign_in(make_coordinator())
    assert "/aktionen/neu" in browser.get("/aktionen").text

    page = browser.post("/aktionen/neu", data=written(), follow_redirects=True).text
    action = only_one()

    assert "<li>Lüfter</li>" in page
    assert "nicht öffentlich" in page
    assert "nicht öffentlich" in browser.get("/aktionen").text
    assert action.topics == frozenset({Topic.ELECTRONICS})
    public = [
        path_of(action),
        f"/teilen/aktionen/{action.public_id}",
        f"/bild/aktionen/{action.public_id}.png",
        f"/api/v1/actions/{action.public_id}",
    ]
    lists = ("/aktionen", "/aktionen.csv", "/aktionen.atom", "/api/v1/actions")
    guest = app.test_client()
    assert [guest.get(one).status_code for one in public] == [404] * 4
    assert [one for one in lists if "Lötbus" in guest.get(one).text] == []

    answer = browser.post(path_of(action, "veroeffentlichen"), follow_redirects=True)

    assert "Die Aktion ist öffentlich." in answer.text
    assert [guest.get(one).status_code for one in public] == [200] * 4
    assert [one for one in lists if "Lötbus" in guest.get(one).text] == list(lists)

    browser.post(path_of(action, "zurueckziehen"))

    assert guest.get(path_of(action)).status_code == 404


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Titel"),
        ({"topics": []}, "Themen"),
        ({"link": "kein Link"}, "Link"),
    ],
)
def test_what_is_wrong_comes_back_with_every_entry(browser, changes, sentence):
    browser.sign_in(make_coordinator())

    answer = browser.post("/aktionen/neu", data=written(**changes))

    assert answer.status_code == 422
    assert "Es gibt ein Problem" in answer.text
    assert sentence in answer.text
    assert "Ein Bus kommt." in answer.text
    assert db.session.scalars(select(Action)).all() == []


def test_office_changes_an_action_and_its_history_tells(browser):
    action = make_action(source="")
    browser.sign_in(make_coordinator())
    form = written(version=action.version, title="Lötzug")

    browser.post(path_of(action, "bearbeiten"), data=form)
    page = browser.get(path_of(action, "verlauf")).text

    assert only_one().title == "Lötzug"
    assert "Lötzug" in page
    assert "Lötbus auf dem Schulhof" in page


def test_of_two_at_once_the_second_sees_both_texts(browser):
    action = make_action(title="Lötbus")
    browser.sign_in(make_coordinator())
    form = written(version=action.version - 1, title="Lötzug")

    answer = browser.post(path_of(action, "bearbeiten"), data=form)

    assert answer.status_code == 409
    assert ("Lötzug" in answer.text, "Lötbus" in answer.text) == (True, True)
    assert only_one().title == "Lötbus"
    assert db.session.scalars(select(PostingChange)).all() == []


@pytest.mark.parametrize("part", ["bearbeiten", "verlauf"])
def test_others_find_no_way_to_change_an_action(browser, part):
    action = make_action()
    address = path_of(action, part)
    guest = browser.get(address).status_code
    browser.sign_in(make_user())

    assert (guest, browser.get(address).status_code) == (302, 404)
    assert browser.get("/aktionen/neu").status_code == 404
    assert browser.post(path_of(action, "zurueckziehen")).status_code == 404
    assert only_one().is_public

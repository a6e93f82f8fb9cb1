import pytest
from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.people.organisations.models import Organisation
from marketplace.postings.actions.models import Action
from marketplace.postings.internships.models import Internship
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.offers.models import Offer
from marketplace.postings.programmes.models import Programme
from marketplace.stewardship.imports.enums import HeldState
from marketplace.stewardship.imports.models import HeldRow
from tests.factories.people import make_coordinator, make_user
from tests.moments import NOON
from tests.stewardship.imports.conftest import counts

DESK = "/koordination/doppelt"
# Kind, model, two rows that are probably one, the column that differs, its new words.
TWINS = [
    (
        *("offers", Offer),
        ("Titel,Anbieter,Ort,Kosten", "L,Werk,Jena,frei", "L,Werk,Jena,5 Euro"),
        *("cost_text", "5 Euro"),
    ),
    (
        *("internships", Internship),
        ("Titel,Betrieb,Ort,Zeitraum", "L,Werk,Jena,Juni", "L,Werk,Jena,Mai"),
        *("period_text", "Mai"),
    ),
    (
        *("organisations", Organisation),
        ("Name,Ort,Website,Typ", "Werk,Jena,a.example,Verein", "Werk,Jena,b.example,"),
        *("website", "http://b.example"),
    ),
    (
        *("programmes", Programme),
        ("Name;Förderer;Wer kann beantragen", "A;B;Schulen", "A;B;Vereine"),
        *("who_can_apply", "Vereine"),
    ),
    (
        *("actions", Action),
        ("Titel;Beschreibung;Kosten", "A;B;wenig", "A;B;viel"),
        *("cost_text", "viel"),
    ),
]


@pytest.fixture
def desk(browser, towns):
    return browser.sign_in(make_coordinator())


def held():
    return db.session.scalars(select(HeldRow)).one()


def only(model):
    return db.session.scalars(select(model)).one()


@pytest.mark.parametrize(("kind", "model", "lines", "column", "words"), TWINS)
def test_chosen_words_of_the_row_win_and_it_stays_decided(
    desk, take, kind, model, lines, column, words
):
    assert counts(take(kind, *lines)) == {"created": 1, "held": 1}
    page = desk.get(f"{DESK}/{held().id}").text
    assert f'value="{column}"' in page
    link = page.split('">Schon da: ')[0].rpartition('href="')[2]
    assert desk.get(link).status_code == 200

    form = {"columns": [column]}
    answer = desk.post(f"{DESK}/{held().id}/dasselbe", data=form, follow_redirects=True)

    assert "Zusammengeführt." in answer.text
    assert getattr(only(model), column) == words
    assert held().state is HeldState.DISMISSED
    assert counts(take(kind, *lines)) == {"unchanged": 2}


@pytest.mark.parametrize(("kind", "model", "lines", "column", "words"), TWINS)
def test_what_is_something_else_is_taken_over(
    desk, take, kind, model, lines, column, words
):
    take(kind, *lines)

    desk.post(f"{DESK}/{held().id}/etwas-anderes")

    there = db.session.scalars(select(model).order_by(model.id)).all()
    assert len(there) == 2
    assert getattr(there[1], column) == words
    assert held().state is HeldState.TAKEN


def test_list_shows_what_waits_and_says_when_nothing_does(desk, take):
    assert "Alles erledigt" in desk.get(DESK).text
    take("offers", *TWINS[0][2])

    page = desk.get(DESK).text

    assert "vermutlich schon vorhanden" in page
    assert f"{DESK}/{held().id}" in page


def test_row_is_left_out(desk, take):
    take("offers", *TWINS[0][2])

    desk.post(f"{DESK}/{held().id}/weglassen")

    assert held().state is HeldState.DISMISSED
    assert "Entschieden" in desk.get(f"{DESK}/{held().id}").text


def test_nobody_decides_twice(desk, take):
    take("offers", *TWINS[0][2])
    desk.post(f"{DESK}/{held().id}/weglassen")

    acts = ("dasselbe", "etwas-anderes", "weglassen")
    codes = {desk.post(f"{DESK}/{held().id}/{act}").status_code for act in acts}

    assert codes == {409}


def test_what_an_organisation_keeps_is_not_written_over(desk, take):
    take("offers", *TWINS[0][2])
    with transaction():
        offer = only(Offer)
        offer.state, offer.published_at = PostingState.PUBLISHED, NOON
    page = desk.get(f"{DESK}/{held().id}").text
    assert "Den Eintrag pflegt jetzt eine Organisation." in page

    form = {"columns": ["cost_text"]}
    refused = desk.post(f"{DESK}/{held().id}/dasselbe", data=form)
    same = desk.post(f"{DESK}/{held().id}/dasselbe")

    assert (refused.status_code, same.status_code) == (409, 302)
    assert only(Offer).cost_text == "frei"


def test_person_tells_which_place_is_meant(desk, take):
    take("offers", "Titel,Ort,Land", "A,Neukirchen,SN")
    row = held()
    address = f"{DESK}/{row.id}"
    page = desk.get(address).text
    assert "Welcher Ort ist gemeint?" in page
    assert "Sachsen (6.900 Einwohner)" in page

    untold = desk.post(f"{address}/etwas-anderes")
    told = desk.post(f"{address}/etwas-anderes", data={"place": row.place_ids[1]})

    assert (untold.status_code, told.status_code) == (422, 302)
    assert "Wählen Sie einen Ort." in untold.text
    assert only(Offer).place_name == "Neukirchen"


def test_number_of_queries_does_not_grow_with_the_list(desk, take, queries):
    def count():
        queries.clear()
        desk.get(DESK)
        return len(queries)

    take("offers", *TWINS[0][2])
    desk.get(DESK)
    for_one = count()
    lines = [f"L,Werk,Jena,{k} Euro" for k in range(30)]
    take("offers", TWINS[0][2][0], *lines)

    assert count() == for_one


def test_queue_is_for_the_office_alone(browser, take):
    take("offers", *TWINS[0][2])
    address = f"{DESK}/{held().id}"

    assert browser.get(address).status_code == 302
    browser.sign_in(make_user())
    assert browser.get(address).status_code == 404
    assert browser.post(f"{address}/dasselbe").status_code == 404

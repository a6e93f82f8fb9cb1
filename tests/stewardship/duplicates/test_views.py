import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.postings.lives.enums import PostingState
from marketplace.stewardship.duplicates.enums import PairState
from marketplace.stewardship.duplicates.models import Pair
from tests.factories.applications import make_place
from tests.factories.people import (
    make_coordinator,
    make_member,
    make_organisation,
    make_pupil,
)
from tests.factories.postings import make_event, make_offer, make_sponsorship
from tests.stewardship.duplicates.test_services import pair_of, two_events

PAIRS = "/dubletten"


@pytest.fixture
def lab(app):
    return make_organisation()


@pytest.fixture
def two(lab):
    return two_events(lab, title="Labor offen", description="Neu")


@pytest.fixture
def pair(two):
    return pair_of(*two)


@pytest.fixture
def member(browser, lab):
    return browser.sign_in(make_member(lab))


def test_pair_is_shown_side_by_side(member, pair):
    assert f'href="{PAIRS}/{pair.public_id}"' in member.get(PAIRS).text

    page = member.get(f"{PAIRS}/{pair.public_id}").text

    assert "Offenes Labor" in page
    assert "Labor offen" in page
    assert 'name="fields" value="description"' in page


def test_merged_entry_leads_to_the_one_that_stays(member, pair, two):
    one, other = two
    form = {"survivor": one.public_id, "fields": ["description"]}

    answer = member.post(f"{PAIRS}/{pair.public_id}/zusammenfuehren", data=form)

    assert answer.location == f"/veranstaltungen/{one.public_id}-offenes-labor"
    assert one.description == "Neu"
    guest = member.application.test_client()
    moved = guest.get(f"/veranstaltungen/{other.public_id}-labor-offen")
    assert (moved.status_code, moved.location) == (301, answer.location)
    for address in ("/veranstaltungen", "/suche?q=Labor", "/veranstaltungen.csv"):
        assert other.public_id not in guest.get(address).text
    assert guest.get(f"/api/v1/events/{other.public_id}").status_code == 404
    assert "Offenes Labor" in guest.get("/veranstaltungen").text


def test_the_other_may_stay(member, pair, two):
    one, other = two
    address = f"{PAIRS}/{pair.public_id}"
    assert "Andersherum: „Labor offen“ bleibt" in member.get(address).text
    assert "Andersherum: „Offenes Labor“ bleibt" in (
        member.get(f"{address}?bleibt={other.public_id}").text
    )

    member.post(f"{address}/zusammenfuehren", data={"survivor": other.public_id})

    assert (one.state, other.state) == (PostingState.ARCHIVED, PostingState.PUBLISHED)


def test_one_must_be_chosen(member, pair, two):
    answer = member.post(f"{PAIRS}/{pair.public_id}/zusammenfuehren", data={})

    assert answer.status_code == 422
    assert "Wählen Sie den Eintrag, der bleibt." in answer.text
    assert two[1].state is PostingState.PUBLISHED


def test_two_are_kept_apart(member, pair):
    answer = member.post(f"{PAIRS}/{pair.public_id}/zweierlei")

    assert answer.location == PAIRS
    assert pair.state is PairState.APART
    assert "Nichts doppelt" in member.get(PAIRS).text


def test_decided_pair_is_refused(member, pair):
    member.post(f"{PAIRS}/{pair.public_id}/zweierlei")

    assert member.post(f"{PAIRS}/{pair.public_id}/zweierlei").status_code == 409
    assert "sind zweierlei" in member.get(f"{PAIRS}/{pair.public_id}").text


def test_office_decides_without_changing_words(browser, pair, two):
    browser.sign_in(make_coordinator())
    address = f"{PAIRS}/{pair.public_id}"
    page = browser.get(address).text
    assert "Nur die Organisation ändert sie." in page
    assert 'name="fields"' not in page
    form = {"survivor": two[0].public_id, "fields": ["description"]}
    assert browser.post(f"{address}/zusammenfuehren", data=form).status_code == 409

    form = {"survivor": two[0].public_id}
    assert browser.post(f"{address}/zusammenfuehren", data=form).status_code == 302

    assert two[1].state is PostingState.ARCHIVED


@pytest.mark.parametrize("act", ["/zusammenfuehren", "/zweierlei"])
def test_pair_of_others_is_not_there(browser, pair, two, act):
    address = f"{PAIRS}/{pair.public_id}"
    for person in (make_member(make_organisation()), make_pupil()):
        browser.sign_in(person)
        form = {"survivor": two[0].public_id}
        assert browser.get(address).status_code == 404
        assert browser.post(f"{address}{act}", data=form).status_code == 404
    assert pair.state is PairState.WAITING


def test_list_asks_as_often_for_many_pairs(browser, pair, lab, queries):
    browser.sign_in(make_coordinator())
    browser.get(PAIRS)
    queries.clear()
    browser.get(PAIRS)
    few = len(queries)
    for number in range(10):
        pair_of(*two_events(lab, title=f"Labor {number}"))
    queries.clear()

    page = browser.get(PAIRS).text

    assert len(queries) == few
    assert page.count("Vergleichen und entscheiden</a>") == 11


def test_list_says_what_tells_two_of_one_name_apart(browser, lab):
    hint = make_event(
        PostingState.LISTED,
        make_organisation(name="Stadt Jena"),
        title="Labor offen",
        source="https://jena.example/termine.csv",
        as_of=date(2025, 5, 4),
        starts_at=datetime(2026, 12, 6, 8, tzinfo=UTC),
        ends_at=None,
    )
    [own, _other] = two_events(lab, title="x")
    with transaction():
        own.title, hint.place_name = hint.title, "Gera"
    pair_of(own, hint)
    browser.sign_in(make_coordinator())

    rows = rows_of(browser.get(PAIRS).text)

    assert ["Organisation", lab.name, "Stadt Jena"] in rows
    assert ["Ort", "07743 Jena", "07743 Gera"] in rows
    assert ["Wann", "5. Dezember 2026", "6. Dezember 2026"] in rows
    assert ["Stand", own.state.label, hint.state.label] in rows
    words = "jena.example, Stand 4. Mai 2025"
    assert ["Quelle", "von der Organisation", words] in rows
    assert ["Nummer", own.public_id, hint.public_id] in rows
    assert "Titel" not in [row[0] for row in rows]


def test_page_of_a_pair_of_one_name_says_all_they_are_known_by(member, lab):
    one, other = two_events(lab)
    page = member.get(f"{PAIRS}/{pair_of(one, other).public_id}").text

    assert ["Organisation", lab.name, lab.name] in rows_of(page)
    assert ["Nummer", one.public_id, other.public_id] in rows_of(page)
    assert f"Andersherum: Nummer {other.public_id} bleibt" in page


def rows_of(page):
    cells = r"<tr><th[^>]*>(.*?)</th><td>(.*?)</td><td>(.*?)</td></tr>"
    return [list(row) for row in re.findall(cells, page)]


@pytest.mark.parametrize("make", [make_place, make_offer, make_sponsorship])
def test_many_pairs_of_a_kind_are_asked_for_at_once(browser, lab, queries, make):
    def asked(count):
        for _number in range(count):
            pair_of(*(make(organisation=lab) for _both in range(2)))
        browser.get(PAIRS)
        queries.clear()
        assert browser.get(PAIRS).status_code == 200
        return len(queries)

    browser.sign_in(make_coordinator())
    assert asked(1) == asked(5)


def test_pair_of_which_one_is_gone_is_not_there(member, pair, two):
    with transaction():
        db.session.delete(two[1])

    assert member.get(f"{PAIRS}/{pair.public_id}").status_code == 404
    assert member.get(PAIRS).status_code == 200
    assert db.session.scalars(select(Pair)).all() == [pair]

from datetime import UTC, datetime, timedelta

import pytest

from marketplace.encounters.watchlist.models import KeptEvent
from marketplace.encounters.watchlist.services import forget_list, forget_lists
from marketplace.encounters.watchlist.services import keep_event as keep
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.enums import Role
from marketplace.postings.lives.enums import PostingState
from tests.factories.people import make_pupil, make_user
from tests.factories.postings import make_event
from tests.moments import NOON

BEGINS = datetime(2026, 12, 5, 9, tzinfo=UTC)


@pytest.fixture
def event(app):
    return make_event(title="Lange Nacht der Sterne", starts_at=BEGINS, ends_at=None)


def kept():
    query = db.select(KeptEvent.user_id, KeptEvent.event_id)
    return sorted(tuple(row) for row in db.session.execute(query))


@pytest.mark.parametrize("role", [Role.PUPIL, Role.GUARDIAN, Role.MEMBER, Role.SCHOOL])
def test_one_button_keeps_and_one_takes_off_again(browser, event, role):
    person = make_pupil() if role is Role.PUPIL else make_user(role)
    browser.sign_in(person)
    here = f"/veranstaltungen/{event.public_id}-lange-nacht-der-sterne"
    assert "Merken" in browser.get(here).text

    for _twice in range(2):
        answer = browser.post(
            f"/merkliste/veranstaltungen/{event.public_id}", data={"weiter": here}
        )

    assert (answer.location, kept()) == (here, [(person.id, event.id)])
    assert "Gemerkt, wieder entfernen" in browser.get(here).text
    assert event.title in browser.get("/merkliste/veranstaltungen").text
    assert "/merkliste/veranstaltungen" in browser.get("/konto").text

    answer = browser.post(f"/merkliste/veranstaltungen/{event.public_id}/entfernen")
    assert (answer.location, kept()) == ("/merkliste/veranstaltungen", [])
    assert "Noch nichts gemerkt" in browser.get("/merkliste/veranstaltungen").text


def test_a_guest_signs_in_and_comes_back_to_the_button(browser, event):
    page = browser.get(f"/veranstaltungen/{event.public_id}", follow_redirects=True)
    key = f"{event.public_id}-lange-nacht-der-sterne"
    way = f"/merkliste/veranstaltungen/{key}/merken"
    assert f'href="{way}"' in page.text
    assert page.headers.get("Set-Cookie") is None
    assert browser.get(way).location == f"/anmelden?weiter={way}"

    browser.sign_in(make_pupil())

    assert "Auf die Merkliste" in browser.get(way).text
    assert kept() == []


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.JUROR])
def test_the_office_has_no_list(browser, event, role):
    browser.sign_in(make_user(role))

    assert browser.get("/merkliste/veranstaltungen").status_code == 404
    here = f"/merkliste/veranstaltungen/{event.public_id}"
    assert browser.post(here).status_code == 404
    page = browser.get(f"/veranstaltungen/{event.public_id}", follow_redirects=True)
    assert "Merken" not in page.text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"state": PostingState.FROZEN}, "Nicht mehr öffentlich."),
        ({"state": PostingState.ENDED}, "Vorbei."),
        ({"starts_at": NOON - timedelta(days=1), "ends_at": None}, "Vorbei."),
    ],
)
def test_what_is_gone_is_said_and_not_kept(browser, event, change, words):
    mia, here = make_pupil(), f"/merkliste/veranstaltungen/{event.public_id}"
    with transaction():
        keep(event, actor=mia, at=NOON)
        for name, value in change.items():
            setattr(event, name, value)
    browser.sign_in(mia)

    assert words in browser.get("/merkliste/veranstaltungen").text
    with pytest.raises(Refusal, match="vorbei oder nicht öffentlich"), transaction():
        keep(event, actor=make_pupil(), at=NOON)
    assert browser.get(f"{here}/merken").status_code == 404
    assert browser.post(f"{here}/entfernen").status_code == 302
    assert kept() == []


def test_a_list_is_full_at_some_point(event, monkeypatch):
    mia = make_pupil()
    monkeypatch.setattr("marketplace.encounters.watchlist.services.MOST", 1)
    with transaction():
        keep(event, actor=mia, at=NOON)

    with pytest.raises(Refusal, match="passen 1 Veranstaltungen"), transaction():
        keep(make_event(starts_at=BEGINS, ends_at=None), actor=mia, at=NOON)


def test_a_list_goes_with_its_person_and_after_a_year_without_her(event):
    mia, tim, eva = make_pupil(), make_pupil(), make_pupil()
    with transaction():
        for one in (mia, tim, eva):
            keep(event, actor=one, at=NOON)
        tim.signed_in_at = datetime(2025, 11, 23, 11, 59, tzinfo=UTC)

    with transaction():
        forget_list(mia.id)
        forget_lists(at=NOON)

    assert kept() == [(eva.id, event.id)]

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.postings.events.models import Event
from marketplace.postings.lives.enums import PostingState
from marketplace.stewardship.takeovers.models import Takeover
from marketplace.stewardship.takeovers.services import parts
from marketplace.upkeep.files.models import StoredFile
from marketplace.upkeep.jobs.jobs import run_due
from tests.factories.people import make_coordinator, make_member, make_organisation
from tests.factories.postings import make_event
from tests.stewardship.imports.conftest import handed_in
from tests.stewardship.takeovers.files import calendar, event

FILES = "/dateien"


@pytest.fixture
def lab(app):
    return make_organisation()


@pytest.fixture
def member(browser, lab):
    return browser.sign_in(make_member(lab))


def give(browser, content, name="kalender.ics"):
    return browser.post(FILES, **handed_in(content, name, kind="events"))


def events():
    return db.session.scalars(select(Event.title).order_by(Event.id)).all()


def test_file_goes_from_the_page_to_its_report(member):
    address = give(member, calendar(event(), event(uid="b@x", SUMMARY=""))).location
    page = member.get(address).text
    assert "noch ist nichts übernommen" in page
    assert "„Titel“ fehlt." in page
    assert events() == []

    answer = member.post(address, data={})

    assert answer.location == address
    page = member.get(address).text
    key = db.session.scalars(select(Event.public_id)).one()
    assert f'href="/veranstaltungen/{key}"' in page
    assert events() == ["Offenes Labor"]
    assert "kalender.ics" in member.get(FILES).text


def test_way_there_stands_beside_what_one_wrote(member):
    page = member.get("/veranstaltungen/meine").text

    assert 'href="/dateien?art=events"' in page
    assert 'value="offers" selected' not in member.get(f"{FILES}?art=events").text
    assert 'value="offers"' in member.get(f"{FILES}?art=offers").text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Die Datei ist leer."),
        (bytes(10 * 1024 * 1024), "Die Datei ist größer als 5 MB."),
        (b"%PDF-1.7\n1 0 obj\n", "Das ist keine Tabelle"),
        (b"[1, 2", "Diese JSON-Datei lässt sich nicht lesen."),
        (b"Ort\nJena\n", "fehlt die Spalte „Titel“"),
    ],
)
def test_bad_file_is_refused_at_its_field(member, content, words):
    answer = give(member, content)

    assert answer.status_code == 422
    assert words in answer.text
    assert db.session.scalars(select(StoredFile)).all() == []


def test_word_about_a_duplicate_is_asked_and_followed(member, lab):
    morning = datetime(2026, 12, 5, 8, tzinfo=UTC)
    make_event(organisation=lab, title="Offenes Labor", starts_at=morning, ends_at=None)
    address = give(member, calendar(event())).location
    page = member.get(address).text
    assert "Vermutlich gibt es ihn schon: Offenes Labor" in page

    member.post(address, data={"fate_1": "other", "submit": "y"})

    assert events() == ["Offenes Labor", "Offenes Labor"]


def test_page_shows_how_far_a_long_file_is(member, monkeypatch):
    monkeypatch.setattr(parts, "SECONDS", 0)
    address = give(member, calendar(event(), event(uid="b@x"))).location
    page = member.get(address).text
    assert "1 von 2 Einträgen sind angesehen." in page
    assert f'data-progress="{address}"' in page
    assert f'href="{address}">Stand neu laden' in page
    assert member.post(address, data={}).status_code == 409
    run_due()
    assert "noch ist nichts übernommen" in member.get(address).text

    member.post(address, data={})

    assert "1 von 2 Einträgen sind übernommen." in member.get(address).text
    assert f"{address}/verwerfen" not in member.get(address).text
    run_due()
    assert "Was daraus wurde" in member.get(address).text
    assert events() == ["Offenes Labor", "Offenes Labor"]


def test_file_is_seen_by_whoever_gave_it_until_it_is_taken_over(browser, lab):
    giver, colleague = make_member(lab), make_member(lab)
    browser.sign_in(giver)
    address = give(browser, calendar(event())).location
    browser.sign_in(colleague)
    assert browser.get(address).status_code == 404
    assert "kalender.ics" not in browser.get(FILES).text
    browser.sign_in(giver)
    browser.post(address, data={})

    browser.sign_in(colleague)

    assert browser.get(address).status_code == 200
    assert "kalender.ics" in browser.get(FILES).text


def test_discarded_file_leaves_nothing(member):
    address = give(member, calendar(event())).location

    answer = member.post(f"{address}/verwerfen")

    assert answer.location == FILES
    assert db.session.scalars(select(Takeover)).all() == []
    assert db.session.scalars(select(StoredFile)).all() == []


def test_what_vanished_rests_when_it_is_ticked(member):
    two = calendar(event(), event(uid="b@x", title="Zweites"))
    member.post(give(member, two).location, data={})
    gone = db.session.scalars(select(Event).where(Event.title == "Zweites")).one()
    with transaction():
        gone.state, gone.published_at = PostingState.PUBLISHED, gone.changed_at
    address = give(member, calendar(event())).location
    member.post(address, data={})
    assert "Nicht mehr in der Datei" in member.get(address).text

    answer = member.post(f"{address}/ruhen", data={"keys": [gone.public_id]})

    assert answer.location == address
    db.session.refresh(gone)
    assert gone.state is PostingState.PAUSED


@pytest.mark.parametrize("act", ["", "/verwerfen", "/ruhen"])
def test_file_of_others_is_not_there(browser, lab, act):
    browser.sign_in(make_member(lab))
    address = give(browser, calendar(event())).location
    other = make_member(make_organisation())

    for person in (other, make_coordinator()):
        browser.sign_in(person)
        assert browser.post(f"{address}{act}", data={}).status_code == 404
    assert events() == []


def test_second_taking_is_refused(member):
    address = give(member, calendar(event())).location
    member.post(address, data={})

    assert member.post(address, data={}).status_code == 409
    assert events() == ["Offenes Labor"]


def test_number_of_queries_does_not_grow_with_the_file(member, queries):
    def looked(count):
        many = [event(uid=f"{n}@x", title=f"Abend {n}") for n in range(count)]
        address = give(member, calendar(*many), name=f"{count}.ics").location
        queries.clear()
        assert member.get(address).status_code == 200
        return len(queries)

    assert looked(30) == looked(1)


def test_file_that_brings_nothing_new_has_nothing_to_take(member):
    first = give(member, calendar(event())).location
    assert ">Übernehmen</button>" in member.get(first).text
    member.post(first, data={})

    page = member.get(give(member, calendar(event())).location).text

    assert "Hier gibt es nichts zu übernehmen" in page
    assert ">Übernehmen</button>" not in page

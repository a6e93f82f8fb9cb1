"""What takes long is looked at and taken over in parts, which nothing can lose."""

import pytest
from sqlalchemy import func, select

from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.postings.events.models import Event
from marketplace.stewardship.takeovers import jobs
from marketplace.stewardship.takeovers.enums import TakeoverKind, TakeoverState
from marketplace.stewardship.takeovers.models import TakenEntry, Takeover
from marketplace.stewardship.takeovers.services import parts, taking
from marketplace.stewardship.takeovers.services.giving import (
    discard_file,
    give_file,
    take_file,
)
from marketplace.upkeep.files.models import StoredFile
from marketplace.upkeep.jobs.jobs import run_due
from marketplace.upkeep.jobs.models import Job
from marketplace.upkeep.mail.models import OutboxEntry
from tests.factories.people import make_member, make_organisation
from tests.moments import NOON

ROWS = (
    "Nr;Titel;Beginn\n"
    "1;Abend;05.12.2026\n2;Morgen;06.12.2026\n1;Nacht;07.12.2026\n4;;08.12.2026\n"
)
OUTCOMES = ["created", "created", "rejected", "rejected"]


@pytest.fixture(autouse=True)
def short_parts(app, monkeypatch):
    """Each part has time for one entry, and nothing else is due."""
    app.extensions["daily_works"] = app.extensions["often_works"] = ()
    monkeypatch.setattr(parts, "SECONDS", 0)


@pytest.fixture
def lab(app):
    return make_organisation()


@pytest.fixture
def member(lab):
    return make_member(lab)


@pytest.fixture
def given(lab, member):
    """A table of four rows, of which the first was looked at."""
    with transaction():
        return give_file(
            lab,
            ROWS.encode(),
            name="liste.csv",
            kind=TakeoverKind.EVENTS,
            actor=member,
            at=NOON,
        )


def take(takeover):
    with transaction():
        take_file(takeover, is_submitted=False, actor=takeover.given_by, at=NOON)


def die_in_a_part(takeover):
    with transaction():
        jobs.go_on({"takeover": takeover.id})
        assert number_of(Event) == 2
        raise SystemExit


def outcomes(takeover):
    return [item["outcome"] for item in takeover.items]


def number_of(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_look_goes_on_until_all_is_seen(given):
    assert given.state is TakeoverState.READING
    assert (given.done_count, given.entry_count) == (1, 4)

    run_due()

    assert given.state is TakeoverState.CHOSEN
    assert outcomes(given) == OUTCOMES
    assert given.items[2]["reason"] == (
        "Der Eintrag steht in der Datei schon weiter oben."
    )
    assert (number_of(Event), number_of(TakenEntry), number_of(StoredFile)) == (0, 0, 1)


def test_taking_goes_on_until_all_is_there(given):
    run_due()
    take(given)
    assert given.state is TakeoverState.TAKING
    assert (given.done_count, number_of(Event)) == (1, 1)

    run_due()

    assert given.state is TakeoverState.DONE
    assert outcomes(given) == OUTCOMES
    assert (number_of(Event), number_of(TakenEntry), number_of(StoredFile)) == (2, 2, 0)


def test_job_that_comes_twice_does_nothing_more(given):
    run_due()
    take(given)
    run_due()

    with transaction():
        jobs.go_on({"takeover": given.id})

    assert (given.done_count, number_of(Event)) == (4, 2)


def test_killed_worker_leaves_a_part_undone_and_the_next_goes_on(given):
    run_due()
    take(given)
    with pytest.raises(SystemExit):
        die_in_a_part(given)
    db.session.expire_all()
    assert (given.done_count, number_of(Event)) == (1, 1)

    run_due()

    assert given.state is TakeoverState.DONE
    assert (given.done_count, number_of(Event)) == (4, 2)


def test_nothing_is_taken_before_all_is_seen(given):
    with pytest.raises(Refusal, match="schon unterwegs"):
        take(given)
    assert number_of(Event) == 0


def test_file_is_thrown_away_unless_it_is_being_taken(given, member):
    with transaction():
        discard_file(given, actor=member, at=NOON)
    run_due()

    assert (number_of(Takeover), number_of(StoredFile)) == (0, 0)


def test_file_that_is_thrown_away_while_it_is_read_is_left_alone(
    given, member, monkeypatch
):
    plain = parts.read_again

    def read(takeover):
        entries = plain(takeover)
        with transaction():  # somebody else's
            discard_file(takeover, actor=member, at=NOON)
        return entries

    monkeypatch.setattr(parts, "read_again", read)
    with transaction():
        assert parts.go_on(given.id, at=NOON) is None

    assert (number_of(Takeover), number_of(StoredFile)) == (0, 0)


def test_file_that_is_being_taken_is_not_thrown_away(given, member):
    run_due()
    take(given)

    with pytest.raises(Refusal, match="schon unterwegs"), transaction():
        discard_file(given, actor=member, at=NOON)


def test_what_is_done_stands_where_its_giver_leaves(given):
    run_due()
    take(given)
    with transaction():
        given.given_by = None

    run_due()

    assert given.state is TakeoverState.DONE
    assert outcomes(given) == OUTCOMES[:1]
    assert (number_of(Event), number_of(StoredFile)) == (1, 0)


def test_entry_at_which_the_program_fails_is_set_aside_and_told(given, monkeypatch):
    run_due()
    right = taking.values_of

    def wrong(told, notes):
        if told.entry.get("title") == "Abend":
            raise ZeroDivisionError
        return right(told, notes)

    monkeypatch.setattr(taking, "values_of", wrong)
    take(given)
    run_due()

    assert outcomes(given) == ["rejected", *OUTCOMES[1:]]
    assert given.items[0]["reason"] == (
        "Hier ist unser Programm gescheitert. Wir sehen uns das an."
    )
    kinds = [entry.letter for entry in db.session.scalars(select(OutboxEntry))]
    assert kinds == ["alarm"]
    assert db.session.scalar(select(Job).where(Job.done_at.is_(None))) is None

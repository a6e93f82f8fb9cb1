"""While the office has frozen something, no deadline of its applications runs."""

from datetime import timedelta

import pytest

from marketplace.encounters.applications.enums import ApplicationState, DeclineCode
from marketplace.encounters.applications.jobs import keep_deadlines
from marketplace.encounters.applications.queries import unanswered_count
from marketplace.encounters.applications.services.answering import decline
from marketplace.encounters.applications.services.sending import confirm_place
from marketplace.foundation.clock import day_of, days_after, end_of
from marketplace.foundation.database import db, transaction
from marketplace.people.organisations.services.verifying import (
    freeze_organisation,
    thaw_organisation,
)
from marketplace.postings.internships.services import move_internship
from marketplace.postings.lives.enums import Act
from marketplace.upkeep.jobs.jobs import run_due
from marketplace.upkeep.mail.models import OutboxEntry
from tests.factories.applications import make_application
from tests.factories.people import make_coordinator
from tests.moments import NOON

OPEN, OFFERED = ApplicationState.OPEN, ApplicationState.OFFERED


@pytest.fixture
def coordinator(app):
    return make_coordinator()


@pytest.fixture(params=["organisation", "internship"])
def freezer(app, request, coordinator):
    """Freezes and thaws, the whole company or its posting alone, at a day."""

    def act(application, is_frozen, day):
        at = app.config["NOW"] = NOON + timedelta(days=day)
        internship = application.internship
        with transaction():
            if request.param == "organisation":
                do = freeze_organisation if is_frozen else thaw_organisation
                do(internship.organisation, actor=coordinator, at=at)
            else:
                step, words = (Act.FREEZE, "Meldung.") if is_frozen else (Act.THAW, "")
                move_internship(internship, step, actor=coordinator, at=at, words=words)
        run_due()

    return act


def keep(app, day):
    app.config["NOW"] = NOON + timedelta(days=day)
    with transaction():
        keep_deadlines({})


def make_due(state=OPEN, days=14, starts_in=60, **more):
    application = make_application(state, due_at=days_after(NOON, days), **more)
    with transaction():
        start = day_of(NOON) + timedelta(days=starts_in)
        application.period.starts_on = start
        application.period.ends_on = start + timedelta(days=4)
    return application


@pytest.mark.parametrize("state", [OPEN, OFFERED])
def test_nothing_lapses_while_frozen_and_the_days_come_back(app, freezer, state):
    application = make_due(state)

    freezer(application, is_frozen=True, day=10)
    assert application.stopped_at == NOON + timedelta(days=10)
    keep(app, 25)
    assert application.state is state
    freezer(application, is_frozen=False, day=30)

    assert application.stopped_at is None
    assert application.due_at == days_after(NOON, 34)
    assert application.stood_days == 20
    keep(app, 34)
    assert application.state is state
    keep(app, 35)
    assert application.state in {ApplicationState.UNANSWERED, ApplicationState.MISSED}


def thaw_without_letters(app, application, coordinator):
    """The office lets the company go on at day 30; the job has not run yet."""
    at = app.config["NOW"] = NOON + timedelta(days=30)
    with transaction():
        organisation = application.internship.organisation
        thaw_organisation(organisation, actor=coordinator, at=at)
    return at


@pytest.fixture
def stopped(app, coordinator):
    """Makes an application whose company was frozen on day 10 of 14."""

    def make(state):
        application = make_due(state, starts_in=70)  # holidays
        at = app.config["NOW"] = NOON + timedelta(days=10)
        with transaction():
            organisation = application.internship.organisation
            freeze_organisation(organisation, actor=coordinator, at=at)
        run_due()
        return application

    return make


@pytest.mark.parametrize("state", [OPEN, OFFERED])
def test_nothing_lapses_between_the_thaw_and_its_letters(
    app, coordinator, stopped, state
):
    application = stopped(state)
    thaw_without_letters(app, application, coordinator)

    keep(app, 30)
    assert (application.state, application.stopped_at) == (state, None)
    run_due()

    assert application.due_at == days_after(NOON, 34)
    assert application.stood_days == 20


def test_a_place_is_confirmed_between_the_thaw_and_its_letters(
    app, coordinator, stopped
):
    application = stopped(OFFERED)
    at = thaw_without_letters(app, application, coordinator)

    with transaction():
        confirm_place(application, actor=application.pupil, at=at)

    assert application.state is ApplicationState.CONFIRMED


def test_an_answer_between_the_thaw_and_its_letters_knows_what_stood(
    app, coordinator, stopped
):
    application = stopped(OPEN)
    at = thaw_without_letters(app, application, coordinator)

    with transaction():
        decline(application, DeclineCode.FULL, actor=coordinator, at=at)

    assert (application.stopped_at, application.stood_days) == (None, 20)


def test_days_never_come_back_beyond_the_eve(freezer):
    application = make_due(starts_in=30)

    freezer(application, is_frozen=True, day=1)
    freezer(application, is_frozen=False, day=25)

    assert application.due_at == end_of(day_of(NOON) + timedelta(days=29))


def test_what_is_frozen_into_its_first_day_ends_and_counts_for_nobody(
    app, freezer, outbox
):
    application = make_due(starts_in=15)
    freezer(application, is_frozen=True, day=1)
    before = len(outbox())

    keep(app, 15)

    assert application.state is ApplicationState.UNANSWERED
    assert outbox()[before:] == [(application.pupil.email, "application_unanswered")]
    assert unanswered_count(application.internship, NOON) == 0


def test_who_applied_is_told_and_reads_the_new_deadline(freezer, outbox):
    application = make_due()
    mine = application.pupil.email

    freezer(application, is_frozen=True, day=1)
    freezer(application, is_frozen=False, day=3)

    letters = [name for who, name in outbox() if who == mine]
    assert letters == ["application_posting_changed"] * 2
    newest = db.select(OutboxEntry).filter_by(recipient=mine).order_by(-OutboxEntry.id)
    context = db.session.scalars(newest).first().context
    assert context["due"] == "Mittwoch, 9. Dezember 2026"


def test_reminders_leave_out_the_days_that_stood(app, freezer):
    application = make_due()
    freezer(application, is_frozen=True, day=1)
    keep(app, 8)
    assert application.reminded_count == 0
    freezer(application, is_frozen=False, day=9)

    for day, count in [(14, 0), (15, 1), (19, 1), (20, 2)]:
        keep(app, day)
        assert application.reminded_count == count


def test_of_two_freezes_the_last_thaw_sets_the_clock_going(app, coordinator, outbox):
    application = make_due()
    internship = application.internship

    def at(day):
        app.config["NOW"] = NOON + timedelta(days=day)
        return {"actor": coordinator, "at": app.config["NOW"]}

    with transaction():
        move_internship(internship, Act.FREEZE, words="Meldung.", **at(1))
    run_due()
    with transaction():
        freeze_organisation(internship.organisation, **at(2))
    run_due()
    with transaction():
        move_internship(internship, Act.THAW, **at(3))
    run_due()
    assert application.stopped_at == NOON + timedelta(days=1)
    with transaction():
        thaw_organisation(internship.organisation, **at(5))
    run_due()

    assert (application.stopped_at, application.stood_days) == (None, 4)
    assert application.due_at == days_after(NOON, 18)
    mine = [name for who, name in outbox() if who == application.pupil.email]
    assert mine == ["application_posting_changed"] * 2


def test_a_guardian_s_clock_goes_on(app, freezer):
    application = make_due(ApplicationState.WAITING)
    freezer(application, is_frozen=True, day=1)

    keep(app, 15)

    assert application.state is ApplicationState.UNAPPROVED

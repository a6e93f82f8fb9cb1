from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.jobs import keep_deadlines
from marketplace.encounters.applications.services.deadlines import remind
from marketplace.foundation.database import db, transaction
from marketplace.postings.internships.services import move_internship
from marketplace.postings.lives.enums import Act
from marketplace.upkeep.jobs.jobs import run_due
from marketplace.upkeep.mail.models import LinkToken, OutboxEntry
from tests.factories.applications import (
    link_for,
    make_application,
    make_place,
    make_sent,
)
from tests.factories.people import make_coordinator
from tests.moments import NOON


def test_the_daily_round_twice_is_as_good_as_once(app, mia, place, letters):
    open_one = make_application(ApplicationState.OPEN, mia, place)
    app.config["NOW"] = NOON + timedelta(days=7)

    rounds = []
    for _number in range(2):
        with transaction():
            keep_deadlines({})
        rounds.append(len(letters()))

    assert (rounds, open_one.state) == ([1, 0], ApplicationState.OPEN)


@pytest.mark.parametrize("rows", [1, 30])
def test_a_quiet_round_costs_the_same_with_1_and_30_rows(app, company, queries, rows):
    place = make_place(organisation=company)
    for _number in range(rows):
        make_application(ApplicationState.OPEN, None, place)
    db.session.expunge_all()
    queries.clear()

    with transaction():
        reminded = remind(at=NOON + timedelta(days=1))

    # Those that wait at home, and those at companies with their approvals.
    assert (reminded, len(queries)) == (0, 3)


def test_the_worker_goes_the_daily_round(app, mia, place):
    offered = make_application(ApplicationState.OFFERED, mia, place)
    app.config["NOW"] = NOON + timedelta(days=15)

    run_due()

    assert offered.state is ApplicationState.MISSED


def test_where_it_was_sent_from_is_forgotten_after_a_day(app, mia, place):
    application = make_sent(mia, place)

    kept = []
    for hours in (24, 25):
        app.config["NOW"] = NOON + timedelta(hours=hours)
        with transaction():
            keep_deadlines({})
        db.session.refresh(application)
        kept.append(application.sent_from_hash is not None)

    assert kept == [True, False]


def test_what_lapsed_without_approval_tells_nothing_of_anybody(app, mia, place):
    application = make_sent(mia, place, holiday_days_used=3)
    link_for(application)
    app.config["NOW"] = NOON + timedelta(days=31)

    with transaction():
        keep_deadlines({})

    assert application.state is ApplicationState.UNAPPROVED
    emptied = {
        name: getattr(application, name)
        for name in (
            *("class_level", "school_kind", "school_name", "interests", "motivation"),
            *("question", "guardian_name", "guardian_email", "guardian_phone"),
            *("holiday_days_used", "sent_from_hash", "approval_code_hash"),
            *("school_code_hash", "approvals"),
        )
    }
    assert {name for name, value in emptied.items() if value} == set()
    assert db.session.scalars(db.select(LinkToken)).all() == []
    addresses = db.session.scalars(db.select(OutboxEntry.recipient)).all()
    assert set(addresses) == {mia.email}


def test_who_applied_is_told_of_a_freeze_and_who_declined_is_not(app, mia, place):
    underway = make_application(ApplicationState.OPEN, mia, place)
    over = make_application(ApplicationState.DECLINED, internship=place)
    office = make_coordinator()

    with transaction():
        move_internship(place, Act.FREEZE, actor=office, at=NOON, words="Meldung.")
    run_due()

    told = db.session.execute(
        select(OutboxEntry.recipient, OutboxEntry.letter).where(
            OutboxEntry.letter.startswith("application_posting_changed")
        )
    ).all()
    assert set(map(tuple, told)) == {
        (mia.email, "application_posting_changed"),
        (underway.guardian_email, "application_posting_changed_guardian"),
    }
    assert over.pupil.email not in {recipient for recipient, _letter in told}


@pytest.mark.parametrize(("count", "state"), [(2, "published"), (3, "paused")])
def test_three_without_an_answer_let_an_internship_rest(app, place, count, state):
    for _number in range(count):
        make_application(ApplicationState.OPEN, internship=place)
    app.config["NOW"] = NOON + timedelta(days=15)

    with transaction():
        keep_deadlines({})

    letters = db.session.scalars(select(OutboxEntry.letter)).all()
    assert place.state == state
    assert letters.count("posting_paused") == (count == 3)


def test_what_lapsed_before_the_last_confirmation_counts_no_more(app, place):
    for _number in range(2):
        make_application(ApplicationState.UNANSWERED, internship=place)
    make_application(ApplicationState.OPEN, internship=place)
    with transaction():
        place.confirmed_on = NOON.date()
    app.config["NOW"] = NOON + timedelta(days=15)

    with transaction():
        keep_deadlines({})

    assert place.state == "published"

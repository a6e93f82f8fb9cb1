"""Before the first day three things are dated; who forgets is reminded once."""

from datetime import date, datetime, timedelta

import pytest

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.papers.queries import instruction_of
from marketplace.encounters.papers.services.instructing import (
    Dates,
    note_dates,
    remind_of_dates,
)
from marketplace.foundation.clock import BERLIN
from marketplace.foundation.database import transaction
from marketplace.foundation.refusals import Refusal
from tests.factories.papers import make_placement
from tests.factories.people import make_pupil
from tests.moments import NOON

ALL = Dates(
    risks_assessed_on=date(2026, 11, 2),
    instructed_on=date(2026, 11, 23),
    guardians_told_on=date(2026, 11, 20),
)


def morning_of(month, day):
    return datetime(2027, month, day, 8, tzinfo=BERLIN)


def reminded(at):
    with transaction():
        return remind_of_dates(at=at)


def noted(application, boss, dates=ALL, at=NOON):
    with transaction():
        return note_dates(application, dates, actor=boss, at=at)


def test_the_company_is_reminded_three_days_before_and_once(application, boss, letters):
    assert reminded(morning_of(1, 28)) == 0
    assert reminded(morning_of(1, 29)) == 1
    assert letters() == [(boss.email, "instruction_missing")]
    assert reminded(morning_of(1, 30)) == 0


def test_whoever_has_dated_all_is_not_reminded(application, boss):
    noted(application, boss)

    assert reminded(morning_of(1, 31)) == 0


@pytest.mark.parametrize(("born_on", "count"), [(date(2008, 3, 1), 0), (None, 1)])
def test_of_age_no_guardian_is_told(place, mia, boss, born_on, count):
    pupil = make_pupil(born_on, class_level=12) if born_on else mia
    application = make_placement(pupil, internship=place)
    dates = Dates(
        risks_assessed_on=date(2026, 11, 2),
        instructed_on=date(2026, 11, 23),
        guardians_told_on=None,
    )
    noted(application, boss, dates)

    assert reminded(morning_of(1, 31)) == count


def test_dates_are_mended(application, boss):
    noted(application, boss)
    later = Dates(
        risks_assessed_on=date(2026, 11, 3),
        instructed_on=None,
        guardians_told_on=None,
    )
    instruction = noted(application, boss, later)

    assert instruction is instruction_of(application)
    assert (instruction.risks_assessed_on, instruction.instructed_on) == (
        date(2026, 11, 3),
        None,
    )


def test_nothing_is_dated_after_the_first_day(application, boss):
    with transaction():
        application.state = ApplicationState.RUNNING
    late = Dates(
        risks_assessed_on=None, instructed_on=date(2027, 2, 2), guardians_told_on=None
    )

    with pytest.raises(Refusal, match="nicht nach dem ersten Tag"):
        noted(application, boss, late, at=morning_of(2, 3))


def test_nothing_is_dated_for_a_place_that_was_given_back(application, boss):
    with transaction():
        application.state = ApplicationState.CANCELLED_BY_PUPIL

    with pytest.raises(Refusal, match="nichts mehr einzutragen"):
        noted(application, boss, at=NOON + timedelta(days=1))

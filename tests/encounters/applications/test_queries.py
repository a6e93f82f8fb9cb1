from datetime import date, timedelta

import pytest

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.queries import (
    application_by_code,
    usual_answer_days,
)
from marketplace.people.guardians.rules import adult_since
from tests.factories.applications import make_application
from tests.moments import NOON


@pytest.mark.parametrize(
    ("day", "since"),
    [
        (date(2026, 11, 24), date(2008, 11, 24)),
        (date(2028, 2, 29), date(2010, 2, 28)),
    ],
)
def test_whoever_was_born_by_then_is_of_age(day, since):
    assert adult_since(day) == since


@pytest.mark.parametrize(
    ("days", "usual"),
    [
        ([1, 2], None),
        ([1, 2, 9], 2),
        ([None, None, 3], 14),
        ([1, 2, 4, 9], 3),
        ([1, 2, 3, 9], 3),
        ([1, 1, 2, 2, 3, 9, 9, 9, 9, 9], 6),
    ],
)
def test_how_fast_a_company_answers_is_told_from_three_answers_on(place, days, usual):
    for number in days:
        state = ApplicationState.DECLINED if number else ApplicationState.UNANSWERED
        answered_at = NOON + timedelta(days=number) if number else None
        make_application(
            state, None, place, handed_over_at=NOON, answered_at=answered_at
        )

    assert usual_answer_days(place.organisation_id) == usual


def test_days_that_stood_are_no_days_of_an_answer(place):
    for stood in (20, 20, 0):
        make_application(
            ApplicationState.DECLINED,
            None,
            place,
            handed_over_at=NOON,
            answered_at=NOON + timedelta(days=22),
            stood_days=stood,
        )

    assert usual_answer_days(place.organisation_id) == 2


def test_a_code_of_nobody_finds_nothing(app):
    assert application_by_code("abcd-efgh-jkmn") is None

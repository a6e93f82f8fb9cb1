"""The boundary cases 30a and 30b, and how long the other ends are kept."""

from datetime import date, timedelta

import pytest

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import applications_to
from marketplace.encounters.applications.services.forgetting import (
    KEPT,
    at_rest_before,
    delete_applications,
)
from marketplace.foundation.database import db, transaction
from tests.factories.applications import make_application
from tests.moments import NOON


def left(application_id):
    return db.session.get(Application, application_id) is not None


def forget_on(day):
    with transaction():
        for state, days in KEPT.items():
            due = at_rest_before([state], day - timedelta(days=days))
            delete_applications(db.session.scalars(due).all())


@pytest.mark.parametrize(
    ("case", "day", "is_kept"),
    [("30a", date(2027, 5, 21), True), ("30b", date(2027, 5, 23), False)],
)
def test_a_refusal_is_hidden_at_once_and_kept_for_180_days(
    company, place, mia, case, day, is_kept
):
    declined = make_application(
        ApplicationState.DECLINED, mia, place, handed_over_at=NOON
    )
    number = declined.id
    seen = db.session.scalars(applications_to([company])).all()

    forget_on(day)

    assert (list(seen), left(number)) == ([], is_kept)


@pytest.mark.parametrize("state", ApplicationState)
def test_each_end_is_kept_as_long_as_the_table_says(app, state):
    number = make_application(state, due_at=None).id
    days = KEPT.get(state, 3000)

    kept = []
    for passed in (days - 1, days + 1):
        forget_on(NOON.date() + timedelta(days=passed))
        kept.append(left(number))

    assert kept == [True, state not in KEPT]

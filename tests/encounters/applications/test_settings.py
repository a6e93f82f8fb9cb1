"""Deadlines and limits of the office reach the applications."""

from datetime import timedelta

import pytest

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.services.answering import accept
from marketplace.encounters.applications.services.sending import hand_over
from marketplace.foundation.clock import days_after
from marketplace.foundation.database import transaction
from marketplace.foundation.refusals import Refusal
from marketplace.region.labour.enums import Basis
from marketplace.upkeep.settings.enums import Setting
from tests.factories.applications import (
    SCHOOL_WEEK,
    make_application,
    make_mia,
    make_place,
    make_sent,
)
from tests.factories.settings import set_to
from tests.moments import NOON


def test_most_live_applications(app):
    mia = make_mia()
    set_to(Setting.MOST_LIVE_APPLICATIONS, 1)
    make_application(ApplicationState.OPEN, mia)

    with pytest.raises(Refusal) as refused:
        make_sent(mia)

    assert refused.value.sentence.startswith("Mehr als eine Bewerbung zugleich")


def test_approval_days(app):
    set_to(Setting.APPROVAL_DAYS, 20)

    assert make_sent(make_mia()).due_at == days_after(NOON, 20)


def test_answer_days(app):
    set_to(Setting.ANSWER_DAYS, 21)

    application = make_application(ApplicationState.WAITING, make_mia())

    with transaction():
        hand_over(application, familiar=True, at=NOON)

    assert application.due_at == days_after(NOON, 21)


@pytest.mark.parametrize(
    ("setting", "days", "days_ahead"),
    [(Setting.CONFIRM_DAYS, 7, 60), (Setting.CONFIRM_DAYS_SOON, 1, 5)],
)
def test_days_to_confirm(app, setting, days, days_ahead):
    application = make_application(ApplicationState.OPEN, make_mia())
    at = _before(application, days_ahead)
    set_to(setting, days)

    with transaction():
        accept(application, actor=application.pupil, at=at)

    assert application.due_at == days_after(at, days)


def test_the_law_of_the_office_is_asked(app):
    set_to(Setting.SCHOOL_EVENT_MIN_AGE, 16)
    young = make_mia(born_on=NOON.date().replace(year=NOON.year - 15))

    with pytest.raises(Refusal) as refused:
        make_sent(young, make_place(week=SCHOOL_WEEK), basis=Basis.SCHOOL)

    assert "16" in refused.value.sentence


def _before(application, days):
    first = application.period.starts_on
    return NOON + (first - NOON.date()) - timedelta(days=days)

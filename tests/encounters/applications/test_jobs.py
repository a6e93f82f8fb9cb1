from datetime import timedelta

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.jobs import keep_deadlines
from marketplace.foundation.database import transaction
from marketplace.upkeep.jobs.jobs import run_due
from tests.factories.applications import make_application
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


def test_the_worker_goes_the_daily_round(app, mia, place):
    offered = make_application(ApplicationState.OFFERED, mia, place)
    app.config["NOW"] = NOON + timedelta(days=15)

    run_due()

    assert offered.state is ApplicationState.MISSED

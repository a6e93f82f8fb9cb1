from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.encounters.applications.machine import Lives


def test_whatever_people_do_nothing_breaks(app):
    class Here(Lives):
        pass

    Here.app = app
    run_state_machine_as_test(
        Here,
        settings=settings(
            deadline=None,
            max_examples=20,
            stateful_step_count=30,
            suppress_health_check=list(HealthCheck),
        ),
    )

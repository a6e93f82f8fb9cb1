"""A thousand runs of fifty steps through the lives of applications."""

import importlib

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.encounters.applications.machine import Lives
from tests.region.labour import test_properties

RUNS, STEPS = 1000, 50


def test_a_thousand_runs_break_nothing(app):
    class Here(Lives):
        pass

    Here.app = app
    run_state_machine_as_test(
        Here,
        settings=settings(
            deadline=None,
            max_examples=RUNS,
            stateful_step_count=STEPS,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_thousand_plans_keep_every_property():
    settings.register_profile("figures", max_examples=RUNS)
    settings.load_profile("figures")
    try:
        claims = vars(importlib.reload(test_properties))
    finally:
        settings.load_profile("default")

    for name, claim in claims.items():
        if name.startswith("test_"):
            claim()

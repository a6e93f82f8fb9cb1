from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from marketplace.encounters.applications.enums import MOVES, ApplicationState
from tests.encounters.applications.letters import BY_SIDE, LETTERS
from tests.encounters.applications.machine import Lives

S = ApplicationState
# Nobody else knew of it, or everybody has been told the day before.
SILENT = {(S.DRAFT, S.WITHDRAWN), (S.WAITING, S.WITHDRAWN), (S.CONFIRMED, S.RUNNING)}


def test_every_step_of_the_table_has_its_letters_counted():
    steps = {(start, move.to) for (start, _act), move in MOVES.items()}
    written = {step for step, letters in LETTERS.items() if letters}
    written |= {step for step in steps for end, _side in BY_SIDE if step[1] is end}

    assert steps - written == SILENT


def test_whatever_people_do_nothing_breaks(app):
    class Here(Lives):
        pass

    Here.app = app
    run_state_machine_as_test(
        Here,
        settings=settings(
            deadline=None,
            max_examples=20,
            stateful_step_count=20,
            suppress_health_check=list(HealthCheck),
        ),
    )

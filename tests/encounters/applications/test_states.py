import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.encounters.applications.enums import (
    HANDED_OVER,
    LIVE,
    MOVES,
    Act,
    ApplicationState,
    Side,
)
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.rules import can_move
from marketplace.encounters.applications.services.moving import move
from marketplace.foundation.database import db
from marketplace.foundation.refusals import Refusal
from tests.factories.applications import make_application
from tests.moments import NOON

S = ApplicationState
# Where nobody but the program, or nobody at all, goes on.
ENDS = {state for state in S if not any(start is state for start, _act in MOVES)}


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("act", Act)
def test_each_side_may_what_the_table_says(side, act):
    allowed = {state for state in S if can_move(side, Application(state=state), act)}

    assert allowed == {
        start for (start, name), to in MOVES.items() if name is act and side in to.by
    }


@pytest.mark.parametrize("state", S)
def test_a_company_moves_only_what_was_handed_over(state):
    acts = [act for act in Act if can_move(Side.COMPANY, Application(state=state), act)]

    assert acts == [] or state in HANDED_OVER


def test_nobody_leaves_an_end():
    assert {S.DECLINED, S.UNANSWERED, S.MISSED, S.WITHDRAWN, S.UNAPPROVED} <= ENDS
    assert ENDS.isdisjoint(LIVE)


def test_every_state_that_is_used_is_reached():
    reached = {to.to for to in MOVES.values()} | {S.DRAFT}
    told_by_more = {S.CANCELLED_BY_COMPANY, S.PARTLY, S.EXCUSED, S.NO_SHOW}

    assert reached | told_by_more == set(S)


@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(st.tuples(st.sampled_from(Act), st.sampled_from(Side))))
def test_a_walk_never_leaves_the_table(app, steps):
    application = make_application(S.DRAFT)
    for act, side in steps:
        before = application.state
        step = MOVES.get((before, act))
        try:
            move(application, act, side=side, actor=application.pupil, at=NOON)
        except Refusal:
            assert step is None or side not in step.by
            assert application.state is before
        else:
            assert (application.state, side in step.by) == (step.to, True)
    db.session.rollback()

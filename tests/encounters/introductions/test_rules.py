"""Every act in every state by every side: only the arrows of the table succeed."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as some

from marketplace.encounters.introductions.enums import (
    LIVE,
    MOVES,
    Act,
    IntroductionState,
    Side,
)
from marketplace.encounters.introductions.models import Introduction
from marketplace.encounters.introductions.rules import can_act, has_agreed
from tests.moments import NOON

STEPS = some.tuples(some.sampled_from(list(Side)), some.sampled_from(list(Act)))
BOTH = (Side.PROVIDER, Side.COMPANY)


def begun(proposed_by):
    """An introduction as its proposal leaves it, without a database."""
    state = IntroductionState.OPEN
    if proposed_by in BOTH:
        state = IntroductionState.HALF
    return Introduction(
        state=state,
        proposed_by=proposed_by,
        provider_ok_at=NOON if proposed_by is Side.PROVIDER else None,
        company_ok_at=NOON if proposed_by is Side.COMPANY else None,
        due_at=NOON + timedelta(days=14),
    )


def take(introduction, side, act):
    """Takes a step as the services do, if the rule allows it."""
    if not can_act(side, introduction, act):
        return False
    if act is Act.AGREE:
        name = "provider_ok_at" if side is Side.PROVIDER else "company_ok_at"
        setattr(introduction, name, NOON)
    introduction.state = MOVES[introduction.state, act].to
    return True


@given(
    some.sampled_from([*BOTH, Side.COORDINATION]),
    some.lists(
        some.tuples(some.sampled_from(list(Side)), some.sampled_from(list(Act)))
    ),
)
def test_whatever_happens_contacts_open_only_after_two_yeses(proposed_by, steps):
    introduction = begun(proposed_by)

    for side, act in steps:
        before = introduction.state
        moved = take(introduction, side, act)
        agreed = [one for one in BOTH if has_agreed(introduction, one)]
        assert moved is False or before in LIVE
        assert (introduction.state is IntroductionState.OPEN) <= (agreed == [])
        assert (introduction.state is IntroductionState.AGREED) <= (len(agreed) == 2)


def test_the_table_of_acts_states_and_sides_is_this_one():
    allowed = {
        (state, act, side)
        for state in IntroductionState
        for act in Act
        for side in Side
        for introduction in [begun(Side.PROVIDER)]
        if not setattr(introduction, "state", state)
        and can_act(side, introduction, act)
    }

    # The provider has agreed here.
    assert allowed == {
        (state, act, side)
        for state in LIVE
        for act, side in (
            (Act.AGREE, Side.COMPANY),
            (Act.DECLINE, Side.COMPANY),
            (Act.WITHDRAW, Side.COORDINATION),
            (Act.EXPIRE, Side.PROGRAM),
        )
    } | {(IntroductionState.HALF, Act.WITHDRAW, Side.PROVIDER)}

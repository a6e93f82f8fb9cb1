from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.encounters.applications.enums import (
    HANDED_OVER,
    LIVE,
    MOVES,
    Act,
    ApplicationState,
    ApprovalWay,
    CancelCode,
    DeclineCode,
    Side,
)
from marketplace.encounters.applications.jobs import keep_deadlines
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.rules import can_move
from marketplace.encounters.applications.services.answering import (
    accept,
    decline,
    put_on_list,
)
from marketplace.encounters.applications.services.approving import (
    grant_approval,
    refuse_approval,
    refuse_held,
    release_held,
)
from marketplace.encounters.applications.services.ending import cancel
from marketplace.encounters.applications.services.holding import Signature
from marketplace.encounters.applications.services.lifting import lift_refusal
from marketplace.encounters.applications.services.moving import move
from marketplace.encounters.applications.services.sending import (
    confirm_oneself,
    confirm_place,
    send_application,
    withdraw,
)
from marketplace.encounters.attendances.jobs import follow_days
from marketplace.encounters.attendances.services.breaking import break_off
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from tests.factories.applications import KEY, PARENT, make_application
from tests.moments import NOON

S = ApplicationState
# Where nobody but the program, or nobody at all, goes on.
ENDS = {state for state in S if not any(start is state for start, _act in MOVES)}


# Who may take which step from where, and where it leads (lives of things, 3).
FAMILY, ALL_THREE = {"pupil", "guardian"}, {"pupil", "guardian", "company"}
TABLE = {
    ("draft", "send"): ("waiting", {"pupil"}),
    ("waiting", "approve"): ("open", {"guardian", "school", "coordination"}),
    ("waiting", "release"): ("open", {"coordination"}),
    ("waiting", "refuse"): ("refused", {"guardian", "coordination"}),
    ("refused", "lift"): ("waiting", {"guardian", "coordination"}),
    ("waiting", "confirm_oneself"): ("open", {"pupil"}),
    ("waiting", "lapse"): ("unapproved", {"program"}),
    ("open", "accept"): ("offered", {"company"}),
    ("open", "put_on_list"): ("waitlisted", {"company", "program"}),
    ("open", "decline"): ("declined", {"company"}),
    ("waitlisted", "decline"): ("declined", {"company"}),
    ("open", "lapse"): ("unanswered", {"program"}),
    ("offered", "confirm"): ("confirmed", {"pupil"}),
    ("offered", "lapse"): ("missed", {"program"}),
    ("draft", "withdraw"): ("withdrawn", FAMILY),
    ("waiting", "withdraw"): ("withdrawn", FAMILY),
    ("open", "withdraw"): ("withdrawn", FAMILY),
    ("offered", "withdraw"): ("withdrawn", FAMILY),
    ("waitlisted", "withdraw"): ("withdrawn", FAMILY),
    ("waitlisted", "move_up"): ("offered", {"program"}),
    ("waitlisted", "lapse"): ("declined", {"program"}),
    ("offered", "cancel"): ("cancelled_by_pupil", ALL_THREE),
    ("confirmed", "cancel"): ("cancelled_by_pupil", ALL_THREE),
    ("confirmed", "begin"): ("running", {"program"}),
    ("running", "break_off"): ("broken_off", ALL_THREE),
    ("running", "finish"): ("attended", {"program"}),
}


def test_the_table_is_that_of_the_lives():
    said = {key: (move.to, set(move.by)) for key, move in MOVES.items()}

    assert said == TABLE


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("act", Act)
def test_each_side_may_what_the_table_says(side, act):
    allowed = {state for state in S if can_move(side, Application(state=state), act)}

    assert allowed == {
        start
        for (start, name), (_to, by) in TABLE.items()
        if name == act and side in by
    }


LATER = NOON + timedelta(hours=3)
YES = Signature(way=ApprovalWay.LETTER, name="Ute Muster", address=PARENT)


def send(it, who):
    send_application(it, actor=it.pupil, sent_from="192.0.2.7", key=KEY, at=LATER)


def confirm_as_adult(it, who):
    it.pupil.pupil.birth_on = date(2008, 11, 1)
    confirm_oneself(it, actor=it.pupil, at=LATER)


def keep_on_the_list(it, who):
    it.period.taken_count = it.period.place_count
    put_on_list(it, actor=who, at=LATER)


def release(it, who):
    it.is_held = True
    release_held(it, actor=who, at=LATER)


def stop(it, who):
    it.is_held = True
    refuse_held(it, actor=who, at=LATER)


def lift(it, who):
    lift_refusal(it, side=Side.COORDINATION, actor=who, at=LATER)


def cancel_as(side, code=CancelCode.ILL):
    return lambda it, who: cancel(it, code, side=side, actor=who, at=LATER)


def break_off_as(side, code=CancelCode.ILL):
    return lambda it, who: break_off(it, code, side=side, actor=who, at=LATER)


def withdraw_as(side):
    return lambda it, who: withdraw(it, side=side, actor=who, at=LATER)


# What people do, and where it leads from which state; from all others nowhere.
YOUNG = ("draft", "waiting", "open", "offered", "waitlisted")
DEEDS = [
    (send, {"draft": "waiting"}),
    (lambda it, _who: grant_approval(it, YES, at=LATER), {"waiting": "open"}),
    (lambda it, _who: refuse_approval(it, YES, at=LATER), {"waiting": "refused"}),
    (release, {"waiting": "open"}),
    (stop, {"waiting": "refused"}),
    (lift, {"refused": "waiting"}),
    (confirm_as_adult, {"waiting": "open"}),
    (lambda it, who: accept(it, actor=who, at=LATER), {"open": "offered"}),
    (keep_on_the_list, {"open": "waitlisted"}),
    (
        lambda it, who: decline(it, DeclineCode.DATES, actor=who, at=LATER),
        {"open": "declined", "waitlisted": "declined"},
    ),
    (
        lambda it, _who: confirm_place(it, actor=it.pupil, at=LATER),
        {"offered": "confirmed"},
    ),
    (withdraw_as(Side.PUPIL), dict.fromkeys(YOUNG, "withdrawn")),
    (withdraw_as(Side.GUARDIAN), dict.fromkeys(YOUNG, "withdrawn")),
    (
        cancel_as(Side.GUARDIAN),
        dict.fromkeys(("offered", "confirmed"), "cancelled_by_pupil"),
    ),
    (
        cancel_as(Side.COMPANY, CancelCode.COMPANY_REASON),
        dict.fromkeys(("offered", "confirmed"), "cancelled_by_company"),
    ),
    (break_off_as(Side.PUPIL), {"running": "broken_off"}),
    (break_off_as(Side.COMPANY, CancelCode.RULE_BROKEN), {"running": "broken_off"}),
]


@pytest.mark.parametrize(("deed", "ways"), DEEDS)
def test_a_deed_leads_where_the_table_says_and_nowhere_else(
    app, coordinator, deed, ways
):
    went = {}
    for state in S:
        application = make_application(state)
        with suppress(Refusal), transaction():
            deed(application, coordinator)
        if application.state is not state:
            went[state] = application.state

    assert went == ways


# After the deadlines, and from the first day of the period on.
OVERDUE = {"waiting": "unapproved", "open": "unanswered", "offered": "missed"}
BEGUN = {"confirmed": "running", "waitlisted": "declined"}


@pytest.mark.parametrize(
    ("days", "ways"),
    [
        (31, OVERDUE),
        (70, OVERDUE | BEGUN),
        (75, OVERDUE | BEGUN | {"running": "attended"}),
    ],
)
def test_the_clock_leads_where_the_table_says(app, days, ways):
    rows = {state: make_application(state) for state in S}
    app.config["NOW"] = NOON + timedelta(days=days)

    with transaction():
        keep_deadlines({})
        follow_days({})

    went = {state: it.state for state, it in rows.items() if it.state is not state}
    assert went == ways


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

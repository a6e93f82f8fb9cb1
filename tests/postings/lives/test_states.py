import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.postings.lives.enums import MOVES, Act, PostingState, Side
from marketplace.postings.lives.services import delete_posting
from marketplace.upkeep.mail.models import OutboxEntry
from tests.factories.people import make_company, make_user
from tests.moments import NOON
from tests.postings.lives.arrows import ACTS, ARROWS, BY_ITSELF, LAST

IN_LISTS = {"published", "paused", "filled"}
STEPS = st.lists(
    st.tuples(
        st.sampled_from(ACTS), st.sampled_from(["member", "office", "other", "program"])
    ),
    max_size=10,
)


@pytest.fixture
def other(app):
    person = make_user()
    make_company(person)
    return person


def take(kind, posting, act, person):
    """One step, kept or rolled back as a request would."""
    with transaction():
        if act == "delete":
            delete_posting(posting, actor=person, at=NOON)
        elif act == "copy":
            kind.copy(posting, actor=person, at=NOON)
        else:
            kind.move(posting, Act(act), actor=person, at=NOON, words="Wo?")


def letters():
    return list(db.session.scalars(select(OutboxEntry.letter).order_by(OutboxEntry.id)))


def assert_is_whole(posting, origin):
    """What holds in every state, whichever way led there."""
    state = posting.state
    assert posting.is_in_lists == (state in IN_LISTS)
    assert (posting.frozen_from is not None) == (state == "frozen")
    was_over = "ended" in (state, posting.frozen_from)
    assert (posting.ended_at is not None) == was_over
    if origin == "draft":
        is_public = state not in {"draft", "submitted"}
        assert (posting.published_at is not None) == is_public
        assert (posting.approved_at is not None) == is_public


# The examples share a database, which is fine: each makes its own posting.
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=40,
)
@given(origin=st.sampled_from(["draft", "listed"]), steps=STEPS)
def test_a_posting_walks_the_arrows_and_nothing_else(
    kind, member, coordinator, other, origin, steps
):
    people = {"member": member, "office": coordinator, "other": other, "program": None}
    posting = kind.make(PostingState(origin), make_company(member))

    for act, who in steps:
        before, sent = posting.state.value, letters()
        by, to, letter = ARROWS.get((before, act), ("nobody", None, None))
        is_allowed = who == by or (who == "program" and (before, act) in BY_ITSELF)
        to = posting.frozen_from if to == "back" else to
        try:
            take(kind, posting, act, people[who])
        except Refusal:
            assert (is_allowed, posting.state.value) == (False, before)
            assert letters() == sent
            continue
        assert is_allowed
        told = set(letters()[len(sent) :])
        assert told <= {letter}
        if to == "gone":
            assert db.session.get(kind.model, posting.id) is None
            return
        assert posting.state == to
        assert_is_whole(posting, origin)


@pytest.mark.parametrize("state", sorted({state for state, _act in ARROWS}))
def test_no_state_is_a_dead_end(state):
    reached, found = {state}, set()
    while reached != found:
        found = set(reached)
        for (start, _act), (_by, to, _letter) in ARROWS.items():
            # A freeze must be undone before anything else goes on.
            if start in found:
                reached |= {"published" if to == "back" else to}
        reached |= {to for (start, _act), to in BY_ITSELF.items() if start in found}

    assert reached & LAST


def test_the_program_has_the_arrows_of_the_table_and_no_other():
    by_people = {
        (state.value, act.value)
        for (state, act), move in MOVES.items()
        if move.by - {Side.PROGRAM}
    }
    by_itself = {
        (state.value, act.value)
        for (state, act), move in MOVES.items()
        if Side.PROGRAM in move.by
    }

    assert by_people == set(ARROWS)
    assert by_itself - {("submitted", "publish")} == set(BY_ITSELF)

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.foundation.database import db
from marketplace.foundation.refusals import Refusal
from marketplace.postings.internships.services import move_internship
from marketplace.postings.lives.enums import ACTS_OF_PEOPLE, MOVES, PostingState
from marketplace.postings.lives.rules import side_of
from marketplace.upkeep.audit.queries import history_of
from tests.factories.internships import make_internship
from tests.moments import NOON

PEOPLE = ("member", "office", "stranger")
STEPS = st.lists(
    st.tuples(st.sampled_from(ACTS_OF_PEOPLE), st.sampled_from(PEOPLE)), max_size=8
)


# The examples share a database, which is fine: each makes its own internship.
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=30,
)
@given(steps=STEPS)
def test_internship_walks_the_table_and_nothing_else(
    company, member, coordinator, stranger, outbox, steps
):
    people = {"member": member, "office": coordinator, "stranger": stranger}
    internship = make_internship(PostingState.DRAFT, company)
    acts_done = 0

    for act, who in steps:
        before, letters = internship.state, len(outbox())
        move = MOVES.get((before, act))
        allowed = move is not None and side_of(people[who], internship) in move.by

        try:
            move_internship(internship, act, actor=people[who], at=NOON, words="Wo?")
        except Refusal:
            after = (internship.state, len(outbox()))
            assert (allowed, after) == (False, (before, letters))
        else:
            acts_done += 1
            assert (allowed, internship.state) == (True, move.to)
            assert {letter for _to, letter in outbox()[letters:]} == (
                {move.letter} if move.letter else set()
            )

    assert len(db.session.scalars(history_of(internship)).all()) == acts_done

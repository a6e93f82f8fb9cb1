from datetime import date, timedelta

import pytest
from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.organisations.enums import OrganisationState
from marketplace.postings.lives.enums import Act, PostingState
from marketplace.postings.lives.models import PostingChange
from marketplace.postings.lives.queries import hints
from marketplace.postings.lives.rules import fresh_until, is_public, year_before
from marketplace.postings.lives.services import delete_posting, index_posting
from marketplace.upkeep.jobs.models import Job
from marketplace.upkeep.search.queries.matching import matching_ids
from tests.factories.internships import make_period
from tests.factories.people import make_company, make_coordinator, make_user
from tests.factories.postings import make_offer
from tests.moments import NOON
from tests.postings.lives.kinds import KINDS

TODAY = date(2026, 11, 23)


def approved(kind, company, count):
    """Postings that the office read and let pass."""
    for _ in range(count):
        kind.make(PostingState.PUBLISHED, company, approved_at=NOON)


@pytest.mark.parametrize(
    ("count", "state", "letter"),
    [
        (2, PostingState.SUBMITTED, "posting_submitted"),
        (3, PostingState.PUBLISHED, "posting_published"),
    ],
)
def test_an_organisation_is_trusted_after_three(
    kind, member, company, coordinator, outbox, count, state, letter
):
    approved(kind, company, count)
    posting = kind.make(PostingState.DRAFT, company)

    kind.move(posting, Act.SUBMIT, actor=member, at=NOON)

    reader = coordinator if letter == "posting_submitted" else member
    assert posting.state is state
    assert posting.approved_at is None
    assert outbox() == [(reader.email, letter)]


def test_approvals_of_all_kinds_count_and_those_of_others_do_not(member, company):
    for kind in KINDS.values():
        approved(kind, company, 1)
    approved(KINDS["offer"], make_company(), 5)
    posting = make_offer(PostingState.DRAFT, company)

    KINDS["offer"].move(posting, Act.SUBMIT, actor=member, at=NOON)

    assert posting.state is PostingState.PUBLISHED


def test_what_trust_let_pass_builds_no_trust(kind, member, company, coordinator):
    kind.make(PostingState.PUBLISHED, company)
    approved(kind, company, 2)
    posting = kind.make(PostingState.DRAFT, company)

    kind.move(posting, Act.SUBMIT, actor=member, at=NOON)

    assert posting.state is PostingState.SUBMITTED


def test_a_deleted_posting_leaves_nothing_but_its_record(kind, member, company):
    posting = kind.make(PostingState.DRAFT, company, title="Wegwerfbar")
    key = posting.id
    revision = PostingChange(
        kind=posting.kind,
        posting_id=key,
        field="title",
        old="",
        new="Wegwerfbar",
        actor_id=member.id,
        at=NOON,
    )
    with transaction():
        db.session.add(revision)
        index_posting(posting)

    with transaction():
        delete_posting(posting, actor=member, at=NOON)

    assert db.session.get(kind.model, key) is None
    assert list(db.session.scalars(matching_ids(kind.model.kind, "Wegwerfbar"))) == []
    assert db.session.scalars(select(PostingChange)).all() == []


@pytest.mark.parametrize(
    "state", [PostingState.PUBLISHED, PostingState.PAUSED, PostingState.FILLED]
)
def test_a_freeze_hides_and_a_thaw_brings_back(
    kind, member, company, coordinator, outbox, state
):
    is_full = (kind.path, state) == ("praktika", PostingState.FILLED)
    taken = {"periods": [make_period(taken_count=2)]} if is_full else {}
    posting = kind.make(state, company, **taken)

    kind.move(posting, Act.FREEZE, actor=coordinator, at=NOON, words="Eine Meldung.")
    hidden = (posting.state, is_public(posting, TODAY), posting.return_words)
    kind.move(posting, Act.THAW, actor=coordinator, at=NOON)

    assert hidden == (PostingState.FROZEN, False, "Eine Meldung.")
    assert (posting.state, posting.return_words) == (state, "")
    assert outbox() == [
        (member.email, "posting_frozen"),
        (member.email, "posting_thawed"),
    ]


def test_hints_of_a_frozen_organisation_are_hidden(kind):
    hint = kind.make(PostingState.LISTED)
    with transaction():
        hint.organisation.state = OrganisationState.FROZEN

    assert not is_public(hint, NOON.date())
    assert db.session.scalars(hints(type(hint))).all() == []


def test_a_frozen_hint_becomes_a_hint_again(kind, coordinator):
    hint = kind.make(PostingState.LISTED)

    with transaction():
        kind.move(hint, Act.FREEZE, actor=coordinator, at=NOON, words="Falsch.")
    with transaction():
        kind.move(hint, Act.THAW, actor=coordinator, at=NOON)

    assert (hint.state, hint.published_at) == (PostingState.LISTED, None)


def test_nothing_is_frozen_without_a_reason(kind, coordinator):
    posting = kind.make()

    with pytest.raises(Refusal, match="warum"):
        kind.move(posting, Act.FREEZE, actor=coordinator, at=NOON, words=" ")

    assert posting.state is PostingState.PUBLISHED


def test_who_applied_is_told_of_a_freeze_of_an_internship(coordinator):
    kind = KINDS["internship"]
    internship = kind.make()

    kind.move(internship, Act.FREEZE, actor=coordinator, at=NOON, words="Eine Meldung.")

    [job] = db.session.scalars(select(Job)).all()
    assert (job.kind, job.payload) == (
        "applications.tell_of_change",
        {"internship_id": internship.id, "change": "frozen"},
    )


def test_what_ended_is_public_for_thirty_days(kind):
    posting = kind.make(PostingState.ENDED)

    days = [TODAY + timedelta(days=d) for d in (0, 30, 31)]

    assert [is_public(posting, day) for day in days] == [True, True, False]


def test_a_copy_is_a_draft_that_asks_for_new_days(kind, member, company):
    posting = kind.make(PostingState.ENDED, company)

    copy = kind.copy(posting, actor=member, at=NOON)

    assert copy.id != posting.id
    assert (copy.state, copy.title, copy.description, copy.site) == (
        PostingState.DRAFT,
        posting.title,
        posting.description,
        posting.site,
    )
    assert (copy.published_at, copy.confirmed_on, copy.ended_at) == (None, None, None)
    assert posting.state is PostingState.ENDED


def test_the_copy_of_an_internship_lacks_its_periods_alone(member, company):
    kind = KINDS["internship"]
    internship = kind.make(PostingState.ENDED, company)

    copy = kind.copy(internship, actor=member, at=NOON)

    assert copy.periods == []
    assert [p.first_name for p in copy.supervisors] == ["Thea"]
    assert [g.occupation_id for g in copy.occupations] == [
        g.occupation_id for g in internship.occupations
    ]
    with pytest.raises(Refusal, match="Es fehlt noch: ein Zeitraum"):
        kind.move(copy, Act.SUBMIT, actor=member, at=NOON)


def test_the_copy_of_an_offer_keeps_its_lines_without_months(member, company):
    kind = KINDS["offer"]
    offer = kind.make(
        PostingState.ENDED, company, starts_on=date(2026, 3, 2), ends_on=TODAY
    )

    copy = kind.copy(offer, actor=member, at=NOON)

    assert (copy.starts_on, copy.ends_on) == (None, None)
    assert [
        (x.item, x.quantity, x.open_quantity, x.months_from) for x in copy.lines
    ] == [("soldering_station", 12, 12, None)]


def test_only_members_copy(kind):
    posting = kind.make(PostingState.ENDED)

    for person in (make_user(), make_coordinator()):
        with pytest.raises(Refusal):
            kind.copy(posting, actor=person, at=NOON)


@pytest.mark.parametrize("first", [date(2023, 3, 1), date(2024, 2, 28)])
def test_a_confirmation_holds_through_its_last_day(first):
    for day in (first + timedelta(days=k) for k in range(400)):
        last = fresh_until(day)
        assert year_before(last) <= day < year_before(last + timedelta(days=1))

from datetime import UTC, date, datetime, timedelta

import pytest

from marketplace.foundation.clock import end_of, start_of
from marketplace.foundation.database import db, transaction
from marketplace.postings.lives.enums import PostingState
from marketplace.upkeep.mail.queries import waiting_letters
from tests.factories.internships import make_period
from tests.moments import NOON

TODAY = date(2026, 11, 23)
YESTERDAY = TODAY - timedelta(days=1)


def follow(kind):
    with transaction():
        kind.jobs.follow_calendar({})


def lasting_until(kind, day):
    """What makes a posting of this kind end with a day."""
    return {
        "praktika": {"periods": [make_period(starts_on=day, ends_on=day)]},
        "angebote": {"starts_on": day},
        "foerderungen": {"valid_to": day},
        "veranstaltungen": {"starts_at": start_of(day), "ends_at": end_of(day)},
    }[kind.path]


@pytest.mark.parametrize(
    "state", [PostingState.PUBLISHED, PostingState.PAUSED, PostingState.FILLED]
)
def test_what_is_public_ends_the_day_after_its_last(kind, company, outbox, state):
    over = kind.make(state, company, **lasting_until(kind, YESTERDAY))
    last = kind.make(state, company, **lasting_until(kind, TODAY))

    follow(kind)
    follow(kind)

    assert (over.state, over.ended_at) == (PostingState.ENDED, NOON)
    assert last.state is not PostingState.ENDED
    assert outbox() == []


def test_drafts_and_frozen_ones_do_not_end_by_themselves(kind, company):
    states = [PostingState.DRAFT, PostingState.SUBMITTED, PostingState.FROZEN]
    made = [kind.make(s, company, **lasting_until(kind, YESTERDAY)) for s in states]

    follow(kind)

    assert [posting.state for posting in made] == states


@pytest.mark.parametrize(
    ("confirmed_on", "letters", "state"),
    [
        # 31, 30, 8 and 7 days before the twelve months run out; the last day; over.
        (date(2025, 12, 24), [], "published"),
        (date(2025, 12, 23), ["posting_reminder"], "published"),
        (date(2025, 12, 1), ["posting_reminder"], "published"),
        (date(2025, 11, 30), ["posting_reminder"], "published"),
        (date(2025, 11, 23), ["posting_reminder"], "published"),
        (date(2025, 11, 22), ["posting_paused"], "paused"),
    ],
)
def test_a_confirmation_is_asked_for_and_then_missed(
    kind, member, company, outbox, confirmed_on, letters, state
):
    posting = kind.make(
        PostingState.PUBLISHED,
        company,
        confirmed_on=confirmed_on,
        **lasting_until(kind, date(2027, 6, 1)),
    )

    follow(kind)
    follow(kind)

    assert outbox() == [(member.email, letter) for letter in letters]
    assert posting.state == state


def test_two_reminders_go_out_in_a_year_and_anew_after_a_confirmation(
    app, kind, member, company, outbox
):
    posting = kind.make(
        PostingState.PUBLISHED,
        company,
        confirmed_on=date(2025, 12, 10),
        **lasting_until(kind, date(2028, 6, 1)),
    )

    counts = []
    for day in range(17):
        app.config["NOW"] = NOON + timedelta(days=day)
        follow(kind)
        counts.append(len(outbox()))

    # The tenth of December is 17 days away, and seven days before it the third.
    assert counts == [1] * 10 + [2] * 7
    assert (posting.state, posting.reminded_count) == (PostingState.PUBLISHED, 2)


def test_the_link_of_a_reminder_is_good_to_the_last_day(kind, company):
    posting = kind.make(
        PostingState.PUBLISHED, company, confirmed_on=date(2025, 11, 30)
    )

    follow(kind)

    [letter] = db.session.scalars(waiting_letters()).all()
    assert (letter.link_subject_id, letter.link_valid_until) == (
        posting.id,
        end_of(date(2026, 11, 30)),
    )


@pytest.mark.parametrize(
    ("ended_on", "state"),
    [(date(2025, 11, 24), "ended"), (date(2025, 11, 23), "archived")],
)
def test_what_ended_is_archived_after_twelve_months(kind, company, ended_on, state):
    ended_at = datetime.combine(ended_on, datetime.min.time(), UTC).replace(hour=12)
    posting = kind.make(PostingState.ENDED, company, ended_at=ended_at)

    follow(kind)

    assert posting.state == state

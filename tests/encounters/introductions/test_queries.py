"""Cool-down, patience and log, as the spec of introductions states them."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DatabaseError

from marketplace.encounters.introductions.enums import DeclineCode, Side
from marketplace.encounters.introductions.models import IntroductionEvent
from marketplace.encounters.introductions.queries import (
    introductions_that_bar,
    last_ends,
    log_of,
    to_follow_up,
)
from marketplace.encounters.introductions.services.answering import decline
from marketplace.encounters.introductions.services.conditions import barred_pairs
from marketplace.encounters.introductions.services.deadlines import (
    expire_introductions,
)
from marketplace.foundation.database import db, transaction
from marketplace.postings.lives.enums import PostingState
from tests.factories.encounters import make_agreed, make_introduction
from tests.factories.postings import make_offer, make_sponsorship
from tests.moments import NOON

DAY = timedelta(days=1)


def declined(code):
    made = make_introduction()
    actor = made.company.memberships[0].user
    with transaction():
        decline(made, code, side=Side.COMPANY, actor=actor, at=NOON)
    return made


@pytest.mark.parametrize(
    ("code", "days"), [(DeclineCode.AMOUNT_TOO_LARGE, 180), (DeclineCode.POLICY, 180)]
)
def test_pair_waits_unless_what_was_named_has_changed(app, code, days):
    made = declined(code)
    pair = (made.provider_id, made.company_id)
    before = barred_pairs(NOON + (days - 1) * DAY), barred_pairs(NOON + days * DAY)
    with transaction():
        made.offer.lines[0].quantity = made.offer.lines[0].open_quantity = 4
    after = barred_pairs(NOON + 29 * DAY), barred_pairs(NOON + 31 * DAY)

    is_named = code is DeclineCode.AMOUNT_TOO_LARGE
    assert before == ([pair], [])
    assert after == ([pair], [] if is_named else [pair])


@pytest.mark.parametrize("count", [1, 30])
def test_barred_pairs_come_in_as_many_queries_for_many_as_for_one(app, queries, count):
    made = [declined(DeclineCode.AMOUNT_TOO_LARGE) for _one in range(count)]
    pairs = [(one.provider_id, one.company_id) for one in made]
    db.session.expunge_all()
    queries.clear()

    assert barred_pairs(NOON + 31 * DAY) == pairs
    # Those that bar; with what was named, and lines; what is given, and lines.
    assert len(queries) == 5


def test_what_is_over_is_read_only_for_the_reason_that_ends_with_it(app, queries):
    made = make_agreed()
    with transaction():
        made.over_at = NOON
    db.session.expunge_all()
    queries.clear()

    assert introductions_that_bar(NOON - 180 * DAY) == []
    assert barred_pairs(NOON) == []
    assert len(queries) == 2


def test_last_partnership_of_a_pair_ends_its_reason_whatever_the_order(app):
    made = [make_agreed() for _one in range(2)]
    first, second = made
    with transaction():
        second.provider, second.company = first.provider, first.company
        first.over_at, second.over_at = NOON + 9 * DAY, NOON

    pair = (first.provider_id, first.company_id)
    assert last_ends(NOON) == {pair: NOON + 9 * DAY}
    assert last_ends(NOON + 10 * DAY) == {}


def test_third_silence_in_a_row_rests_the_profile_and_asks_the_office(app, outbox):
    gift = make_sponsorship()
    states = []
    for turn in range(3):
        at = NOON + turn * 20 * DAY
        make_introduction(make_offer(), gift, at=at)
        with transaction():
            expire_introductions(at=at + 16 * DAY)
        states.append(gift.state)

    assert states == [PostingState.PUBLISHED] * 2 + [PostingState.PAUSED]
    assert len(db.session.scalars(to_follow_up()).all()) == 1
    owner = gift.organisation.memberships[0].user.email
    assert outbox().count((owner, "posting_paused")) == 1


def test_log_tells_each_step_and_is_never_changed(app):
    made = declined(DeclineCode.TIME)

    told = [(e.event, e.side, e.code) for e in log_of(made)]

    assert told == [
        ("proposed", Side.PROVIDER, "provider"),
        ("letter", Side.PROGRAM, "introduction_proposed"),
        ("declined", Side.COMPANY, "time"),
        ("letter", Side.PROGRAM, "introduction_ended"),
    ]
    with pytest.raises(DatabaseError, match="never changed"), transaction():
        db.session.execute(update(IntroductionEvent).values(code="other"))

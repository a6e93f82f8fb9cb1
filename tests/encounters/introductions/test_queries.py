"""Cool-down, patience and log, as the spec of introductions states them."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DatabaseError

from marketplace.encounters.introductions.enums import DeclineCode, Side
from marketplace.encounters.introductions.models import IntroductionEvent
from marketplace.encounters.introductions.queries import log_of, to_follow_up
from marketplace.encounters.introductions.services.answering import decline
from marketplace.encounters.introductions.services.conditions import barred_pairs
from marketplace.encounters.introductions.services.deadlines import (
    expire_introductions,
)
from marketplace.foundation.database import db, transaction
from marketplace.postings.lives.enums import PostingState
from tests.factories.encounters import make_introduction
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

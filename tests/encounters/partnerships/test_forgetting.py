from datetime import timedelta

import pytest
from sqlalchemy import func, select

from marketplace.encounters.introductions.enums import DeclineCode, Side
from marketplace.encounters.introductions.models import (
    Introduction,
    IntroductionEvent,
    IntroductionLine,
    IntroductionRelease,
)
from marketplace.encounters.introductions.services.answering import decline
from marketplace.encounters.introductions.services.forgetting import over_before
from marketplace.encounters.partnerships.enums import EndCode, Moment
from marketplace.encounters.partnerships.models import (
    Partnership,
    PartnershipFeedback,
    PartnershipLine,
)
from marketplace.encounters.partnerships.services.ending import end_early
from marketplace.encounters.partnerships.services.forgetting import (
    forget_deciders,
    forget_pairs,
)
from marketplace.encounters.partnerships.services.telling import Answer, give_feedback
from marketplace.foundation.database import db, transaction
from tests.factories.encounters import (
    make_active,
    make_introduction,
    make_partnership,
    member_of,
)
from tests.moments import NOON

DAY, TODAY = timedelta(days=1), NOON.date()
TABLES = (
    *(Introduction, IntroductionEvent, IntroductionLine, IntroductionRelease),
    *(Partnership, PartnershipLine, PartnershipFeedback),
)


def count():
    return [db.session.scalar(select(func.count(table.id))) for table in TABLES]


def forget(day):
    """Lets go what was over before a day, and says how many pairs that were."""
    ids = db.session.scalars(over_before(day)).all()
    with transaction():
        forget_pairs(ids)
    return len(ids)


def end(made, at=NOON):
    who = {"side": Side.COMPANY, "actor": member_of(made, Side.COMPANY), "at": at}
    with transaction():
        end_early(made, EndCode.PLANS, **who)


@pytest.fixture
def ended(app):
    """A partnership with feedback that was over at noon."""
    made = make_active(at=NOON - 40 * DAY)
    with transaction():
        made.first_on = (NOON - 20 * DAY).date()
    who = {"side": Side.COMPANY, "actor": member_of(made, Side.COMPANY), "at": NOON}
    with transaction():
        answer = Answer(took_place=True, useful=4, would_again=True)
        give_feedback(made, Moment.FIRST, answer, **who)
    end(made)
    return made


def test_ended_pair_is_forgotten_with_its_log_when_its_time_has_come(ended):
    before = count()

    assert (forget(TODAY), count()) == (0, before)
    assert min(before) > 0
    assert (forget(TODAY + DAY), count()) == (1, [0] * len(TABLES))
    assert forget(TODAY + DAY) == 0


def test_declined_introduction_is_forgotten_when_its_time_has_come(app):
    made = make_introduction()
    with transaction():
        who = made.company.memberships[0].user
        decline(made, DeclineCode.POLICY, side=Side.COMPANY, actor=who, at=NOON)

    assert (forget(TODAY), forget(TODAY + DAY)) == (0, 1)
    assert count() == [0] * len(TABLES)


def test_what_goes_on_is_not_forgotten(app):
    make_introduction()
    make_partnership()
    make_active()
    before = count()

    assert forget(TODAY + 3000 * DAY) == 0
    assert count() == before


def test_who_decided_for_a_school_is_named_until_the_end(app):
    made = make_active()
    with transaction():
        made.decided_on, made.decided_by = NOON.date(), "Svea Tafelbild, Schulleiterin"

    with transaction():
        forget_deciders()
    assert made.decided_by == "Svea Tafelbild, Schulleiterin"
    end(made)
    with transaction():
        forget_deciders()

    assert (made.decided_on, made.decided_by) == (NOON.date(), "")

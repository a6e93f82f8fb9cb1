"""When a pair may be brought together again, with partnerships in between."""

from datetime import timedelta

import pytest

from marketplace.encounters.introductions.enums import DeclineCode, Side
from marketplace.encounters.introductions.queries import log_of
from marketplace.encounters.introductions.services.answering import agree, decline
from marketplace.encounters.introductions.services.conditions import barred_pairs
from marketplace.encounters.introductions.services.proposing import (
    Proposal,
    propose_introduction,
)
from marketplace.encounters.partnerships.enums import EndCode
from marketplace.encounters.partnerships.services.arranging import begin_partnership
from marketplace.encounters.partnerships.services.ending import end_early
from marketplace.foundation.database import transaction
from marketplace.foundation.refusals import Refusal
from tests.factories.encounters import make_introduction, member_of
from tests.factories.people import make_coordinator
from tests.moments import NOON

DAY = timedelta(days=1)


@pytest.fixture
def declined(app):
    """A company said that it is a partner of this provider already."""
    made = make_introduction()
    with transaction():
        who = made.company.memberships[0].user
        code = DeclineCode.ALREADY_PARTNER
        decline(made, code, side=Side.COMPANY, actor=who, at=NOON)
    return made


def propose_again(made, at, reason=""):
    """The office brings the same two together."""
    proposal = Proposal(offer=made.offer, site=made.site, override_reason=reason)
    office = make_coordinator()
    with transaction():
        return propose_introduction(
            proposal, side=Side.COORDINATION, actor=office, at=at
        )


def is_apart(made, at):
    return (made.provider_id, made.company_id) in barred_pairs(at)


def test_office_brings_together_before_the_time_with_a_reason(declined):
    with pytest.raises(Refusal, match="vor Kurzem"):
        propose_again(declined, NOON + 10 * DAY)

    made = propose_again(declined, NOON + 10 * DAY, "Beide haben angerufen.")

    assert made.override_reason == "Beide haben angerufen."
    assert log_of(made)[0].event == "proposed"


def test_already_partner_lasts_until_that_partnership_ends(declined):
    assert is_apart(declined, NOON + 179 * DAY)
    made = propose_again(declined, NOON + 10 * DAY, "Sie waren es noch nicht.")
    for side in (Side.PROVIDER, Side.COMPANY):
        with transaction():
            who = member_of(made, side)
            agree(made, side=side, actor=who, at=NOON + 11 * DAY)
    with transaction():
        partnership = begin_partnership(made, actor=None, at=NOON + 12 * DAY)
    end = NOON + 50 * DAY

    assert is_apart(declined, end - DAY)
    who = {"side": Side.COMPANY, "actor": member_of(made, Side.COMPANY), "at": end}
    with transaction():
        end_early(partnership, EndCode.PLANS, **who)
    assert not is_apart(declined, end + DAY)

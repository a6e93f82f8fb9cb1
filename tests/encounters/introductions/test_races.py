from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from marketplace.encounters.introductions.enums import (
    DeclineCode,
    IntroductionState,
    Side,
)
from marketplace.encounters.introductions.models import (
    Introduction,
    IntroductionRelease,
)
from marketplace.encounters.introductions.services.answering import agree, decline
from marketplace.encounters.introductions.services.deadlines import (
    expire_introductions,
)
from marketplace.encounters.introductions.services.proposing import (
    Proposal,
    propose_introduction,
)
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Site
from marketplace.postings.offers.models import Offer
from marketplace.upkeep.mail.models import OutboxEntry
from tests.factories.encounters import make_introduction
from tests.factories.postings import make_offer
from tests.moments import NOON

FULL = "nimmt gerade keine Anfrage an"
AGAIN = "Sie sind schon im Gespräch. Sehen Sie sich den Stand an."


@pytest.fixture
def propose(app):
    """Proposes an offer to a site, in a connection of its own."""

    def make(offer_id, site_id):
        with app.app_context():
            try:
                with transaction():
                    offer = db.session.get(Offer, offer_id)
                    propose_introduction(
                        Proposal(offer=offer, site=db.session.get(Site, site_id)),
                        side=Side.PROVIDER,
                        actor=offer.organisation.memberships[0].user,
                        at=NOON,
                    )
            except Refusal as refusal:
                return refusal.sentence
            return "proposed"

    return make


def test_one_pair_is_proposed_once(propose, offer, site):
    offer_id, site_id = offer.id, site.id
    db.session.rollback()

    with ThreadPoolExecutor(4) as people:
        answers = sorted(people.map(lambda _n: propose(offer_id, site_id), range(8)))

    assert answers == [AGAIN] * 7 + ["proposed"]
    assert len(db.session.scalars(select(Introduction)).all()) == 1


def test_last_capacity_goes_to_one_of_four(propose, site):
    with transaction():
        site.organisation.capacity = 1
    offers, site_id = [make_offer().id for _one in range(4)], site.id
    db.session.rollback()

    with ThreadPoolExecutor(4) as people:
        answers = list(people.map(lambda offer: propose(offer, site_id), offers))

    assert answers.count("proposed") == 1
    assert sum(FULL in answer for answer in answers) == 3


def test_fifty_answers_at_once_end_in_one_state_with_one_letter_each(app, propose):
    """Yes, no and the end of the deadline come in the same instant."""
    introduction = make_introduction()
    number = introduction.id
    company = introduction.company.memberships[0].user.id
    late = introduction.due_at + timedelta(seconds=1)
    db.session.rollback()

    def answer(turn):
        with app.app_context():
            try:
                with transaction():
                    one = db.session.get(Introduction, number)
                    who = {"side": Side.COMPANY, "actor": db.session.get(User, company)}
                    match turn % 3:
                        case 0:
                            agree(one, **who, at=NOON)
                        case 1:
                            decline(one, DeclineCode.OTHER, **who, at=NOON)
                        case _:
                            return expire_introductions(at=late)
            except (Refusal, OperationalError):
                return 0
            return 1

    with ThreadPoolExecutor(8) as people:
        done = sum(people.map(answer, range(50)))

    db.session.expire_all()
    [row] = db.session.scalars(select(Introduction)).all()
    letters = [
        entry.letter
        for entry in db.session.scalars(select(OutboxEntry))
        if entry.letter != "introduction_proposed"
    ]
    releases = db.session.scalars(select(IntroductionRelease)).all()
    assert done == 1
    assert (sorted(letters), len(releases)) == {
        IntroductionState.AGREED: (["introduction_agreed"] * 2, 2),
        IntroductionState.DECLINED: (["introduction_ended"], 0),
        IntroductionState.EXPIRED: (["introduction_ended"] * 2, 0),
    }[row.state]

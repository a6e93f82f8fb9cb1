from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from marketplace.encounters.introductions.enums import Side
from marketplace.encounters.introductions.models import Introduction
from marketplace.encounters.introductions.services.proposing import (
    Proposal,
    propose_introduction,
)
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.organisations.models import Site
from marketplace.postings.offers.models import Offer
from tests.factories.postings import make_offer
from tests.moments import NOON

FULL = "hat gerade genug Anfragen"
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

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from marketplace.encounters.introductions.enums import Side
from marketplace.encounters.introductions.models import Introduction
from marketplace.encounters.introductions.services import (
    Proposal,
    propose_introduction,
)
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Site
from marketplace.postings.offers.models import Offer
from tests.moments import NOON

AGAIN = "Sie sind schon im Gespräch. Sehen Sie sich den Stand an."


def test_one_pair_is_proposed_once(app, offer, site, provider):
    offer_id, site_id, provider_id = offer.id, site.id, provider.id
    db.session.rollback()

    def propose(_number):
        with app.app_context():
            try:
                with transaction():
                    proposal = Proposal(
                        offer=db.session.get(Offer, offer_id),
                        site=db.session.get(Site, site_id),
                    )
                    actor = db.session.get(User, provider_id)
                    side = Side.PROVIDER
                    propose_introduction(proposal, side=side, actor=actor, at=NOON)
            except Refusal as refusal:
                return refusal.sentence
            return "proposed"

    with ThreadPoolExecutor(4) as people:
        answers = sorted(people.map(propose, range(8)))

    assert answers == [AGAIN] * 7 + ["proposed"]
    assert len(db.session.scalars(select(Introduction)).all()) == 1

from datetime import timedelta

import pytest

from marketplace.foundation.database import db, transaction
from marketplace.matching.gaps.services.registering import register_gaps
from marketplace.people.organisations.models import Site
from marketplace.region.topics.enums import Topic
from tests.factories.people import make_company, make_organisation, make_user
from tests.factories.postings import make_offer, make_sponsorship
from tests.moments import NOON

LONG_AGO = NOON - timedelta(days=40)


def make_lab(town="Jena", radius_km=60, **offered):
    """A provider with a published offer of some weeks ago; gives back the offer."""
    lab = make_organisation(town=town)
    with transaction():
        lab.sites[0].radius_km = radius_km
    return make_offer(organisation=lab, **{"published_at": LONG_AGO} | offered)


def make_firm(town="Jena", radius_km=60, member=None, **given):
    """A company that gives eight soldering stations."""
    firm = make_company(member, town=town, topics=frozenset({Topic.ELECTRONICS}))
    with transaction():
        db.session.get(Site, firm.sites[0].id).radius_km = radius_km
    make_sponsorship(organisation=firm, **given)
    return firm


@pytest.fixture
def register():
    """Runs the job of a night."""

    def run(at=NOON):
        with transaction():
            return register_gaps(at=at)

    return run


@pytest.fixture
def company(app):
    return make_user()

import pytest

from marketplace.encounters.introductions.enums import Side
from marketplace.encounters.introductions.services.proposing import (
    Proposal,
    propose_introduction,
)
from marketplace.foundation.database import transaction
from tests.factories.people import (
    make_company,
    make_coordinator,
    make_organisation,
    make_user,
)
from tests.factories.postings import make_offer
from tests.moments import NOON


@pytest.fixture
def provider(app):
    return make_user()


@pytest.fixture
def company(app):
    return make_user()


@pytest.fixture
def office(app):
    return make_coordinator()


@pytest.fixture
def offer(provider):
    lab = make_organisation(
        provider, contact_name="Lea Labor", contact_email="lea@labor.example"
    )
    return make_offer(organisation=lab)


@pytest.fixture
def site(company):
    firm = make_company(
        company, contact_name="Finn Firma", contact_email="finn@firma.example"
    )
    return firm.sites[0]


@pytest.fixture
def propose(offer, site, provider, company, office):
    """Proposes as one of the three sides."""
    actors = {
        Side.PROVIDER: provider,
        Side.COMPANY: company,
        Side.COORDINATION: office,
    }

    def make(side=Side.PROVIDER, at=NOON):
        with transaction():
            return propose_introduction(
                Proposal(offer=offer, site=site),
                side=side,
                actor=actors[side],
                at=at,
            )

    return make

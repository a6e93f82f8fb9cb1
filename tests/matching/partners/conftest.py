import pytest

from marketplace.matching.partners.services.worlds import (
    profile_of_offer,
    world_at,
)
from marketplace.region.lines.enums import LineKind
from tests.factories.people import make_company, make_organisation, make_user
from tests.factories.postings import a_give, a_need, make_offer, make_sponsorship
from tests.moments import NOON


@pytest.fixture
def provider(app):
    return make_user()


@pytest.fixture
def company(app):
    return make_user()


@pytest.fixture
def lab(provider):
    lab = make_organisation(provider, name="Funkenkiste")
    lab.sites[0].radius_km = 60
    return lab


@pytest.fixture
def offer(lab):
    lines = [a_need(), a_need(2, LineKind.MONEY, 4000)]
    return make_offer(organisation=lab, lines=lines)


@pytest.fixture
def firm(company):
    firm = make_company(company, name="Siebenlinsen Optik", town="Jena")
    firm.sites[0].radius_km = 60
    make_sponsorship(
        organisation=firm, lines=[a_give(), a_give(2, LineKind.MONEY, 2000)]
    )
    return firm


@pytest.fixture
def world():
    """What is matched now."""
    return lambda: world_at(NOON)


@pytest.fixture
def profile(offer):
    return profile_of_offer(offer.id)

import pytest

from tests.factories.people import make_company, make_coordinator, make_user
from tests.postings.lives.kinds import KINDS


@pytest.fixture(params=KINDS)
def kind(request, app):
    return KINDS[request.param]


@pytest.fixture
def member(app):
    return make_user()


@pytest.fixture
def company(member):
    return make_company(member)


@pytest.fixture
def coordinator(app):
    return make_coordinator()

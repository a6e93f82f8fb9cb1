import pytest

from tests.factories.people import make_company, make_coordinator, make_user


@pytest.fixture
def member(app):
    return make_user()


@pytest.fixture
def company(member):
    return make_company(member)


@pytest.fixture
def coordinator(app):
    return make_coordinator()


@pytest.fixture
def stranger(app):
    """A member of another company."""
    person = make_user()
    make_company(person)
    return person

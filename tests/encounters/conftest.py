import pytest

from marketplace.foundation.database import db
from marketplace.upkeep.mail.queries import waiting_letters
from tests.factories.applications import make_mia, make_place
from tests.factories.people import make_company, make_coordinator, make_user


@pytest.fixture
def mia(app):
    return make_mia()


@pytest.fixture
def boss(app):
    return make_user()


@pytest.fixture
def company(boss):
    return make_company(founder=boss)


@pytest.fixture
def place(company):
    return make_place(organisation=company)


@pytest.fixture
def coordinator(app):
    return make_coordinator()


@pytest.fixture
def letters(app):
    """The letters since it was last asked, as (recipient, letter)."""
    seen = set()

    def fresh():
        waiting = db.session.scalars(waiting_letters()).all()
        new = [entry for entry in waiting if entry.message_id not in seen]
        seen.update(entry.message_id for entry in waiting)
        return [(entry.recipient, entry.letter) for entry in new]

    return fresh

import pytest

from marketplace.foundation.database import db, transaction
from marketplace.upkeep.mail.queries import waiting_letters
from tests.factories.applications import make_mia, make_place
from tests.factories.papers import make_agreement, make_placement
from tests.factories.people import make_company, make_coordinator, make_user


@pytest.fixture
def boss(app):
    user = make_user()
    with transaction():
        user.first_name, user.surname = "Bodo", "Chef"
    return user


@pytest.fixture
def place(boss):
    company = make_company(founder=boss, name="Optik Jena")
    return make_place(organisation=company, description="Du schleifst eine Linse.")


@pytest.fixture
def mia(app):
    pupil = make_mia()
    with transaction():
        pupil.first_name, pupil.surname = "Mia", "Sonnenschein"
    return pupil


@pytest.fixture
def application(mia, place):
    return make_placement(mia, internship=place)


@pytest.fixture
def agreement(application):
    return make_agreement(application)


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

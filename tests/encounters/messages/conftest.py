import pytest

from marketplace.foundation.database import db, transaction
from marketplace.upkeep.mail.queries import waiting_letters
from tests.factories.applications import make_application, make_mia, make_place
from tests.factories.people import make_company, make_guardian, make_user


@pytest.fixture
def mia(app):
    return make_mia()


@pytest.fixture
def mother(mia):
    return make_guardian(mia)


@pytest.fixture
def boss(app):
    return make_user()


@pytest.fixture
def place(boss):
    place = make_place(organisation=make_company(founder=boss))
    with transaction():
        place.site.street = "Linsenweg 4"
    return place


@pytest.fixture
def application(mia, place):
    return make_application(pupil=mia, internship=place)


@pytest.fixture
def letters(app):
    """The letters since it was last asked, as (recipient, letter)."""
    seen = set()

    def fresh():
        waiting = db.session.scalars(waiting_letters()).all()
        new = [entry for entry in waiting if entry.message_id not in seen]
        seen.update(entry.message_id for entry in waiting)
        return sorted((entry.recipient, entry.letter) for entry in new)

    return fresh

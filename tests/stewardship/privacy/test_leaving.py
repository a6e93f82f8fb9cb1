"""Who leaves takes along what was hers alone."""

from sqlalchemy import select

from marketplace.encounters.agendas.models import Agenda
from marketplace.encounters.agendas.services.addressing import make_address
from marketplace.encounters.watchlist.models import Bookmark
from marketplace.encounters.watchlist.services import keep
from marketplace.foundation.database import db, transaction
from marketplace.overview.alerts.enums import Rhythm
from marketplace.overview.alerts.models import LetterConsent, SavedSearch
from marketplace.overview.alerts.services.saving import (
    Wanted,
    agree_to_letters,
    save_search,
)
from marketplace.people.accounts.models import User
from marketplace.people.tokens.models import AccessToken
from marketplace.postings.lives.queries import Narrowing
from marketplace.stewardship.privacy.services.erasing import erase_account
from tests.factories.applications import make_place
from tests.factories.people import (
    make_guardian,
    make_organisation,
    make_pupil,
    make_user,
)
from tests.factories.tokens import make_access
from tests.moments import NOON


def left():
    kinds = (Agenda, Bookmark, LetterConsent, SavedSearch)
    return [len(db.session.scalars(db.select(kind)).all()) for kind in kinds]


def test_list_calendar_searches_and_consent_go_with_the_account(app):
    child, place = make_pupil(), make_place()
    mother = make_guardian(child)
    with transaction():
        make_address(child, at=NOON)
        keep(place, actor=child, at=NOON)
        wanted = Wanted(by=Narrowing())
        save_search(wanted, Rhythm.DAILY, actor=child, at=NOON)
        agree_to_letters(child, actor=mother, at=NOON)
    assert left() == [1, 1, 1, 1]

    with transaction():
        erase_account(child, at=NOON)

    assert left() == [0, 0, 0, 0]
    assert db.session.get(User, mother.id) is not None


def test_access_of_programs_goes_with_its_maker(app):
    owner = make_user()
    organisation = make_organisation(owner)
    make_access(organisation)

    with transaction():
        erase_account(owner, at=NOON)

    assert db.session.scalars(select(AccessToken.id)).all() == []

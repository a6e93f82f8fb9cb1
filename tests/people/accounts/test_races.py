from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from marketplace.foundation.database import db, transaction
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.accounts.services.opening import AccountEntry, register
from marketplace.upkeep.mail.models import OutboxEntry
from tests.moments import NOON

PEOPLE = 8


def test_one_address_is_opened_once(app):
    entry = AccountEntry(
        email="ada@example.org",
        first_name="Ada",
        surname="Beispiel",
        password="kaninchen pfote lampe",
    )
    db.session.remove()

    def register_once(_number):
        with app.app_context(), transaction():
            return register(entry, role=Role.GUARDIAN, at=NOON) is not None

    with ThreadPoolExecutor(PEOPLE) as crowd:
        opened = list(crowd.map(register_once, range(PEOPLE)))

    assert sum(opened) == 1
    assert db.session.scalar(select(func.count(User.id))) == 1
    letters = select(OutboxEntry.letter).where(OutboxEntry.letter == "confirm_address")
    assert len(db.session.scalars(letters).all()) == 1

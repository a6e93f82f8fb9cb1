import pytest

from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.enums import Role
from marketplace.people.guardians.models import Guardianship
from marketplace.people.guardians.queries import (
    children_of,
    guardian_count,
    is_guardian_of,
)
from marketplace.people.guardians.rules import owns_address
from marketplace.people.guardians.services import link_child
from tests.factories.people import make_guardian, make_pupil, make_user
from tests.moments import NOON


def test_link_child_notes_who_answers_for_whom(app):
    guardian, child = make_guardian(), make_pupil()

    for _ in range(2):
        with transaction():
            link_child(guardian, child, at=NOON)

    assert is_guardian_of(guardian, child)
    assert not is_guardian_of(make_guardian(), child)
    assert children_of(guardian) == [child]
    assert db.session.query(Guardianship).count() == 1


def test_link_child_refuses_a_third_guardian(app):
    child = make_pupil()
    for _ in range(2):
        make_guardian(child)

    with pytest.raises(Refusal, match="schon zwei Erwachsene"), transaction():
        link_child(make_guardian(), child, at=NOON)

    assert guardian_count(child) == 2


@pytest.mark.parametrize(
    "roles", [(Role.MEMBER, Role.PUPIL), (Role.GUARDIAN, Role.GUARDIAN)]
)
def test_link_child_refuses_other_accounts(app, roles):
    guardian, child = (make_user(role) for role in roles)

    with pytest.raises(Refusal, match="nur mit einem Konto für Eltern"), transaction():
        link_child(guardian, child, at=NOON)


@pytest.mark.parametrize(
    ("changes", "address", "expected"),
    [
        ({}, " Eltern@Example.org", True),
        ({}, "andere@example.org", False),
        ({"confirmed_at": None}, "eltern@example.org", False),
    ],
)
def test_owns_address_asks_for_a_confirmed_one(app, changes, address, expected):
    guardian = make_user(Role.GUARDIAN, email="eltern@example.org", **changes)

    assert owns_address(guardian, address) is expected

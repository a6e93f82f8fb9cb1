from datetime import date

import pytest

from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.organisations.enums import OrganisationKind, OrganisationState
from marketplace.people.organisations.models import Membership, Organisation
from marketplace.people.organisations.rules import (
    can_see,
    gives,
    is_member,
    is_owner,
    is_safeguarded,
    needs,
    shares_domain,
    tells_all,
)

OWNER, MEMBER, STRANGER = (User(id=n, role=Role.MEMBER) for n in (1, 2, 3))
OFFICE = User(id=4, role=Role.COORDINATOR)


def organisation(state=OrganisationState.VERIFIED, kinds=()):
    memberships = [
        Membership(user_id=OWNER.id, is_owner=True),
        Membership(user_id=MEMBER.id, is_owner=False),
    ]
    return Organisation(state=state, kinds=frozenset(kinds), memberships=memberships)


@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        (OWNER, (True, True)),
        (MEMBER, (True, False)),
        (STRANGER, (False, False)),
        (OFFICE, (False, False)),
        (None, (False, False)),
    ],
)
def test_members_act_for_it_and_owners_decide(actor, expected):
    thing = organisation()

    assert (is_member(actor, thing), is_owner(actor, thing)) == expected


@pytest.mark.parametrize(
    ("state", "seen", "told"),
    [
        (OrganisationState.IMPORTED, True, False),
        (OrganisationState.REGISTERED, False, False),
        (OrganisationState.VERIFIED, True, True),
        (OrganisationState.FROZEN, False, False),
    ],
)
def test_strangers_see_what_is_public(state, seen, told):
    thing = organisation(state)

    for actor in (None, STRANGER):
        assert (can_see(actor, thing), tells_all(actor, thing)) == (seen, told)
    for actor in (MEMBER, OFFICE):
        assert (can_see(actor, thing), tells_all(actor, thing)) == (True, True)


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ({OrganisationKind.COMPANY}, (True, False)),
        ({OrganisationKind.PROVIDER}, (False, True)),
        ({OrganisationKind.COMPANY, OrganisationKind.SCHOOL}, (True, True)),
        ((), (False, False)),
    ],
)
def test_one_may_both_give_and_need(kinds, expected):
    thing = organisation(kinds=kinds)

    assert (gives(thing), needs(thing)) == expected


@pytest.mark.parametrize(
    ("email", "website", "expected"),
    [
        ("ada@linse.example", "https://www.linse.example/kontakt", True),
        ("ada@post.linse.example", "https://linse.example", True),
        ("ada@boeselinse.example", "https://linse.example", False),
        ("ada@linse.example", "", False),
        ("ada@linse.example", "https://linse.example.org", False),
    ],
)
def test_an_address_of_its_own_domain_is_known(email, website, expected):
    assert shares_domain(email, website) is expected


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        (None, False),
        (date(2026, 11, 23), True),
        (date(2025, 11, 24), True),
        (date(2025, 11, 23), True),
        (date(2025, 11, 22), False),
        (date(2025, 10, 31), False),
    ],
)
def test_a_declaration_holds_for_twelve_months(declared, expected):
    thing = organisation()
    thing.safeguarding_on = declared

    assert is_safeguarded(thing, date(2026, 11, 23)) is expected

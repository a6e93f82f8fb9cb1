from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.organisations.enums import OrganisationState
from marketplace.people.organisations.models import Membership
from marketplace.people.tokens.enums import Scope
from marketplace.people.tokens.models import AccessToken, Reservation
from marketplace.people.tokens.queries import token_with, tokens_of
from marketplace.people.tokens.rules import is_valid
from marketplace.people.tokens.services import (
    MOST_TOKENS,
    forget_reservations,
    forget_tokens,
    make_token,
    note_answer,
    reserve,
    revoke_token,
)
from tests.factories.people import make_coordinator, make_organisation, make_user
from tests.moments import NOON

BOTH = frozenset(Scope)


@pytest.fixture
def owner(app):
    return make_user()


@pytest.fixture
def organisation(owner):
    return make_organisation(owner)


def make(organisation, actor, scopes=BOTH):
    with transaction():
        return make_token(organisation, "Kasse", scopes, actor=actor, at=NOON)


def test_a_token_is_known_by_its_secret_and_kept_only_as_hash(organisation, owner):
    token, secret = make(organisation, owner)

    assert token_with(secret) == token
    assert token_with(secret[:-1]) is None
    kept = [getattr(token, column.key) for column in AccessToken.__table__.columns]
    assert secret not in kept
    assert secret.startswith(token.beginning)
    assert is_valid(token)


def test_only_who_manages_gives_access(organisation):
    member = make_user()
    with transaction():
        organisation.memberships.append(Membership(user=member))

    for stranger in (member, make_user()):
        with pytest.raises(Refusal):
            make(organisation, stranger)
    with pytest.raises(Refusal):
        make(None, member)


def test_the_office_only_reads_partners(app):
    token, _secret = make(None, make_coordinator())

    assert token.scopes == {Scope.MATCHES}
    assert is_valid(token)


def test_more_than_ten_are_refused_and_a_revoked_one_makes_room(organisation, owner):
    tokens = [make(organisation, owner)[0] for _ in range(MOST_TOKENS)]

    with pytest.raises(Refusal):
        make(organisation, owner)
    with transaction():
        revoke_token(tokens[0], actor=owner, at=NOON)
        revoke_token(tokens[0], actor=owner, at=NOON)

    assert not is_valid(tokens[0])
    assert tokens_of(organisation) == tokens[1:]
    make(organisation, owner)


def test_a_token_ends_with_what_its_maker_may(organisation, owner):
    token, _secret = make(organisation, owner)
    assert is_valid(token)

    with transaction():
        organisation.state = OrganisationState.FROZEN
    assert not is_valid(token)
    with transaction():
        organisation.state = OrganisationState.VERIFIED
        owner.disabled_at = NOON
    assert not is_valid(token)
    with transaction():
        owner.disabled_at = None
        organisation.memberships.clear()
    assert not is_valid(token)


def test_a_key_is_free_once_and_then_tells_the_answer(organisation, owner):
    token, _secret = make(organisation, owner)
    with transaction():
        first, is_free = reserve(token, "k1", "a" * 64, at=NOON)
        note_answer(first, 201, "{}", "/dort")

    with transaction():
        again, is_still_free = reserve(token, "k1", "a" * 64, at=NOON)

    assert (is_free, is_still_free) == (True, False)
    assert (again.status, again.body, again.location) == (201, "{}", "/dort")
    with pytest.raises(Refusal):
        reserve(token, "k1", "b" * 64, at=NOON)


def test_keys_go_after_a_week_and_tokens_with_their_maker(organisation, owner):
    token, _secret = make(organisation, owner)
    with transaction():
        reserve(token, "alt", "a" * 64, at=NOON - timedelta(days=8))
        reserve(token, "neu", "a" * 64, at=NOON)

    with transaction():
        forget_reservations(at=NOON)
        forget_reservations(at=NOON)
    assert db.session.scalars(select(Reservation.key)).all() == ["neu"]

    with transaction():
        forget_tokens(owner.id)
    assert db.session.scalars(select(AccessToken.id)).all() == []
    assert db.session.scalars(select(Reservation.id)).all() == []

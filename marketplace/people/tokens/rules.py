from datetime import datetime, timedelta

from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.rules import is_member, is_owner, takes_members
from marketplace.people.tokens.models import AccessToken

# How exactly it is noted when a token was used last.
NOTED_EVERY = timedelta(minutes=10)


def can_make(actor: User | None, organisation: Organisation | None) -> bool:
    """Says whether a person may give programs access: who manages, or the office."""
    if organisation is None:
        return actor is not None and actor.role is Role.COORDINATOR
    return is_owner(actor, organisation) and takes_members(organisation)


def is_valid(token: AccessToken) -> bool:
    """Says whether a token opens anything: while its maker herself may act."""
    maker, organisation = token.user, token.organisation
    if token.revoked_at or maker.disabled_at:
        return False
    if organisation is None:
        return maker.role is Role.COORDINATOR
    return is_member(maker, organisation) and takes_members(organisation)


def is_use_to_note(token: AccessToken, at: datetime) -> bool:
    """Says whether it is worth writing that a token is being used."""
    return token.used_at is None or at - token.used_at >= NOTED_EVERY

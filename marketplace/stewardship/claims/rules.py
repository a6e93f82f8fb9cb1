from datetime import datetime

from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.organisations.enums import OrganisationState
from marketplace.people.organisations.models import Organisation
from marketplace.stewardship.claims.enums import ClaimState
from marketplace.stewardship.claims.models import Claim, ClaimLetter


def is_claimable(organisation: Organisation) -> bool:
    """Says whether nobody acts for an organisation yet."""
    return organisation.state is OrganisationState.IMPORTED


def is_valid(letter: ClaimLetter, at: datetime) -> bool:
    """Says whether the code or link of a letter still leads to a claim."""
    in_time = letter.claimed_at is None and letter.valid_until >= at
    return in_time and is_claimable(letter.organisation)


def can_claim(actor: User | None) -> bool:
    """Says whether a person acts for organisations at all."""
    return actor is not None and actor.role is Role.MEMBER


def is_undoable(claim: Claim) -> bool:
    """Says whether the office may take a claim back, if nothing of it was public."""
    return claim.state is ClaimState.GRANTED

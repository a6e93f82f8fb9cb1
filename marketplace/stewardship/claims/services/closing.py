"""What becomes of hints and claims when an organisation goes for good."""

from datetime import datetime

from marketplace.foundation.database import db
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.postings.lives.services import retire_hint
from marketplace.stewardship.claims.enums import ClaimState
from marketplace.stewardship.claims.models import Claim
from marketplace.stewardship.claims.queries import (
    all_hints_of,
    claims_by,
    open_chases_of,
)
from marketplace.stewardship.claims.services.chasing import note_chased
from marketplace.upkeep.audit.services import record

# A letter, and letters speak German.
GONE = "Die Organisation hat sich hier abgemeldet. Der Hinweis ist deshalb weg."


def let_go(organisation: Organisation, *, actor: User, at: datetime) -> None:
    """Ends what lists say of an organisation, and what it took over of others.

    Its own hints go: it knows better than any list, and no list brings them back. Who
    asked about one is told. What it claimed of another name is free for the next one.
    """
    for hint in all_hints_of(organisation):
        if open_chases_of(hint):
            note_chased(hint, GONE, actor=actor, at=at)
        retire_hint(hint, actor=actor, at=at)
    for claim in db.session.scalars(claims_by(organisation)):
        _give_back(claim, actor=actor, at=at)


def _give_back(claim: Claim, *, actor: User, at: datetime) -> None:
    """Lets a claim end; hints of another name stand again for themselves."""
    if claim.state is ClaimState.GRANTED:
        for hint in all_hints_of(claim.organisation):
            hint.successor_key = None
    claim.state, claim.decided_at = ClaimState.UNDONE, at
    record("claim.given_back", claim, actor=actor, at=at)

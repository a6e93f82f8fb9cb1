"""How the office learns that an organisation is real, and how it hides one."""

from datetime import datetime

from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.organisations import mails
from marketplace.people.organisations.enums import OrganisationState
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.queries import addresses_of
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import queue


def verify_organisation(
    organisation: Organisation, *, actor: User, at: datetime
) -> None:
    """Makes an organisation public, once the office knows that it is real."""
    _require_state(organisation, OrganisationState.REGISTERED)
    organisation.state, organisation.verified_at = OrganisationState.VERIFIED, at
    record("organisation.verified", organisation, actor=actor, at=at)
    letter = mails.organisation_verified(organisation)
    queue(letter, addresses_of(organisation), at=at)


def return_organisation(
    organisation: Organisation, words: str, *, actor: User, at: datetime
) -> None:
    """Asks a new organisation for something before it can be verified."""
    _require_state(organisation, OrganisationState.REGISTERED)
    if not words.strip():
        raise Refusal(_("Schreiben Sie, was noch fehlt."))
    record("organisation.returned", organisation, actor=actor, at=at)
    letter = mails.organisation_returned(organisation, words.strip())
    queue(letter, addresses_of(organisation), at=at)


def freeze_organisation(
    organisation: Organisation, *, actor: User, at: datetime
) -> None:
    """Hides an organisation with all it has."""
    _require_state(organisation, OrganisationState.VERIFIED)
    organisation.state = OrganisationState.FROZEN
    record("organisation.frozen", organisation, actor=actor, at=at)


def thaw_organisation(organisation: Organisation, *, actor: User, at: datetime) -> None:
    """Shows a frozen organisation again."""
    _require_state(organisation, OrganisationState.FROZEN)
    organisation.state = OrganisationState.VERIFIED
    record("organisation.thawed", organisation, actor=actor, at=at)


def _require_state(organisation: Organisation, state: OrganisationState) -> None:
    if organisation.state is not state:
        raise Refusal(
            _(
                "Das geht gerade nicht. Der Stand ist: %(state)s.",
                state=organisation.state.label,
            )
        )

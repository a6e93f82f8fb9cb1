"""How the office learns that an organisation is real, and how it hides one."""

from datetime import datetime

from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.organisations import mails
from marketplace.people.organisations.enums import (
    STEP_OF,
    CheckWay,
    OrganisationState,
    VerificationStep,
)
from marketplace.people.organisations.models import Organisation, VerificationCheck
from marketplace.people.organisations.queries import addresses_of
from marketplace.people.organisations.rules import open_steps
from marketplace.people.organisations.services.indexing import index_organisation
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.jobs.services import ask_for
from marketplace.upkeep.mail.services import queue


def note_check(
    organisation: Organisation, way: CheckWay, *, actor: User, at: datetime
) -> None:
    """Notes one of the two steps; refuses one that is noted already."""
    _require_state(organisation, OrganisationState.REGISTERED)
    step = STEP_OF[way]
    if step not in open_steps(organisation):
        raise Refusal(_("Dieser Schritt ist schon eingetragen."))
    organisation.checks.append(
        VerificationCheck(step=step, way=way, checked_by=actor, checked_at=at)
    )
    record(f"organisation.checked_{step}", organisation, actor=actor, at=at)


def withdraw_check(
    organisation: Organisation, step: VerificationStep, *, actor: User, at: datetime
) -> None:
    """Takes back a step that was noted by mistake, while nothing stands on it."""
    _require_state(organisation, OrganisationState.REGISTERED)
    if step in open_steps(organisation):
        raise Refusal(_("Dieser Schritt ist noch offen."))
    noted = next(check for check in organisation.checks if check.step is step)
    organisation.checks.remove(noted)
    record(f"organisation.unchecked_{step}", organisation, actor=actor, at=at)


def verify_organisation(
    organisation: Organisation, *, actor: User, at: datetime
) -> None:
    """Makes an organisation public; refuses while one of the two steps is open."""
    _require_state(organisation, OrganisationState.REGISTERED)
    if missing := open_steps(organisation):
        steps = ", ".join(str(step.label) for step in missing)
        raise Refusal(_("Noch offen: %(steps)s.", steps=steps))
    organisation.state, organisation.verified_at = OrganisationState.VERIFIED, at
    index_organisation(organisation)
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
    index_organisation(organisation)
    record("organisation.frozen", organisation, actor=actor, at=at)
    _tell_applicants(organisation, "frozen", at=at)


def thaw_organisation(organisation: Organisation, *, actor: User, at: datetime) -> None:
    """Shows a frozen organisation again."""
    _require_state(organisation, OrganisationState.FROZEN)
    if organisation.closed_at:
        raise Refusal(_("Diese Organisation wurde gelöscht."))
    organisation.state = OrganisationState.VERIFIED
    index_organisation(organisation)
    record("organisation.thawed", organisation, actor=actor, at=at)
    _tell_applicants(organisation, "thawed", at=at)


def _tell_applicants(organisation: Organisation, change: str, *, at: datetime) -> None:
    """Leaves word for the applications, which stand above."""
    payload = {"organisation_id": organisation.id, "change": change}
    ask_for("applications.tell_of_organisation", payload, due_at=at)


def _require_state(organisation: Organisation, state: OrganisationState) -> None:
    if organisation.state is not state:
        raise Refusal(
            _(
                "Das geht gerade nicht. Der Stand ist: %(state)s.",
                state=organisation.state.label,
            )
        )

"""Where two guardians are asked: whose word it is, and what the first yes changes."""

from collections.abc import Set as AbstractSet
from datetime import datetime

from marketplace.encounters.applications import mails
from marketplace.encounters.applications.enums import ApplicationState, HoldReason
from marketplace.encounters.applications.models import Application, Approval
from marketplace.encounters.applications.rules import (
    TEXT_VERSION,
    guardian_no_of,
    guardians_of,
    lacks_second,
    same_mailbox,
    still_asked,
)
from marketplace.encounters.applications.services.holding import Signature
from marketplace.encounters.applications.services.moving import (
    write_one_guardian,
    write_pupil,
)
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.guardians.queries import guardianships_for
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import recall

SECOND = 2


def approval_of(signature: Signature, *, is_granted: bool, at: datetime) -> Approval:
    """What is kept of a yes or a no."""
    return Approval(
        is_granted=is_granted,
        guardian_no=signature.guardian_no,
        way=signature.way,
        at=at,
        guardian_name=signature.name,
        address=signature.address,
        user_id=signature.user.id if signature.user else None,
        signed_on=signature.signed_on,
        text_version=TEXT_VERSION,
    )


def is_first_of_two(application: Application, signature: Signature) -> bool:
    """Says whether somebody else's yes is still missing after this one."""
    is_waiting = application.state is ApplicationState.WAITING
    missing = {one.no for one in still_asked(application)} - {signature.guardian_no}
    return is_waiting and bool(missing)


def note_first_yes(
    application: Application,
    signature: Signature,
    reasons: AbstractSet[HoldReason],
    *,
    at: datetime,
) -> None:
    """Keeps the first yes of two; a second one of the same person changes nothing."""
    if all(one.no != signature.guardian_no for one in still_asked(application)):
        return
    application.approvals.append(approval_of(signature, is_granted=True, at=at))
    application.held_for = frozenset(application.held_for | reasons)
    record("application.approved_by_one", application, actor=signature.user, at=at)
    address = guardians_of(application)[signature.guardian_no - 1].address
    if address:
        recall(mails.APPROVAL, application.id, recipient=address, at=at)
    write_pupil(mails.application_half_approved(application), application, at=at)


def number_of(application: Application, guardian: User) -> int:
    """As which of the two an account speaks: by its address, else by what it said.

    Who is linked with the child and was not named speaks for the first one missing;
    nobody speaks for both.
    """
    boxes = {same_mailbox(one.address) for one in guardians_of(application)}
    if same_mailbox(guardian.email) in boxes:
        return guardian_no_of(application, guardian.email)
    said = [it.guardian_no for it in application.approvals if it.user_id == guardian.id]
    missing = [one.no for one in still_asked(application)]
    return next(iter([*said, *missing]), 1)


def name_second(
    application: Application,
    *,
    name: str,
    email: str,
    actor: User | None,
    at: datetime,
) -> None:
    """Notes who the other guardian is, as the first one says, and asks her.

    Without an address she signs a sheet. Refuses the mailboxes of pupil and first.
    """
    if not lacks_second(application):
        raise Refusal(_("Die zweite Person ist schon genannt."))
    taken = {same_mailbox(it) for it in _addresses_of(application)}
    if email and same_mailbox(email) in taken:
        raise Refusal(_("Diese Adresse kennen wir schon. Lassen Sie das Feld leer."))
    application.second_guardian_name = name
    application.second_guardian_email = email
    record("application.second_named", application, actor=actor, at=at)
    letter = mails.approval_asked_again(application, at=at)
    write_one_guardian(letter, application, SECOND, at=at)


def name_linked(application: Application) -> None:
    """Takes the other guardian from the accounts linked with the pupil, if one is."""
    taken = {same_mailbox(it) for it in _addresses_of(application)}
    for link in guardianships_for(application.pupil):
        if same_mailbox(link.guardian.email) not in taken:
            application.second_guardian_name = link.guardian.name
            application.second_guardian_email = link.guardian.email
            return


def _addresses_of(application: Application) -> tuple[str, str]:
    return application.pupil.email, application.guardian_email

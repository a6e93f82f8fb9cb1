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
    same_mailbox,
    still_asked,
)
from marketplace.encounters.applications.services.holding import Signature
from marketplace.encounters.applications.services.moving import write_pupil
from marketplace.people.accounts.models import User
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import recall


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

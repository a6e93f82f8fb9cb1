"""When an approval waits for the office, and for which reasons."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from marketplace.encounters.applications.enums import ApprovalWay, HoldReason
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import (
    families_of,
    works_for_company,
)
from marketplace.encounters.applications.rules import is_served, same_mailbox
from marketplace.foundation.tokens import hash_of
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.accounts.queries import is_of_a_pupil, user_by_email

SIGNAL_WINDOW = timedelta(minutes=10)
MOST_FAMILIES = 2


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who says yes or no, and how.

    `came_from` is where the answer came from; empty for paper. `is_own_browser`:
    the pupil is signed in there.
    """

    way: ApprovalWay
    name: str
    address: str = ""
    user: User | None = None
    signed_on: date | None = None
    came_from: str = ""
    is_own_browser: bool = False
    # Of which of the guardians that were named it is the word.
    guardian_no: int = 1


def reasons_to_hold(
    application: Application, signature: Signature, *, at: datetime
) -> frozenset[HoldReason]:
    """Why the office looks first; nothing where the approval goes on by itself.

    Of paper, whose signature somebody saw, only what concerns the company counts.
    """
    seen = {
        **_signs_of_self_approval(application, signature, at=at),
        **_signs_of_the_other_side(application, signature),
        HoldReason.FROZEN: not is_served(application),
    }
    return frozenset(reason for reason, is_seen in seen.items() if is_seen)


def _signs_of_self_approval(
    application: Application, signature: Signature, *, at: datetime
) -> dict[HoldReason, bool]:
    if signature.way is ApprovalWay.PAPER:
        return {}
    sent_at = application.sent_at or at
    is_same_place = (
        bool(signature.came_from)
        and hash_of(signature.came_from) == application.sent_from_hash
        and at - sent_at <= SIGNAL_WINDOW
    )
    asked = _asked_at(application, signature)
    has_many = bool(asked) and families_of(asked) > MOST_FAMILIES
    addresses = {asked, signature.address}
    return {
        HoldReason.SAME_PLACE: is_same_place,
        HoldReason.MANY_FAMILIES: has_many,
        HoldReason.OWN_BROWSER: signature.is_own_browser,
        HoldReason.SHUT: any(_is_shut_out(one) for one in addresses),
    }


def _asked_at(application: Application, signature: Signature) -> str:
    """The address at which whoever signs was asked."""
    if signature.guardian_no == 1:
        return application.guardian_email
    return application.second_guardian_email


def _is_shut_out(address: str) -> bool:
    """Says whether the account of an address, with or without its tag, is shut."""
    accounts = (user_by_email(one) for one in (address, same_mailbox(address)))
    return any(user is not None and user.disabled_at is not None for user in accounts)


def _signs_of_the_other_side(
    application: Application, signature: Signature
) -> dict[HoldReason, bool]:
    """Whether who approves works for the company, or is a pupil."""
    user = signature.user if signature.way is not ApprovalWay.PAPER else None
    user_id = user.id if user else 0
    addresses = {_asked_at(application, signature), signature.address}
    boxes = addresses | {same_mailbox(one) for one in addresses}
    is_pupil = user is not None and user.role is Role.PUPIL
    return {
        HoldReason.OTHER_SIDE: any(
            works_for_company(application, one, user_id) for one in addresses
        ),
        HoldReason.PUPIL: is_pupil or is_of_a_pupil(boxes),
    }

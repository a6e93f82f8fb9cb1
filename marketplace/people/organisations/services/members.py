"""Who acts for an organisation: trusted, removed, gone; access ends at once."""

from datetime import datetime

from sqlalchemy import delete

from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.organisations import mails
from marketplace.people.organisations.models import Membership, Organisation
from marketplace.people.organisations.queries import (
    addresses_of_owners,
    members_read_anew,
    owner_count,
)
from marketplace.people.organisations.services.allowing import (
    require_member,
    require_owner,
)
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import queue


def act_for(organisation: Organisation, *, actor: User, at: datetime) -> None:
    """Chooses, of several organisations, the one whose entries a person writes now."""
    require_member(organisation, actor)
    own = next(m for m in organisation.memberships if m.user_id == actor.id)
    own.chosen_at = at


def make_owner(membership: Membership, *, actor: User, at: datetime) -> None:
    """Lets a member decide on places and members too; refuses one who does already."""
    organisation = _held(membership.organisation)
    require_owner(organisation, actor)
    _require_there(membership)
    if membership.is_owner:
        raise Refusal(_("Diese Person verwaltet die Organisation schon."))
    membership.is_owner = True

    record("organisation.owner_made", membership, actor=actor, at=at)
    letter = mails.member_trusted(organisation)
    queue(letter, [membership.user.email], at=at)


def hand_over(membership: Membership, *, actor: User, at: datetime) -> None:
    """Lets a member decide instead of the actor, who stays a plain member."""
    make_owner(membership, actor=actor, at=at)
    for own in membership.organisation.memberships:
        if own.user_id == actor.id:
            own.is_owner = False
            record("organisation.handed_over", own, actor=actor, at=at)


def remove_member(membership: Membership, *, actor: User, at: datetime) -> None:
    """Ends that somebody acts for an organisation, at once, and tells her.

    Refuses all but owners, and to remove oneself: that is leaving.
    """
    organisation, user = _held(membership.organisation), membership.user
    require_owner(organisation, actor)
    _require_there(membership)
    if user.id == actor.id:
        raise Refusal(_("Sich selbst nehmen Sie über „Austreten“ heraus."))
    _end(membership)

    record("organisation.member_removed", membership, actor=actor, at=at)
    queue(mails.member_removed(organisation), [user.email], at=at)


def leave(organisation: Organisation, *, actor: User, at: datetime) -> None:
    """Ends that the actor acts for an organisation; refuses the last who decides."""
    organisation = _held(organisation)
    require_member(organisation, actor)
    own = next(m for m in organisation.memberships if m.user_id == actor.id)
    _require_another_owner(own)
    _end(own)

    record("organisation.member_left", own, actor=actor, at=at)
    letter = mails.member_left(organisation, actor.name)
    queue(letter, addresses_of_owners(organisation), at=at)


def leave_all(user: User) -> None:
    """Ends all memberships of whoever goes for good, of the last owner, too."""
    db.session.execute(delete(Membership).where(Membership.user_id == user.id))


def _held(organisation: Organisation) -> Organisation:
    """Holds an organisation with its members as they are now, not as they were read.

    Of two acts in one instant, the second finds what the first has done.
    """
    organisation = locked(organisation)
    members_read_anew(organisation)
    return organisation


def _require_there(membership: Membership) -> None:
    if membership not in membership.organisation.memberships:
        raise Refusal(_("Diese Person ist kein Mitglied mehr."))


def _require_another_owner(membership: Membership) -> None:
    if membership.is_owner and owner_count(membership.organisation) <= 1:
        raise Refusal(
            _("Außer Ihnen verwaltet niemand die Organisation.")
            + " "
            + _("Übergeben Sie die Verwaltung zuerst an ein anderes Mitglied.")
        )


def _end(membership: Membership) -> None:
    membership.organisation.memberships.remove(membership)
    db.session.flush()  # letters go to those who are left

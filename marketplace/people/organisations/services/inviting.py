"""Invitations: sent by letter, good for seven days, once, for one address.

The inviting person reads the same whether an address has an account or not; what the
letter's owner may do with it stands behind the link.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.accounts.services.opening import AccountEntry, open_account
from marketplace.people.accounts.services.passwords import require_strong
from marketplace.people.organisations import mails
from marketplace.people.organisations.enums import InvitationState
from marketplace.people.organisations.mails import INVITATION, INVITATION_TIME
from marketplace.people.organisations.models import (
    Invitation,
    Membership,
    Organisation,
)
from marketplace.people.organisations.queries import (
    INVITED,
    addresses_of,
    addresses_of_owners,
    counts_of_invitations,
    ended_invitations,
    invitation_by_id,
    invitation_ids,
    invitation_to,
    invitations_sent_by,
)
from marketplace.people.organisations.rules import (
    is_meant,
    is_member,
    is_open,
    is_verified,
    takes_members,
)
from marketplace.people.organisations.services.allowing import require_owner
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.models import LinkToken
from marketplace.upkeep.mail.queries import count_of_letters, link_of
from marketplace.upkeep.mail.services import queue, recall, use_link
from marketplace.upkeep.settings.enums import Setting
from marketplace.upkeep.settings.queries import value_of

# Nobody's box may be filled from here.
MOST_A_DAY = 3
DAY = timedelta(days=1)
# How long it stays known that an address was asked.
KEPT = timedelta(days=30)


def invite(
    organisation: Organisation,
    email: str,
    *,
    is_owner: bool = False,
    actor: User,
    at: datetime,
) -> Invitation:
    """Asks an address to act for an organisation.

    Refuses all but owners, an address that acts for it, one that is asked already, and
    more than the office allows, open at one time or on one day.
    """
    require_owner(locked(organisation), actor)
    address = email.strip().lower()
    if address in addresses_of(organisation):
        raise Refusal(_("Diese Person ist schon Mitglied."))
    invitation = invitation_to(organisation, address) or _asked(organisation, address)
    if invitation.id is not None and is_open(invitation, at):
        raise _known()
    invitation.is_owner = is_owner
    _send(invitation, actor=actor, at=at)
    return invitation


def invite_again(invitation: Invitation, *, actor: User, at: datetime) -> None:
    """Sends the letter anew; the link of the one before ends."""
    require_owner(locked(invitation.organisation), actor)
    if invitation.state is not InvitationState.OPEN:
        raise Refusal(_("Diese Einladung ist schon beendet."))
    _send(invitation, actor=actor, at=at)


def revoke(invitation: Invitation, *, actor: User, at: datetime) -> None:
    """Takes an invitation back; its link ends at once."""
    require_owner(invitation.organisation, actor)
    if invitation.state is not InvitationState.OPEN:
        raise Refusal(_("Diese Einladung ist schon beendet."))
    _end(invitation, actor=actor, at=at)


def revoke_all_of(user: User, *, actor: User, at: datetime) -> None:
    """Takes back whatever a person asked and nobody answered, as the office does."""
    for invitation in invitations_sent_by(user):
        _end(invitation, actor=actor, at=at)


def followed_invitation(token: str, *, at: datetime) -> Invitation:
    """The open invitation of a letter's link; refuses one that is no longer."""
    return _followed(token, at=at)[1]


def accept(token: str, *, actor: User, at: datetime) -> Organisation:
    """Makes the signed-in person a member; refuses another than the one asked."""
    link, invitation = _followed(token, at=at)
    if not is_meant(actor, invitation):
        raise Refusal(_("Diese Einladung ging an eine andere Adresse."))
    _use(link, invitation.organisation, at=at)
    return _join(invitation, actor, at=at)


def accept_with_account(
    token: str, *, first_name: str, surname: str, password: str, at: datetime
) -> Organisation:
    """Opens an account for the address that was asked, and makes it a member.

    Who reads the letters of an address has shown that it is hers. Refuses an address
    that has an account: its owner signs in.
    """
    link, invitation = _followed(token, at=at)
    require_strong(password, about=(first_name, surname, invitation.email))
    _use(link, invitation.organisation, at=at)
    entry = AccountEntry(
        email=invitation.email,
        first_name=first_name,
        surname=surname,
        password=password,
    )
    try:
        with db.session.begin_nested():
            user = open_account(entry, role=Role.MEMBER, at=at)
    except IntegrityError:
        raise Refusal(
            _("Mit dieser Adresse gibt es schon ein Konto. Bitte melden Sie sich an.")
        ) from None
    user.confirmed_at = at
    return _join(invitation, user, at=at)


def drop_invitations(organisation: Organisation, *, at: datetime) -> None:
    """Ends all that an organisation asked: letters that wait, links, and who it was."""
    for number in invitation_ids(organisation):
        recall(INVITATION, number, at=at)
    asked = Invitation.organisation_id == organisation.id
    db.session.execute(delete(Invitation).where(asked))


def forget_invitations(*, at: datetime) -> None:
    """Drops what was asked long ago, whatever became of it."""
    for invitation in db.session.scalars(ended_invitations(at - KEPT)):
        db.session.delete(invitation)


def _end(invitation: Invitation, *, actor: User, at: datetime) -> None:
    invitation.state = InvitationState.REVOKED
    recall(INVITATION, invitation.id, at=at)

    record("organisation.invitation_revoked", invitation, actor=actor, at=at)


def _asked(organisation: Organisation, address: str) -> Invitation:
    return Invitation(organisation=organisation, email=address)


def _require_room(organisation: Organisation, address: str, *, at: datetime) -> None:
    """Refuses what would make letters of others out of an organisation."""
    open_count, day_count = counts_of_invitations(
        organisation, but=address, since=at - DAY, at=at
    )
    if day_count >= value_of(Setting.MOST_INVITATIONS_A_DAY):
        raise Refusal(
            _("Für heute sind es genug Einladungen.")
            + " "
            + _("Morgen geht es wieder.")
        )
    if not is_verified(organisation) and open_count >= value_of(
        Setting.MOST_INVITATIONS_UNSEEN
    ):
        raise Refusal(
            _("Mehr Einladungen gehen erst, wenn Ihre Organisation geprüft ist.")
            + " "
            + _("Ziehen Sie sonst eine offene zurück.")
        )
    if open_count >= value_of(Setting.MOST_INVITATIONS):
        raise Refusal(
            _("Sie haben schon %(count)s offene Einladungen.", count=open_count)
            + " "
            + _("Warten Sie auf Antworten oder ziehen Sie eine zurück.")
        )


def _send(invitation: Invitation, *, actor: User, at: datetime) -> None:
    since = at - DAY
    _require_room(invitation.organisation, invitation.email, at=at)
    if count_of_letters("organisation_invited", invitation.email, since=since) >= (
        MOST_A_DAY
    ):
        raise Refusal(
            _("An diese Adresse gingen heute schon drei Einladungen.")
            + " "
            + _("Morgen geht es wieder.")
        )
    invitation.state = InvitationState.OPEN
    invitation.invited_at, invitation.valid_until = at, at + INVITATION_TIME
    try:
        with db.session.begin_nested():
            db.session.add(invitation)
    except IntegrityError:  # asked twice in one instant
        raise _known() from None
    recall(INVITATION, invitation.id, at=at)

    record(INVITED, invitation, actor=actor, at=at)
    queue(mails.invited(invitation, actor.name), [invitation.email], at=at)


def _followed(token: str, *, at: datetime) -> tuple[LinkToken, Invitation]:
    link = link_of(INVITATION, token)
    invitation = invitation_by_id(link.subject_id) if link else None
    if link is None or invitation is None or link.recipient != invitation.email:
        raise Refusal(
            _("Diesen Link kennen wir nicht.")
            + " "
            + _("Vielleicht fehlt ein Stück. Bitte ganz aus dem Brief übernehmen.")
        )
    is_over = link.used_at or link.valid_until < at or not is_open(invitation, at)
    if is_over or not takes_members(invitation.organisation):
        raise _ended()
    return link, invitation


def _use(link: LinkToken, organisation: Organisation, *, at: datetime) -> None:
    """Uses a link up, unless its organisation lost its people in this instant."""
    if not takes_members(locked(organisation)) or not use_link(link, at=at):
        raise _ended()


def _join(invitation: Invitation, user: User, *, at: datetime) -> Organisation:
    organisation = invitation.organisation
    invitation.state = InvitationState.ACCEPTED
    if is_member(user, organisation):
        return organisation
    owners = addresses_of_owners(organisation)
    membership = Membership(user=user, is_owner=invitation.is_owner)
    organisation.memberships.append(membership)
    db.session.flush()  # the record needs its id

    record("organisation.member_joined", membership, actor=user, at=at)
    queue(mails.member_joined(organisation, user.name), owners, at=at)
    return organisation


def _known() -> Refusal:
    return Refusal(
        _("Diese Adresse ist schon eingeladen.")
        + " "
        + _("In der Liste können Sie den Brief noch einmal schicken.")
    )


def _ended() -> Refusal:
    return Refusal(
        _("Diese Einladung gilt nicht mehr.")
        + " "
        + _("Sie gilt sieben Tage und nur einmal. Bitten Sie um eine neue.")
    )

from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.people.organisations.services.inviting import invite
from marketplace.upkeep.mail.models import OutboxEntry
from marketplace.upkeep.mail.services import mint_link, note_sent
from tests.moments import NOON


def make_invitation(organisation, email="neu@example.org", *, at=NOON, **changes):
    [owner] = [m.user for m in organisation.memberships if m.is_owner]
    with transaction():
        return invite(organisation, email, actor=owner, at=at, **changes)


def token_of(invitation, *, at=NOON):
    """The secret in the newest letter of an invitation, which is sent by that."""
    with transaction():
        entry = db.session.scalars(
            select(OutboxEntry)
            .where(
                OutboxEntry.link_purpose == "invitation",
                OutboxEntry.link_subject_id == invitation.id,
            )
            .order_by(OutboxEntry.id.desc())
        ).first()
        token = mint_link(entry)
        note_sent(entry.id, at=at)
    return token

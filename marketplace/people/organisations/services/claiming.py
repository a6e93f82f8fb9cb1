"""How an organisation that a list names gets people of its own."""

from datetime import datetime

from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.accounts.queries import addresses_of_coordinators
from marketplace.people.organisations import mails
from marketplace.people.organisations.enums import CheckWay, OrganisationState
from marketplace.people.organisations.models import Membership, Organisation
from marketplace.people.organisations.services.ending import wipe_told
from marketplace.people.organisations.services.indexing import index_organisation
from marketplace.people.organisations.services.inviting import drop_invitations
from marketplace.people.organisations.services.verifying import note_check
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import queue


def claim_organisation(
    organisation: Organisation, *, founder: User, writer: User, at: datetime
) -> None:
    """Makes a person the owner of an imported organisation, and asks the office.

    Of two at once, the second one is refused. `writer` wrote the letter whose code she
    has; that it reached her is one of the two steps of verification.
    """
    organisation = locked(organisation)
    if organisation.state is not OrganisationState.IMPORTED:
        raise Refusal(_("Diese Organisation ist schon übernommen."))
    _empty(organisation, at=at)
    organisation.state, organisation.registered_at = OrganisationState.REGISTERED, at
    organisation.memberships.append(Membership(user=founder, is_owner=True))
    record("organisation.claimed", organisation, actor=founder, at=at)
    note_check(organisation, CheckWay.CLAIM_CODE, actor=writer, at=at)
    letter = mails.organisation_registered(organisation)
    queue(letter, addresses_of_coordinators(), at=at)


def unclaim_organisation(
    organisation: Organisation, *, actor: User, at: datetime
) -> None:
    """Takes an organisation back from its people, and wipes what they told of it.

    Its name, where it is, and the office's note stay.
    """
    organisation = locked(organisation)
    wipe_told(organisation)
    organisation.topics, organisation.audiences = frozenset(), frozenset()
    organisation.languages = frozenset()
    organisation.safeguarding_on = None
    organisation.state = OrganisationState.IMPORTED
    organisation.verified_at = None
    _empty(organisation, at=at)
    record("organisation.unclaimed", organisation, actor=actor, at=at)
    index_organisation(organisation)


def _empty(organisation: Organisation, *, at: datetime) -> None:
    """Leaves nobody who acts for an organisation, was asked to, or was checked."""
    organisation.memberships.clear()
    organisation.checks.clear()
    drop_invitations(organisation, at=at)
    db.session.flush()  # the same person may come again

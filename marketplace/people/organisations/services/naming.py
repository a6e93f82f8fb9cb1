"""How the office changes what an organisation is called in public."""

from datetime import datetime

from marketplace.foundation.database import locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.organisations import mails
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.queries import addresses_of_owners
from marketplace.people.organisations.services.describing import (
    LONGEST_NAME,
    refresh_organisation,
)
from marketplace.people.organisations.services.remembering import remember_name
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import queue


def rename_organisation(
    organisation: Organisation, name: str, reason: str, *, actor: User, at: datetime
) -> None:
    """Gives an organisation another name; its owners learn it, and why.

    Refuses a name that is none or the same, an act without a reason, and what is
    deleted.
    """
    old, new = organisation.name, " ".join(name.split())
    if not new or len(new) > LONGEST_NAME:
        raise Refusal(_("Der Name hat 1 bis %(most)s Zeichen.", most=LONGEST_NAME))
    if not reason.strip():
        raise Refusal(_("Schreiben Sie, warum."))
    organisation = locked(organisation)
    if organisation.closed_at:
        raise Refusal(_("Diese Organisation wurde gelöscht."))
    if new == organisation.name:
        raise Refusal(_("So heißt die Organisation schon."))
    remember_name(organisation)
    organisation.name = new
    refresh_organisation(organisation)

    record("organisation.renamed", organisation, actor=actor, at=at)
    letter = mails.organisation_renamed(organisation, old, reason.strip())
    queue(letter, addresses_of_owners(organisation), at=at)

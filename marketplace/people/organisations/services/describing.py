"""What an organisation tells of itself, from its registration on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.foundation.text import plain
from marketplace.people.accounts.models import User
from marketplace.people.accounts.queries import addresses_of_coordinators
from marketplace.people.organisations import mails
from marketplace.people.organisations.enums import (
    ContactWay,
    Language,
    OrganisationKind,
    OrganisationState,
)
from marketplace.people.organisations.models import Membership, Organisation, Site
from marketplace.people.organisations.rules import renames_unseen
from marketplace.people.organisations.services.allowing import require_member
from marketplace.people.organisations.services.indexing import index_organisation
from marketplace.people.organisations.services.sites import SiteEntry, add_site
from marketplace.region.topics.enums import Audience, Topic
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import queue

# As wide as the column; a name without ß and accents may be longer than with.
LONGEST_NAME = 160


@dataclass(frozen=True, kw_only=True)
class OrganisationEntry:
    """What an organisation tells of itself."""

    name: str
    kinds: frozenset[OrganisationKind]
    description: str = ""
    website: str = ""
    register_number: str = ""
    topics: frozenset[Topic] = frozenset()
    audiences: frozenset[Audience] = frozenset()
    languages: frozenset[Language] = frozenset()
    contact_way: ContactWay = ContactWay.BROKERED
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    capacity: int = 3


def register_organisation(
    entry: OrganisationEntry, site: SiteEntry, *, founder: User, at: datetime
) -> Organisation:
    """Adds an organisation with its first owner and site, and asks the office."""
    organisation = Organisation(
        state=OrganisationState.REGISTERED,
        registered_at=at,
        memberships=[Membership(user=founder, is_owner=True)],
    )
    _put(entry, organisation)
    db.session.add(organisation)
    db.session.flush()  # the record needs its id

    record("organisation.registered", organisation, actor=founder, at=at)
    add_site(organisation, site, actor=founder, at=at)
    letter = mails.organisation_registered(organisation)
    queue(letter, addresses_of_coordinators(), at=at)
    return organisation


def take_over_organisation(
    values: Mapping[str, Any], *, site: Mapping[str, Any] | None, at: datetime
) -> Organisation:
    """Adds an organisation that a list names: unverified, public by name alone.

    `site` are the columns of where it is, if the list tells.
    """
    organisation = Organisation(
        **values,
        sort_name=plain(values["name"])[:LONGEST_NAME],
        state=OrganisationState.IMPORTED,
        registered_at=at,
        sites=[Site(**site)] if site else [],
    )
    db.session.add(organisation)
    db.session.flush()  # the record needs its id

    record("organisation.imported", organisation, actor=None, at=at)
    index_organisation(organisation)
    return organisation


def refresh_organisation(organisation: Organisation) -> None:
    """Sorts and finds an organisation by what a list says of it now."""
    organisation.sort_name = plain(organisation.name)[:LONGEST_NAME]
    index_organisation(organisation)


def revise_organisation(
    organisation: Organisation, entry: OrganisationEntry, *, actor: User, at: datetime
) -> None:
    """Changes what an organisation tells of itself.

    Refuses who is no member, another name than the one that a list made public before
    the office has looked, and a public contact that nobody could reach.
    """
    require_member(organisation, actor)
    if renames_unseen(organisation, entry.name):
        raise Refusal(
            _("Der Name steht schon öffentlich, wie ihn eine Quelle nennt.")
            + " "
            + _("Ändern können Sie ihn, sobald die Organisation geprüft ist.")
        )
    if entry.contact_way is ContactWay.PUBLIC and not _is_reachable(entry):
        raise Refusal(_("Wer öffentlich erreichbar ist, nennt E-Mail oder Telefon."))
    _put(entry, organisation)
    record("organisation.revised", organisation, actor=actor, at=at)
    index_organisation(organisation)


def declare_safeguarding(
    organisation: Organisation, *, actor: User, at: datetime
) -> None:
    """Notes that the organisation keeps the rules for work with minors, for a year."""
    require_member(organisation, actor)
    organisation.safeguarding_on = day_of(at)
    record("organisation.safeguarding_declared", organisation, actor=actor, at=at)


def _is_reachable(entry: OrganisationEntry) -> bool:
    return bool(entry.contact_email or entry.contact_phone)


def _put(entry: OrganisationEntry, organisation: Organisation) -> None:
    for name, value in vars(entry).items():
        setattr(organisation, name, value)
    organisation.sort_name = plain(entry.name)[:LONGEST_NAME]

"""How an organisation goes: what it told is wiped, history keeps a pseudonym."""

from datetime import datetime

from marketplace.people.accounts.models import User
from marketplace.people.organisations.enums import ContactWay, OrganisationState
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.queries import KIND
from marketplace.people.organisations.services.allowing import require_owner
from marketplace.people.organisations.services.inviting import drop_invitations
from marketplace.people.organisations.services.products import drop_picture
from marketplace.people.organisations.services.remembering import remember_name
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.search.enums import Standing
from marketplace.upkeep.search.services import let_stand_of_owner, take_from_index

TOLD = (
    *("description", "website", "register_number"),
    *("contact_name", "contact_email", "contact_phone"),
)


def end_organisation(organisation: Organisation, *, actor: User, at: datetime) -> None:
    """Wipes an organisation; its postings must have ended before.

    Its row stays, hidden, because postings and introductions tell of it.
    """
    require_owner(organisation, actor)
    record("organisation.closed", organisation, actor=actor, at=at)
    wipe_told(organisation)
    organisation.note = ""
    for site in organisation.sites:
        site.street = site.way_there = ""
    drop_invitations(organisation, at=at)
    organisation.memberships.clear()
    remember_name(organisation)
    pseudonym = f"Ehemalige Organisation {organisation.public_id}"
    organisation.name, organisation.sort_name = pseudonym, pseudonym.lower()
    organisation.state, organisation.closed_at = OrganisationState.FROZEN, at
    take_from_index(KIND, organisation.id)
    let_stand_of_owner(organisation.id, Standing.HIDDEN)


def wipe_told(organisation: Organisation) -> None:
    """Wipes what an organisation told of itself, with logo, products and pictures."""
    if organisation.logo:
        drop_picture(organisation.logo)
    for product in list(organisation.products):
        if product.picture:
            drop_picture(product.picture)
        organisation.products.remove(product)
    for name in TOLD:
        setattr(organisation, name, "")
    organisation.contact_way = ContactWay.BROKERED

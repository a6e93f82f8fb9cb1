from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.rules import is_member


def can_look(actor: User | None, organisation: Organisation) -> bool:
    """Says whether a person may see the partners of an organisation."""
    is_office = actor is not None and actor.role is Role.COORDINATOR
    return is_office or is_member(actor, organisation)

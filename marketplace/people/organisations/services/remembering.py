"""What an organisation was called before, so that lists still find it."""

from marketplace.foundation.database import db
from marketplace.foundation.text import bare_name
from marketplace.foundation.tokens import hash_of
from marketplace.people.organisations.models import FormerName, Organisation


def remember_name(organisation: Organisation) -> None:
    """Keeps the name an organisation has now, as a hash: it is about to go."""
    name_hash = hash_of(bare_name(organisation.name))
    db.session.add(FormerName(organisation_id=organisation.id, name_hash=name_hash))

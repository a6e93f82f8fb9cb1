from marketplace.foundation.database import transaction
from marketplace.people.tokens.enums import Scope
from marketplace.people.tokens.services import make_token
from tests.moments import NOON


def make_access(organisation=None, maker=None, scopes=frozenset(Scope)):
    """The headers by which a program of an organisation is known."""
    maker = maker or organisation.memberships[0].user
    with transaction():
        _token, secret = make_token(
            organisation, "Unser Programm", scopes, actor=maker, at=NOON
        )
    return {"Authorization": f"Bearer {secret}"}

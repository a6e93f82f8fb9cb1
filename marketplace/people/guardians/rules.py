from marketplace.people.accounts.models import User
from marketplace.people.accounts.rules import is_confirmed

MOST_GUARDIANS = 2


def owns_address(guardian: User, address: str) -> bool:
    """Says whether an address is the confirmed one of a guardian's account."""
    return is_confirmed(guardian) and guardian.email == address.strip().lower()

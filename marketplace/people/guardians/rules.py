from datetime import date

from marketplace.people.accounts.models import User
from marketplace.people.accounts.rules import is_confirmed

MOST_GUARDIANS = 2
ADULT = 18
# How long before the birthday both sides learn that the view ends.
NOTICE_DAYS = 30


def owns_address(guardian: User, address: str) -> bool:
    """Says whether an address is the confirmed one of a guardian's account."""
    return is_confirmed(guardian) and guardian.email == address.strip().lower()


def adult_since(day: date) -> date:
    """The latest birth date of whoever is 18 on a day."""
    try:
        return day.replace(year=day.year - ADULT)
    except ValueError:  # 29 February, and no such day 18 years before
        return date(day.year - ADULT, 2, 28)


def birthday_of_18(born_on: date) -> date:
    """The day on which somebody comes of age; born on 29 February, on 1 March."""
    try:
        return born_on.replace(year=born_on.year + ADULT)
    except ValueError:
        return date(born_on.year + ADULT, 3, 1)

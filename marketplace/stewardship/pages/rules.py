import re
from datetime import date

from marketplace.stewardship.pages.enums import Duty
from marketplace.stewardship.pages.models import TextPage

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# What leads to a page of the desk instead.
TAKEN = {"neu"}
LONGEST_SLUG, LONGEST_TITLE, LONGEST_BODY = 60, 120, 40_000


def is_slug(word: str) -> bool:
    """Says whether a word may stand in an address: small letters, figures, dashes."""
    is_free = len(word) <= LONGEST_SLUG and word not in TAKEN
    return is_free and SLUG.fullmatch(word) is not None


def is_duty(page: TextPage) -> bool:
    """Says whether it is one of the pages there must be."""
    return page.slug in set(Duty)


def is_readable(page: TextPage | None) -> bool:
    """Says whether a free page is there for everybody."""
    return page is not None and page.is_public and not is_duty(page)


def is_due(page: TextPage, day: date) -> bool:
    """Says whether somebody should have read it again by now."""
    return page.review_on is not None and page.review_on <= day

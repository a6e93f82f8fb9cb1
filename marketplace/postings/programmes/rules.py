from datetime import date

from dateutil.relativedelta import relativedelta

from marketplace.postings.programmes.models import Programme
from marketplace.upkeep.search.enums import Standing

# What a source said longer ago is not relied on.
FRESH_MONTHS = 36


def is_expired(programme: Programme, today: date) -> bool:
    """Says whether nothing can be asked for any more."""
    closes_on = programme.closes_on
    return closes_on is not None and closes_on < today and not programme.is_recurring


def standing_of(programme: Programme, today: date) -> Standing:
    """How search shows it: a source tells of it, nobody here confirmed it."""
    return Standing.HIDDEN if is_expired(programme, today) else Standing.HINT


def is_stale(programme: Programme, today: date) -> bool:
    """Says whether nobody knows of late whether it still exists."""
    since = today - relativedelta(months=FRESH_MONTHS)
    return programme.as_of is None or programme.as_of < since

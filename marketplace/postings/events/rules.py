from marketplace.foundation.clock import day_of
from marketplace.postings.events.models import Event


def is_one_day(event: Event) -> bool:
    """Says whether it begins and ends on one day in Berlin."""
    if event.starts_at is None or event.ends_at is None:
        return True
    return day_of(event.starts_at) == day_of(event.ends_at)

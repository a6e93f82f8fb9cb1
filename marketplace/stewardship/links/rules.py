from datetime import timedelta

from marketplace.stewardship.links.enums import LinkState

# When an address is asked again that answered, or that did not.
ALIVE_FOR, FAILED_FOR = timedelta(days=30), timedelta(days=7)
# From so many failures in a row on the owner gets a letter.
TOLD_AFTER = 2
# Answers of pages that are there and show themselves to some only, or not just now.
THERE = (401, 403, 405, 406, 429, 451, 999)


def state_of(status: int | None, fault: LinkState | None = None) -> LinkState:
    """What a status says of an address; None where nothing answered.

    `fault` is why nothing could be asked at all.
    """
    if fault:
        return fault
    if status is None or status >= 500:
        return LinkState.SILENT
    is_there = status < 400 or status in THERE
    return LinkState.ALIVE if is_there else LinkState.GONE

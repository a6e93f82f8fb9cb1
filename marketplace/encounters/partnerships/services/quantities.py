"""What agreed lines take out of needs and gives, and give back at the end."""

from marketplace.encounters.partnerships.models import Partnership, PartnershipLine
from marketplace.foundation.database import locked
from marketplace.postings.offers.models import NeedLine
from marketplace.postings.sponsorships.models import GiveLine


def take_quantities(partnership: Partnership) -> None:
    """Takes what is agreed out of both lines; never more than is still open."""
    for line in _in_order(partnership):
        line.need_taken = _take(line.need_line, line.quantity)
        line.give_taken = _take(line.give_line, line.quantity)


def return_quantities(partnership: Partnership) -> None:
    """Gives back what was taken; never more than the line has in all."""
    for line in _in_order(partnership):
        _return(line.need_line, line.need_taken)
        _return(line.give_line, line.give_taken)
        line.need_taken = line.give_taken = 0


def _in_order(partnership: Partnership) -> list[PartnershipLine]:
    """Lines are held in the order of their numbers, so that nobody waits in a ring."""
    return sorted(
        partnership.lines,
        key=lambda one: (one.need_line_id or 0, one.give_line_id or 0),
    )


def _take(line: NeedLine | GiveLine | None, quantity: int | None) -> int:
    if line is None or quantity is None:
        return 0
    line = locked(line)
    if line.open_quantity is None:
        return 0
    # The quantity of a line with half days is that of each of them.
    share = -(-quantity // max(1, len(line.slots)))
    taken = min(line.open_quantity, share)
    line.open_quantity -= taken
    return taken


def _return(line: NeedLine | GiveLine | None, taken: int) -> None:
    if line is None or not taken:
        return
    line = locked(line)
    if line.quantity is not None and line.open_quantity is not None:
        line.open_quantity = min(line.quantity, line.open_quantity + taken)

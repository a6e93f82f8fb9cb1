"""What agreed lines take out of needs and gives, and give back at the end."""

from collections.abc import Mapping

from marketplace.encounters.partnerships.models import Partnership
from marketplace.foundation.database import locked_all
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.postings.offers.models import NeedLine
from marketplace.postings.sponsorships.models import GiveLine
from marketplace.region.lines.rules import amount_of, name_of, still_open

Line = NeedLine | GiveLine


def require_open(
    partnership: Partnership, quantities: Mapping[int, int | None] | None = None
) -> None:
    """Refuses to promise more than both lines still have, and names what is left.

    `quantities`, by the number of the line, are what it is about to say.
    """
    _hold(partnership)
    left: dict[Line, int] = {}
    for line in partnership.lines:
        quantity = (quantities or {}).get(line.id, line.quantity)
        for whose in (line.need_line, line.give_line):
            if whose is None or whose.open_quantity is None or quantity == 0:
                continue
            rest = left.get(whose, whose.open_quantity)
            share = _share(whose, quantity)
            if share > rest or whose.open_quantity == 0:
                raise Refusal(_too_much(whose, rest))
            left[whose] = rest - share


def left_of(line: Line, partnership: Partnership) -> int | None:
    """What a partnership could still agree on of a line; None where it is open."""
    if line.open_quantity is None:
        return None
    here = [one for one in partnership.lines if line in (one.need_line, one.give_line)]
    agreed = sum(one.quantity or 0 for one in here)
    return max(0, line.open_quantity * max(1, len(line.slots)) - agreed)


def take_quantities(partnership: Partnership) -> None:
    """Takes what is agreed out of both lines; refuses what is not there."""
    require_open(partnership)
    for line in partnership.lines:
        line.need_taken = _take(line.need_line, line.quantity)
        line.give_taken = _take(line.give_line, line.quantity)


def return_quantities(partnership: Partnership) -> None:
    """Gives back what was taken, whatever the lines say by now."""
    _hold(partnership)
    for line in partnership.lines:
        _return(line.need_line, line.need_taken)
        _return(line.give_line, line.give_taken)
        line.need_taken = line.give_taken = 0


def _hold(partnership: Partnership) -> None:
    """All needs first, then all gives: nobody waits in a ring."""
    locked_all(NeedLine, [line.need_line_id for line in partnership.lines])
    locked_all(GiveLine, [line.give_line_id for line in partnership.lines])


def _share(line: Line, quantity: int | None) -> int:
    """The quantity of a line with half days is that of each of them."""
    return -(-(quantity or 0) // max(1, len(line.slots)))


def _too_much(line: Line, rest: int) -> str:
    if rest == 0:
        return _(
            "%(name)s: Nichts mehr offen. Die Menge 0 nimmt die Zeile heraus.",
            name=name_of(line),
        )
    return _(
        "%(name)s: Offen ist nur noch so viel: %(amount)s. Ändern Sie die Menge.",
        name=name_of(line),
        amount=amount_of(line.kind, rest * max(1, len(line.slots))),
    )


def _take(line: Line | None, quantity: int | None) -> int:
    if line is None:
        return 0
    share = _share(line, quantity)
    line.taken += share
    line.open_quantity = still_open(line.quantity, line.taken)
    return share


def _return(line: Line | None, taken: int) -> None:
    if line is not None:
        line.taken = max(0, line.taken - taken)
        line.open_quantity = still_open(line.quantity, line.taken)

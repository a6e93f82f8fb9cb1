from enum import IntEnum, StrEnum


class Rule(StrEnum):
    """What a round promises, chosen before it opens."""

    # Nobody envies a worse lot; no pupil gains by a shorter list.
    LOT_FAIR = "lot_fair"
    # Whoever comes out empty asks a second time, before the others: more places are
    # filled, and some pupils envy a worse lot.
    MOST_PLACES = "most_places"


class EdgeState(IntEnum):
    """What became of a wish so far.

    untried --released, but could go elsewhere in the tier--> left --> rejected
            +--released otherwise--> rejected
    """

    UNTRIED = 0
    LEFT = 1
    REJECTED = 2

from enum import IntEnum, IntFlag, StrEnum


class Side(IntEnum):
    """Pairs are made of one of each."""

    PROVIDER = 0
    COMPANY = 1


class Direction(IntEnum):
    """Whether a line asks or offers."""

    NEED = 0
    GIVE = 1


class Hard(IntFlag):
    """What must fit for a line to count at all, in the order it is looked at."""

    TOPIC = 1
    AUDIENCE = 2
    TIME = 4
    AMOUNT = 8


class Part(IntEnum):
    """One of the five parts of a score; the number is its bit and its place."""

    TOPICS = 0
    AUDIENCE = 1
    DISTANCE = 2
    TIME = 3
    AMOUNT = 4


class Reason(StrEnum):
    """Why a pair cannot be, in the order of the gates; a later one came nearer."""

    INACTIVE = "inactive"
    SAME_ORGANISATION = "same_organisation"
    BLOCKED = "blocked"
    NO_KIND = "no_kind"
    NO_ITEM = "no_item"
    TOO_FAR = "too_far"
    WRONG_TOPIC = "wrong_topic"
    WRONG_AUDIENCE = "wrong_audience"
    TIME = "time"
    NOT_STATED = "not_stated"
    AMOUNT_TOO_SMALL = "amount_too_small"
    SAFEGUARDING = "safeguarding"
    FULL = "full"
    RECENT = "recent"

    @property
    def stage(self) -> int:
        """How far a pair came before it failed."""
        return list(Reason).index(self)


class Note(StrEnum):
    """What must be said beside a part that has no points."""

    NOT_FILLED_IN = "not_filled_in"
    PARTNER_STATES_NOTHING = "partner_states_nothing"


class Question(StrEnum):
    """What both sides should ask, because it cannot be counted."""

    TIMES = "times"
    QUANTITY = "quantity"

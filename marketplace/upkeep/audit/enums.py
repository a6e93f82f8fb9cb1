from enum import StrEnum


class Fault(StrEnum):
    """Where the chain does not hold."""

    ENDS = "an end of the chain was moved"
    CHANGED = "the entry was changed"
    DROPPED = "the entry is gone"
    CUT = "seals are missing"
    SLIPPED_IN = "the entry has no seal"

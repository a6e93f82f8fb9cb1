from enum import StrEnum


class Standing(StrEnum):
    """How openly a thing stands: confirmed, as a hint nobody confirmed, or hidden."""

    CONFIRMED = "c"
    HINT = "h"
    HIDDEN = "x"

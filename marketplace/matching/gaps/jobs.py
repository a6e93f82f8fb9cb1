from collections.abc import Mapping
from typing import Any

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.database import unlocked
from marketplace.matching.gaps.rules import quarter_of
from marketplace.matching.gaps.services.pupils import count_pupils
from marketplace.matching.gaps.services.registering import (
    forget_whose,
    lacking,
    version_now,
    write_gaps,
)
from marketplace.matching.gaps.services.summing import counted, write_sums


def register(_payload: Mapping[str, Any]) -> None:
    """Writes the register of the day, and forgets whose old rows were.

    Counting takes seconds where there are thousands of needs: nobody waits for it.
    """
    with unlocked():
        found = lacking(now())
    write_gaps(found)
    forget_whose(at=now())


def sum_up(_payload: Mapping[str, Any]) -> None:
    """Writes the sums of the quarter, after the register."""
    quarter = quarter_of(day_of(now()))
    with unlocked():
        rows, version = counted(quarter), version_now(now())
    write_sums(quarter, rows, data_version=version)
    count_pupils(quarter)

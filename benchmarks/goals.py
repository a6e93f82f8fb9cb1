"""How good each figure shall be on two cores, and whether it is."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from benchmarks.schools import SCHOOLS

TENTH, FULL, MILLION = 10_000, 100_000, 1_000_000


class Goal(NamedTuple):
    """The value that must be reached: at most, or at least."""

    value: float
    is_least: bool = False

    def is_met_by(self, value: float) -> bool:
        return value >= self.value if self.is_least else value <= self.value


GOALS: Mapping[tuple[str, int, str], Goal] = {
    ("list_to_floor", TENTH, "ratio"): Goal(0.5, is_least=True),
    ("detail_to_floor", TENTH, "ratio"): Goal(0.5, is_least=True),
    ("home_to_floor", TENTH, "ratio"): Goal(0.5, is_least=True),
    ("list_10k_to_1k", TENTH, "ratio"): Goal(0.8, is_least=True),
    ("list_1m_to_10k", MILLION, "ratio"): Goal(0.8, is_least=True),
    ("import", SCHOOLS, "s"): Goal(5),
    ("search", MILLION, "ms_p99"): Goal(30),
    ("facets", MILLION, "ms_p99"): Goal(30),
    ("map", MILLION, "ms_p99"): Goal(50),
    ("map", MILLION, "bytes"): Goal(60_000),
    ("suggest", MILLION, "ms_p99"): Goal(10),
    ("search_10k_to_1k", TENTH, "ratio"): Goal(0.8, is_least=True),
    ("partners_kernel", FULL, "ms_p50"): Goal(1),
    ("partners_kernel", FULL, "ms_p99"): Goal(3),
    ("partners_kernel", MILLION, "ms_p50"): Goal(5),
    ("partners_page", FULL, "ms_p50"): Goal(20),
    ("partners_page", FULL, "ms_p99"): Goal(60),
    ("partners_rebuild", FULL, "s"): Goal(60),
    ("partners_rebuild", FULL, "bytes"): Goal(500_000_000),
    ("partners_numpy", FULL, "ms_p50"): Goal(150),
    ("partners_update", FULL, "ms_p50"): Goal(50),
    ("partners_reverse", FULL, "ms_p50"): Goal(5),
    ("index_load", FULL, "s"): Goal(3),
    ("index_build", FULL, "s"): Goal(0.2),
    ("alerts", FULL, "ms_p50"): Goal(5),
    ("bundles", 30, "ms_p99"): Goal(100),
    ("clearing", FULL, "s"): Goal(1),
    ("clearing", MILLION, "s"): Goal(10),
    ("clearing_stored", FULL, "s"): Goal(1),
    ("clearing_stored", MILLION, "s"): Goal(10),
    ("clearing_python", FULL, "s"): Goal(5),
    ("clearing_vs_library", TENTH, "ratio"): Goal(1_000, is_least=True),
}


def judged(line: Mapping[str, Any]) -> dict[str, object]:
    """The goal of a figure and whether it is met; null where none is set for its n."""
    goal = GOALS.get((line["name"], line["n"], line.get("unit", "")))
    if goal is None:
        return {"goal": None, "ok": None}
    return {"goal": goal.value, "ok": goal.is_met_by(line["value"])}

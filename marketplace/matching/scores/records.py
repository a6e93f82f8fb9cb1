"""A profile and a line as records of an array, and back."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marketplace.matching.scores.directed import filled_in
from marketplace.matching.scores.enums import Direction, Hard, Part, Side
from marketplace.matching.scores.values import Line, Position, Profile, union
from marketplace.matching.scores.weights import TopicWeights, part_weights

Table = NDArray[np.void]
Integers = NDArray[np.int64]
Masks = NDArray[np.uint64]
FAR = 2**31 - 1
NOT_TOLD = -1
# Masks are without a sign and meet only masks: mixed with int64 they became floats.
ROW = np.dtype(
    [
        ("profile_id", np.int64),
        ("organisation_id", np.int64),
        ("x", np.int32),
        ("y", np.int32),
        ("z", np.int32),
        ("limit", np.int32),  # metres; the radius where it is a condition, else FAR
        ("need_kinds", np.uint64),
        ("give_kinds", np.uint64),
        ("side", np.int8),
        ("is_live", np.bool_),
        ("is_declared", np.bool_),
        ("reach", np.int32),  # metres at which the nearness ends; 1 without a radius
        ("free_capacity", np.int32),
        ("filled", np.int32),
        ("shown_price", np.int32),
        ("topics", np.uint64),
        ("audiences", np.uint64),
        ("months", np.uint64),
        ("topics_weight", np.int64),
        # Where the lines begin: first the needs, then the gives.
        ("start", np.int64),
        ("needs", np.int32),
        ("gives", np.int32),
        ("counted_needs", np.int32),  # those with a quantity
        # What the numbers above were made of; -1 was not told.
        ("radius_km", np.int32),
        ("is_radius_hard", np.bool_),
        ("price_pm", np.int32),
        ("age_days", np.int32),
    ],
    align=True,
)
LINE = np.dtype(
    [
        ("line_no", np.int64),
        ("kind", np.int64),
        ("item", np.int64),
        ("open_quantity", np.int64),
        ("topics", np.uint64),
        ("audiences", np.uint64),
        ("months", np.uint64),
        ("slots", np.uint64),
        ("hard", np.uint64),
        ("is_safeguarded", np.bool_),
    ],
    align=True,
)
PART_TABLE: Integers = np.array(
    [part_weights(filled) for filled in range(1 << len(Part))], dtype=np.int64
)


def row_of(profile: Profile, start: int, weights: TopicWeights) -> Table:
    """A profile as one record; its lines begin at `start`."""
    radius = profile.radius_km
    has_limit = radius is not None and profile.is_radius_hard
    record = (
        profile.profile_id,
        profile.organisation_id,
        *profile.position,
        1000 * (radius or 0) if has_limit else FAR,
        union(1 << line.kind for line in profile.needs),
        union(1 << line.kind for line in profile.gives),
        profile.side,
        profile.is_active,
        profile.is_declared,
        1 if radius is None else 1000 * radius + 1000,
        profile.free_capacity,
        filled_in(profile),
        profile.shown_price,
        profile.topics,
        profile.audiences,
        profile.months,
        weights.of(profile.topics),
        start,
        len(profile.needs),
        len(profile.gives),
        sum(line.open_quantity is not None for line in profile.needs),
        NOT_TOLD if radius is None else radius,
        profile.is_radius_hard,
        profile.price_pm,
        NOT_TOLD if profile.age_days is None else profile.age_days,
    )
    return np.array(record, ROW)


def line_rows(lines: Iterable[Line]) -> Table:
    """Lines as records, in their order."""
    records = [
        (
            line.line_no,
            line.kind,
            line.item,
            NOT_TOLD if line.open_quantity is None else line.open_quantity,
            line.topics,
            line.audiences,
            line.months,
            line.slots,
            line.hard,
            line.is_safeguarded,
        )
        for line in lines
    ]
    return np.array(records, LINE)


def profile_of(row: Any, lines: Table) -> Profile:
    """The profile of one record and of its lines, those that are used up left out.

    Lines come with their effective topics and audiences.
    """
    needs, found = int(row["needs"]), lines.tolist()
    return Profile(
        profile_id=int(row["profile_id"]),
        side=Side(int(row["side"])),
        organisation_id=int(row["organisation_id"]),
        position=Position(int(row["x"]), int(row["y"]), int(row["z"])),
        radius_km=_told(int(row["radius_km"])),
        is_radius_hard=bool(row["is_radius_hard"]),
        topics=int(row["topics"]),
        audiences=int(row["audiences"]),
        months=int(row["months"]),
        free_capacity=int(row["free_capacity"]),
        lines=tuple(
            _line_of(line, Direction.NEED if k < needs else Direction.GIVE)
            for k, line in enumerate(found)
        ),
        is_active=bool(row["is_live"]),
        is_declared=bool(row["is_declared"]),
        price_pm=int(row["price_pm"]),
        age_days=_told(int(row["age_days"])),
    )


def _line_of(line: tuple[Any, ...], direction: Direction) -> Line:
    values = dict(zip(LINE.names or (), line, strict=True))
    values["open_quantity"] = _told(values["open_quantity"])
    values["hard"] = Hard(values["hard"])
    return Line(direction=direction, **values)


def _told(number: int) -> int | None:
    return None if number == NOT_TOLD else number

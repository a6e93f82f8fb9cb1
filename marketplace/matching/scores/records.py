"""A profile and a line as records of an array."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from marketplace.matching.scores.directed import filled_in
from marketplace.matching.scores.enums import Part
from marketplace.matching.scores.values import Line, Profile, union
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
    ],
    align=True,
)
LINE = np.dtype(
    [
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
    )
    return np.array(record, ROW)


def line_rows(lines: Iterable[Line]) -> Table:
    """Lines as records, in their order."""
    records = [
        (
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

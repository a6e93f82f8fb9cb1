"""Sets of numbers as rows of bits: what is in two of them is found in no time; pure."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

# 64 bits in a word; what is not there is 0.
Bits = NDArray[np.uint64]
Numbers = NDArray[np.int64]
# For each of some numbers whether it is in a set.
Flags = NDArray[np.bool_]
S = TypeVar("S", Bits, Flags)
WIDTH = 64
# The last are looked for among twice so many words first, then among more and more.
LAST = 256


def bits_at(numbers: Sequence[int] | Numbers) -> Bits:
    """The bits of some numbers."""
    places = np.asarray(numbers, np.int64)
    size = int(places.max(initial=0)) // WIDTH + 1
    flags = np.zeros(size * WIDTH, dtype=np.bool_)
    flags[places] = True
    return np.packbits(flags, bitorder="little").view(np.uint64)


def numbers_in(bits: Bits) -> list[int]:
    """The numbers whose bits are there."""
    places = np.flatnonzero(bits)
    flags = np.unpackbits(bits[places].view(np.uint8), bitorder="little")
    rows, columns = flags.reshape(-1, WIDTH).nonzero()
    numbers: list[int] = (places[rows] * WIDTH + columns).tolist()
    return numbers


def last_in(bits: Bits, most: int) -> list[int]:
    """The greatest numbers whose bits are there, the greatest first."""
    begin = size = len(bits)
    while begin and size_of(bits[begin:]) < most:
        begin = max(0, size - 2 * (size - begin + LAST))
    numbers = numbers_in(bits[begin:])[: -most - 1 : -1]
    return [begin * WIDTH + number for number in numbers]


def flags_at(numbers: Numbers, bits: Bits) -> Flags:
    """For each of some numbers whether its bit is there."""
    places, shifts = numbers // WIDTH, (numbers % WIDTH).astype(np.uint64)
    flags = (bits.take(places, mode="clip") >> shifts & np.uint64(1)).astype(np.bool_)
    held: Flags = flags & (places < len(bits))
    return held


def flags_in(numbers: Numbers, others: Numbers) -> Flags:
    """For each of some numbers whether it is among others, which are in order."""
    if not len(others):
        return np.zeros(len(numbers), np.bool_)
    places = np.searchsorted(others, numbers)
    held: Flags = others.take(places, mode="clip") == numbers
    return held


def both(some: S, others: S) -> S:
    """What stands in each of two."""
    size = min(len(some), len(others))
    return some[:size] & others[:size]


def size_of(bits: Bits) -> int:
    """How many there are."""
    return int(np.bitwise_count(bits).sum())


def either(some: S, others: S) -> S:
    """What stands in one of two at least."""
    short, long = sorted((some, others), key=len)
    bits = long.copy()
    bits[: len(short)] |= short
    return bits

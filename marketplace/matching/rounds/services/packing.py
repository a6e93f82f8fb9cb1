"""Lists and seats as bytes: what is hashed, kept for the run, and read in one go."""

import struct
from collections.abc import Iterable, Sequence
from hashlib import sha256

import numpy as np
from sqlalchemy import Row

from marketplace.matching.clearing.market import NOBODY, Integers
from marketplace.matching.rounds.tables import (
    NOWHERE,
    Floats,
    FrozenList,
    FrozenSeat,
    FrozenWish,
    Lists,
    Places,
)

# All little-endian, and in words of eight bytes, so that many rows are one array.
HEAD = struct.Struct("<iiQ16sQ")
WISH = struct.Struct("<IHH")
SEAT = struct.Struct("<IIIIIIiiQ")
WORD, HEAD_WORDS = 8, 5
CODE_BYTES = 16
PER_DEGREE = 100_000


def packed_list(frozen: FrozenList) -> bytes:
    """One pupil's row: town, interests, friend, number of wishes, then the wishes."""
    head = HEAD.pack(
        _fixed(frozen.lat),
        _fixed(frozen.lon),
        frozen.interests,
        frozen.friend_code.encode(),
        len(frozen.wishes),
    )
    wishes = (WISH.pack(w.seat_no, w.tier, w.is_free) for w in frozen.wishes)
    return head + b"".join(wishes)


def unpacked_list(row: bytes) -> FrozenList:
    """What `packed_list` packed."""
    lat, lon, interests, friend, _count = HEAD.unpack_from(row)
    wishes = [
        FrozenWish(seat_no, tier, bool(is_free))
        for seat_no, tier, is_free in WISH.iter_unpack(row[HEAD.size :])
    ]
    code = friend.rstrip(b"\0").decode()
    return FrozenList(_degrees(lat), _degrees(lon), interests, code, wishes)


def packed_seats(seats: Iterable[FrozenSeat]) -> bytes:
    """All seats of a round, in the order of their numbers."""
    return b"".join(
        SEAT.pack(
            *(seat.seat_no, seat.capacity, seat.minimum, seat.host),
            *(seat.criteria, seat.km, _fixed(seat.lat), _fixed(seat.lon), seat.topics),
        )
        for seat in sorted(seats, key=lambda one: one.seat_no)
    )


def hash_of_lists(rows: Iterable[tuple[str, bytes]]) -> str:
    """SHA-256 over all rows in the order of their codes, each behind its code."""
    digest = sha256()
    for code, row in rows:
        digest.update(code.encode())
        digest.update(row)
    return digest.hexdigest()


def read_places(blob: bytes) -> Places:
    """The seats as arrays."""
    kind = np.dtype(
        [
            *((name, "<u4") for name in ("seat_no", "capacity", "minimum", "host")),
            *(("criteria", "<u4"), ("km", "<u4"), ("lat", "<i4"), ("lon", "<i4")),
            ("topics", "<u8"),
        ]
    )
    table = np.frombuffer(blob, kind)
    whole = [name for name in kind.names or () if name not in ("lat", "lon", "topics")]
    return Places(
        **{name: table[name].astype(np.int64) for name in whole},
        lat=_angles(table["lat"]),
        lon=_angles(table["lon"]),
        topics=table["topics"].astype(np.uint64),
    )


def read_lists(rows: Sequence[tuple[str, bytes] | Row[str, bytes]]) -> Lists:
    """The rows, which must come in the order of their codes, as arrays.

    Friends count where both name each other.
    """
    codes = [code for code, _row in rows]
    lengths = np.fromiter((len(row) for _code, row in rows), np.int64, len(rows))
    words = np.frombuffer(b"".join(row for _code, row in rows), "<u8")
    starts = np.zeros(len(rows), np.int64)
    np.cumsum(lengths[:-1] // WORD, out=starts[1:])
    is_wish = np.ones(len(words), bool)
    for k in range(HEAD_WORDS):
        is_wish[starts + k] = False
    wish = words[is_wish].view("<u4").reshape(-1, 2)
    off = np.zeros(len(rows) + 1, np.int64)
    np.cumsum(words[starts + 4].astype(np.int64), out=off[1:])
    towns = words[starts].view("<i4").reshape(-1, 2)
    return Lists(
        codes=codes,
        off=off,
        seat_no=wish[:, 0].astype(np.int64),
        tier=(wish[:, 1] & 0xFFFF).astype(np.int64),
        is_free=(wish[:, 1] >> 16) > 0,
        lat=_angles(towns[:, 0]),
        lon=_angles(towns[:, 1]),
        interests=words[starts + 1].astype(np.uint64),
        friend=_friends(codes, words[starts[:, None] + np.array([2, 3])]),
    )


def _friends(codes: Sequence[str], named: np.ndarray) -> Integers:
    """Of each pupil the number of her friend, NOBODY where it is not mutual."""
    friend = np.full(len(codes), NOBODY, np.int64)
    with_name = np.flatnonzero(named[:, 0])
    if not len(with_name):
        return friend
    known = np.array(codes, f"S{CODE_BYTES}")
    wanted = np.ascontiguousarray(named[with_name]).view(f"S{CODE_BYTES}").ravel()
    place = np.minimum(np.searchsorted(known, wanted), len(codes) - 1)
    is_known = known[place] == wanted
    friend[with_name[is_known]] = place[is_known]
    has_friend = np.flatnonzero(friend != NOBODY)
    is_mutual = friend[friend[has_friend]] == has_friend
    is_mutual &= friend[has_friend] != has_friend
    friend[has_friend[~is_mutual]] = NOBODY
    return friend


def _fixed(degrees: float | None) -> int:
    return NOWHERE if degrees is None else round(degrees * PER_DEGREE)


def _degrees(fixed: int) -> float | None:
    return None if fixed == NOWHERE else fixed / PER_DEGREE


def _angles(fixed: np.ndarray) -> Floats:
    """Degrees, NaN where nothing is known."""
    return np.where(fixed == NOWHERE, np.nan, fixed / PER_DEGREE)

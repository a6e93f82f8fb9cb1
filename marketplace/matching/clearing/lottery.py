"""One lottery for all seats of a round, which everybody can check afterwards."""

import hmac
from collections.abc import Sequence
from hashlib import sha256

LOT_BYTES = 8


def commit_hash(seed: bytes, round_code: str, rule_version: str) -> str:
    """What is published before a round opens: it binds the seed without telling it."""
    return sha256(
        b"|".join([seed, round_code.encode(), rule_version.encode()])
    ).hexdigest()


def final_seed(seed: bytes, beacon: bytes = b"") -> bytes:
    """The seed of the draw; a beacon named in advance is mixed in."""
    return sha256(seed + beacon).digest() if beacon else seed


def lot_of(final: bytes, round_code: str, pupil_code: str) -> int:
    """The lot of one pupil, 0 to 2^64 - 1; the smaller, the better."""
    message = f"lot|{round_code}|{pupil_code}".encode()
    digest = hmac.digest(final, message, "sha256")
    return int.from_bytes(digest[:LOT_BYTES], "big")


def lot_ranks(final: bytes, round_code: str, pupil_codes: Sequence[str]) -> list[int]:
    """The rank of each pupil, 1 to n; equal lots are told apart by the code."""
    lots = [(lot_of(final, round_code, code), code) for code in pupil_codes]
    ranks = [0] * len(lots)
    for rank, place in enumerate(sorted(range(len(lots)), key=lots.__getitem__), 1):
        ranks[place] = rank
    return ranks

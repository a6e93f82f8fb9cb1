"""A clearing round with the database: from frozen rows to rows of results."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from secrets import token_bytes
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
from sqlalchemy import func, insert, select

from benchmarks.clearing import MOST_PLAIN, PLACES, SEED, WISHES, distinct
from benchmarks.order import Line, Order, line
from marketplace import create_app
from marketplace.foundation.clock import now
from marketplace.foundation.database import Base, db, transaction
from marketplace.matching.clearing.clear import clear
from marketplace.matching.clearing.enums import Rule
from marketplace.matching.clearing.market import NOBODY
from marketplace.matching.rounds.enums import MAIN, RoundScope, RoundState
from marketplace.matching.rounds.models import Round, RoundList, RoundResult
from marketplace.matching.rounds.services.packing import (
    HEAD,
    HEAD_WORDS,
    WISH,
    packed_seats,
    unpacked_list,
)
from marketplace.matching.rounds.services.running import settle
from marketplace.matching.rounds.tables import Drawn, FrozenSeat
from marketplace.region.labour.enums import Basis

FREE_BIT, TIER_BIT = np.uint64(48), np.uint64(32)
INTEREST = 4
AT_ONCE = 100_000


def clearing_stored(order: Order) -> Iterator[Line]:
    """Seconds from frozen lists in SQLite to results: lots, classes, run, rows."""
    with _round_of(10) as small, transaction():
        settle(small, MAIN)  # compiles
    with _round_of(order.size) as number:
        gc.collect()
        begin = perf_counter()
        with transaction():
            result = settle(number, MAIN)
        seconds = perf_counter() - begin
        is_right = _is_right(result)
    yield line("clearing_stored", order.size, "s", seconds, is_right=is_right)


def _is_right(result: Drawn) -> bool:
    """Compares the stored rows with plain Python, or looks for blocking pairs."""
    expected = result.outcome.seat
    is_right = not result.findings.blocking_pairs and not result.findings.lot_envy
    if len(expected) <= MOST_PLAIN:
        expected = clear(result.market, is_compiled=False).seat
    rows = db.session.execute(
        select(RoundResult.pupil_code, RoundResult.seat_no).order_by(RoundResult.id)
    ).all()
    stored = np.fromiter((row.seat_no or 0 for row in rows), np.int64, len(rows))
    count = db.session.scalar(select(func.count(RoundResult.id)))
    return bool(
        is_right
        and count == len(expected)
        and np.array_equal(np.where(stored == 0, NOBODY, stored - 1), expected)
    )


@contextmanager
def _round_of(size: int) -> Iterator[int]:
    """An application on a database of its own, and in it a round with frozen lists."""
    with TemporaryDirectory(prefix="market-bench-") as folder:
        url = f"sqlite:///{Path(folder, 'market.db')}"
        app = create_app(
            INSTANCE=Path(folder),
            SQLALCHEMY_DATABASE_URI=url,
            FIELD_KEY="11" * 32,
        )
        with app.app_context():
            Base.metadata.create_all(db.engine)
            with transaction():
                number = _frozen(size)
            yield number
            db.session.remove()
            db.engine.dispose()


def _frozen(size: int) -> int:
    """Writes one round whose lists are closed: ten wishes each, half of them tied."""
    dice = np.random.default_rng(SEED)
    seats = max(WISHES, size // PLACES)
    round_ = Round(
        title="Messung",
        scope=RoundScope.REGION,
        basis=Basis.SCHOOL,
        rule=Rule.LOT_FAIR,
        opens_at=now(),
        closes_at=now() + timedelta(days=1),
        seed=token_bytes(32).hex(),
        state=RoundState.FROZEN,
        seats_row=packed_seats(_seats(dice, seats)),
    )
    db.session.add(round_)
    db.session.flush()
    blob, length = _rows(dice, size, seats)
    for first in range(0, size, AT_ONCE):
        rows = [
            {
                "round_id": round_.id,
                "run": MAIN,
                "pupil_code": f"{k:010}",
                "row": blob[k * length : (k + 1) * length],
            }
            for k in range(first, min(first + AT_ONCE, size))
        ]
        db.session.execute(insert(RoundList), rows)
    return round_.id


def _seats(dice: np.random.Generator, count: int) -> Iterator[FrozenSeat]:
    """Seats of 5 to 15 places; each asks for dates, and every other for a topic."""
    for k, capacity in enumerate(dice.integers(5, 16, count).tolist()):
        criteria = 1 | INTEREST * (k % 2)
        yield FrozenSeat(
            k + 1, capacity, 0, k % 50, criteria, 0, None, None, 1 << k % 9
        )


def _rows(dice: np.random.Generator, size: int, seats: int) -> tuple[bytes, int]:
    """All rows in one piece, and how long each is; checked against the reader."""
    seat = distinct(dice, size, seats) + 1
    tier = 1 + np.cumsum(dice.random(seat.shape) < 1 / 2, axis=1)
    tier -= tier[:, :1] - 1
    free = dice.integers(0, 2, seat.shape)
    words = np.zeros((size, HEAD_WORDS + WISHES), np.uint64)
    words[:, 0] = 0x7FFFFFFF_7FFFFFFF
    words[:, 1] = dice.integers(0, 1 << 9, size)
    words[:, HEAD_WORDS - 1] = WISHES
    words[:, HEAD_WORDS:] = (
        seat.astype(np.uint64)
        | tier.astype(np.uint64) << TIER_BIT
        | free.astype(np.uint64) << FREE_BIT
    )
    length = HEAD.size + WISHES * WISH.size
    blob = words.astype("<u8").tobytes()
    first = unpacked_list(blob[:length])
    if [wish.seat_no for wish in first.wishes] != seat[0].tolist():
        raise ValueError("The made-up rows are not as the program packs them.")
    return blob, length

"""Lists of partners with the database: loading, all of them, and one that changed."""

import resource
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from flask import Flask
from sqlalchemy import URL

from benchmarks.markets import SEED, market
from benchmarks.order import Line, Order, line
from benchmarks.profiles import profiles_of
from benchmarks.world import BenchError, empty_world
from marketplace import create_app
from marketplace.foundation.clock import now
from marketplace.foundation.database import db, transaction
from marketplace.matching.partners.queries import (
    give_line_columns,
    need_line_columns,
    stored_lists,
)
from marketplace.matching.partners.services.entering import entered
from marketplace.matching.partners.services.following import follow_changes
from marketplace.matching.partners.services.rebuilding import rebuild
from marketplace.matching.partners.services.storing import (
    begin_version,
    note_stored,
    store_lists,
)
from marketplace.matching.partners.services.worlds import profile_of_offer, world_at
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.market import (
    Entries,
    all_entries,
    entries_of,
    pieces,
)
from marketplace.matching.scores.ranking import rank
from marketplace.postings.offers.models import Offer

CHECKED, CHANGES = 200, 40


def index_load(order: Order) -> Iterator[Line]:
    """From the database to arrays; compared by the number of profiles and lines."""
    with _inside(order.size):
        begin = perf_counter()
        index = world_at(now()).index
        seconds = perf_counter() - begin
        need_count = sum(1 for row in need_line_columns() if row[3] != 0)
        give_count = sum(1 for row in give_line_columns() if row[3] != 0)
        is_right = (len(index), len(index.lines)) == (
            order.size,
            need_count + give_count,
        )
    yield line("index_load", order.size, "s", seconds, is_right=is_right)


def partners_rebuild(order: Order) -> Iterator[Line]:
    """All lists of everybody in arrays, and the memory; some against single ones.

    How long it takes to store them stands beside, without a goal.
    """
    index = market(order.size)
    begin = perf_counter()
    lists = list(all_entries(index))
    seconds = perf_counter() - begin
    memory = 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    asked = set(Random(SEED).sample(sorted(index), min(CHECKED, len(index))))  # noqa: S311
    found: dict[int, list[int]] = {number: [] for number in asked}
    for piece in lists:
        readers, others = piece.readers.tolist(), piece.others.tolist()
        for reader, other in zip(readers, others, strict=True):
            if reader in found:
                found[reader].append(other)
    is_right = all(
        [match.profile_id for match in rank(index, number)] == found[number]
        for number in asked
    )
    storing = {"storing_s": round(_storing(index, lists), 3)}
    for unit, value in (("s", seconds), ("bytes", memory)):
        told = line("partners_rebuild", order.size, unit, value, is_right=is_right)
        yield told | storing


def _storing(index: MatchIndex, lists: Sequence[Entries]) -> float:
    """The seconds until all lists stand in a database that was empty."""
    with empty_world() as world:
        url = world.url.render_as_string(hide_password=False)
        app = create_app(INSTANCE=world.instance, SQLALCHEMY_DATABASE_URI=url)
        with app.app_context():
            begin = perf_counter()
            with transaction():
                version = begin_version(at=now())
            for numbers, entries in zip(pieces(index), lists, strict=True):
                with transaction():
                    store_lists(numbers, entries, version)
            seconds = perf_counter() - begin
            db.session.remove()
            db.engine.dispose()
    return seconds


def partners_update(order: Order) -> Iterator[Line]:
    """From a changed offer to its list and those of others, stored; against all anew.

    All lists are stored first, which is not timed: as in a second night, for the
    first one makes them several times until its prices have settled.
    """
    with _inside(order.size):
        with transaction():
            note_stored(begin_version(at=now()), 0, [], at=now())
        rebuild(now())
        dice, times, changed = Random(SEED), [], []  # noqa: S311
        for number in dice.sample(range(1, order.size, 2), CHANGES):
            with transaction():
                offer = db.session.get_one(Offer, number)
                offer.topics = frozenset(list(offer.topics)[:1])
                offer.audiences = frozenset()
            begin = perf_counter()
            follow_changes(at=now())
            times.append(1000 * (perf_counter() - begin))
            changed.append(profile_of_offer(number))
        is_right = _are_stored(changed)
    yield line(
        "partners_update", order.size, "ms_p50", median(times), is_right=is_right
    )


def _are_stored(changed: list[int]) -> bool:
    """Compares the lists of who changed, and of some others, with new ones."""
    index = world_at(now()).index
    some = Random(SEED).sample(sorted(index), min(CHECKED, len(index)))  # noqa: S311
    asked = sorted({*changed, *some})
    fresh = entries_of(index, asked)
    rows = list(zip(*(column.tolist() for column in fresh), strict=True))
    return [tuple(row) for row in stored_lists(asked)] == rows


@contextmanager
def copied(size: int, **settings: Any) -> Iterator[Flask]:
    """The application on a copy of the database with so many profiles."""
    world = profiles_of(size)
    with TemporaryDirectory(prefix="market-bench-") as folder:
        copy = shutil.copy(str(world.url.database), Path(folder, "market.db"))
        url = URL.create("sqlite", database=str(copy))
        yield create_app(
            INSTANCE=Path(folder),
            SQLALCHEMY_DATABASE_URI=url.render_as_string(hide_password=False),
            **settings,
        )


@contextmanager
def _inside(size: int) -> Iterator[None]:
    """Works in a copy of the database with so many profiles."""
    with copied(size) as app, app.app_context():
        profiles, _lines = entered(now(), [1, 2])
        if not len(profiles):
            raise BenchError("The made-up database holds no profile.")
        yield
        db.session.remove()
        db.engine.dispose()

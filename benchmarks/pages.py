"""Pages through the real server: against the same page from memory, and by size."""

import gzip
import re
from collections.abc import Iterator
from contextlib import ExitStack

import brotli
from sqlalchemy import create_engine, text

from benchmarks.order import Line, Order, line
from benchmarks.servers import FLOOR, SITE, Answer, answer_of, compared, serving
from benchmarks.sites import PAGES
from benchmarks.world import World, world_of

ROUNDS, SECONDS = 6, 0.5
LIST, HOME = "/praktika", "/"
ON_PAGE, ON_HOME = 20, 4
FEWER = 10
# Public ids of what is open, by a plain query of the made-up market.
OPEN = """
SELECT p.public_id FROM {table} p JOIN organisations o ON o.id = p.organisation_id
WHERE p.state IN ({states}) AND o.state = 'verified'
ORDER BY p.state = 'published' DESC, p.published_at DESC, p.id DESC LIMIT {limit}
"""
IN_LISTS, IN_NEWEST = "'published', 'paused', 'filled'", "'published'"
_CARDS = re.compile(r'<h3><a href="/(praktika|angebote)/([2-9a-z]{10})')


def list_to_floor(order: Order) -> Iterator[Line]:
    """The first page of the internships, over the same from memory."""
    world = world_of(order.size, order.database)
    expected = _listed(world)
    yield from _to_floor("list_to_floor", world, LIST, expected)


def detail_to_floor(order: Order) -> Iterator[Line]:
    """The page of the newest internship, over the same from memory."""
    world = world_of(order.size, order.database)
    [newest, *_rest] = _listed(world)
    yield from _to_floor("detail_to_floor", world, f"{LIST}/{newest}", [])


def home_to_floor(order: Order) -> Iterator[Line]:
    """The home page, over the same from memory."""
    world = world_of(order.size, order.database)
    expected = [
        key
        for table in ("internships", "offers")
        for key in _public_ids(world, table, IN_NEWEST, ON_HOME)
    ]
    yield from _to_floor("home_to_floor", world, HOME, expected)


def list_10k_to_1k(order: Order) -> Iterator[Line]:
    """How fast the list is at this size, over its speed at a tenth of it."""
    yield from _by_size("list_10k_to_1k", order, order.size, order.size // FEWER)


def list_1m_to_10k(order: Order) -> Iterator[Line]:
    """How fast the list of a million is, over the speed of one of ten thousand."""
    yield from _by_size("list_1m_to_10k", order, 1_000_000, 10_000)


def _to_floor(
    name: str, world: World, path: str, expected: list[str]
) -> Iterator[Line]:
    with (
        serving(SITE, world) as site,
        serving(FLOOR, world, **{PAGES: path}) as floor,
    ):
        pages = [page_of(answer_of(port, path)) for port in (site, floor)]
        is_right = pages[0] == pages[1] and _cards(pages[0]) == expected
        speeds = compared([(site, path), (floor, path)], rounds=ROUNDS, seconds=SECONDS)
    yield line(name, world.size, "ratio", speeds[0] / speeds[1], is_right=is_right)


def _by_size(name: str, order: Order, many: int, few: int) -> Iterator[Line]:
    worlds = [world_of(size, order.database) for size in (many, few)]
    with ExitStack() as stack:
        sites = [stack.enter_context(serving(SITE, world)) for world in worlds]
        is_right = all(
            _cards(page_of(answer_of(site, LIST))) == _listed(world)
            for site, world in zip(sites, worlds, strict=True)
        )
        paths = [(site, LIST) for site in sites]
        speeds = compared(paths, rounds=ROUNDS, seconds=SECONDS)
    yield line(name, many, "ratio", speeds[0] / speeds[1], is_right=is_right)


def page_of(answer: Answer) -> str:
    """The page inside an answer, which must have come compressed."""
    encoding = re.search(r"(?im)^content-encoding: *(\w+)", answer.head)
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}
    return str(unpack[encoding[1] if encoding else ""](answer.body).decode())


def _cards(page: str) -> list[str]:
    """The public ids of the cards, in order."""
    return [key for _kind, key in _CARDS.findall(page)]


def _listed(world: World) -> list[str]:
    return _public_ids(world, "internships", IN_LISTS, ON_PAGE)


def _public_ids(world: World, table: str, states: str, limit: int) -> list[str]:
    query = text(OPEN.format(table=table, states=states, limit=limit))
    engine = create_engine(world.url)
    with engine.connect() as connection:
        keys = list(connection.scalars(query))
    engine.dispose()
    return keys

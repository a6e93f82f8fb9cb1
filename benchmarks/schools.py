"""How long it takes to take over the schools of three states, as a command does it."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy import create_engine, text

from benchmarks.order import Line, Order, line
from benchmarks.world import World, empty_world
from devtools.site import MARKET

# As many as the three states have.
SCHOOLS = 3_974
HEADINGS = ("Schulnummer", "Name", "Schulart", "Straße", "PLZ", "Ort", "Land")
KINDS = ("Gymnasium", "Oberschule", "Regelschule", "Sekundarschule", "Förderschule")
TOWNS = (("Leipzig", "SN"), ("Magdeburg", "ST"), ("Erfurt", "TH"), ("Görlitz", "SN"))


def import_schools(order: Order) -> Iterator[Line]:
    """The whole command, from its start to its end."""
    with (
        empty_world(order.database) as world,
        TemporaryDirectory(prefix="market-bench-") as folder,
    ):
        rows = [_school(number) for number in range(1, SCHOOLS + 1)]
        file = Path(folder, "schulen.csv")
        with file.open("w", newline="", encoding="utf-8") as opened:
            csv.writer(opened, delimiter=";").writerows([HEADINGS, *rows])
        begin = perf_counter()
        said = world.run(MARKET, "import", "schools", file)
        seconds = perf_counter() - begin
        report = json.loads(said.splitlines()[-1])
        is_right = report["created"] == SCHOOLS and _stored(world) == _expected(rows)
    yield line("import", SCHOOLS, "s", seconds, is_right=is_right)


def _school(number: int) -> tuple[str, ...]:
    kind = KINDS[number % len(KINDS)]
    town, state = TOWNS[number % len(TOWNS)]
    name = f"{kind} am Park {number}"
    return (f"B{number:05}", name, kind, f"Parkweg {number}", "", town, state)


def _expected(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return sorted(
        (key, name, street, town) for key, name, _, street, _, town, _ in rows
    )


def _stored(world: World) -> list[tuple[str, ...]]:
    """What stands in the table, by a plain query."""
    query = text("SELECT key, name, street, place_name FROM schools")
    engine = create_engine(world.url)
    with engine.connect() as connection:
        rows = sorted(tuple(row) for row in connection.execute(query))
    engine.dispose()
    return rows

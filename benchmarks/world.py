"""A made-up market in a database of its own, kept between two runs of one release."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import URL, NullPool, create_engine, make_url, text

from devtools.site import MARKET
from devtools.steps import TOP, digest

HERE = Path(__file__).parent
# What a seeded database depends on.
MADE_OF = (
    *(TOP / "marketplace", TOP / "migrations", Path(__file__)),
    *(HERE / name for name in ("rows.py", "entries.py", "bulk.py")),
)
KEY_LENGTH = 10
# In front of the names of our schemas on a server.
OURS = "bench"


class BenchError(Exception):
    """The end of a measurement, with one sentence for a person."""


@dataclass(frozen=True)
class World:
    """A database with so many internships, and the folder of its installation."""

    size: int
    url: URL
    instance: Path

    @property
    def environment(self) -> dict[str, str]:
        """What makes a program of ours work there, and nowhere else."""
        own = {
            "MARKET_INSTANCE": str(self.instance),
            "MARKET_DATABASE_URL": self.url.render_as_string(hide_password=False),
            "MARKET_BASE_URL": "http://127.0.0.1:5000",
        }
        others = {k: v for k, v in os.environ.items() if not k.startswith("MARKET_")}
        return others | own

    def run(self, *command: str | Path, **variables: str) -> str:
        """Runs a program of ours there; gives what it printed."""
        done = subprocess.run(  # noqa: S603 - named by this folder alone
            command,
            cwd=TOP,
            env=self.environment | variables,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise BenchError(f"{' '.join(map(str, command))}\n{done.stderr[-2000:]}")
        return done.stdout


def world_of(size: int, database: str = "") -> World:
    """Gives the seeded world of this size; makes it where there is none yet."""
    place = cache_folder() / release()
    place.mkdir(parents=True, exist_ok=True)
    _forget_other_releases(place)
    if database and not database.startswith("sqlite"):
        return _on_server(make_url(database), size, place)
    file = Path(make_url(database).database or "") if database else place / "market.db"
    return _in_file(file.absolute(), size, place)


@contextmanager
def empty_world(database: str = "") -> Iterator[World]:
    """A world without a posting that is gone afterwards."""
    kept = world_of(0, database)
    with TemporaryDirectory(prefix="market-bench-") as folder:
        if kept.url.get_backend_name() != "sqlite":
            yield kept
            _drop_schema(kept.url, _schema_of(0))
            return
        copy = shutil.copy(str(kept.url.database), Path(folder, "market.db"))
        yield World(0, URL.create("sqlite", database=str(copy)), Path(folder))


def cache_folder() -> Path:
    """Where this system keeps what can be made again."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home, "mint-boerse-bench")


def release() -> str:
    """The fingerprint of code and month: the made-up days lie ahead of the month."""
    month = datetime.now(UTC).strftime("%Y-%m")
    return digest([*MADE_OF, month, sys.version])[:KEY_LENGTH]


def _forget_other_releases(place: Path) -> None:
    for folder in place.parent.iterdir():
        if folder != place:
            shutil.rmtree(folder, ignore_errors=True)


def _in_file(file: Path, size: int, place: Path) -> World:
    """Copies the empty database, fills the copy, and only then gives it its name."""
    name = f"{file.stem}-{release()}-{size}{file.suffix}"
    world = World(size, URL.create("sqlite", database=str(file.with_name(name))), place)
    ready = Path(str(world.url.database))
    if ready.exists():
        return world
    rough = ready.with_suffix(".part")
    for rest in rough.parent.glob(f"{rough.name}*"):
        rest.unlink()
    making = World(size, URL.create("sqlite", database=str(rough)), place)
    if size:
        empty = _in_file(file, 0, place)
        shutil.copy(str(empty.url.database), rough)
    else:
        making.run(MARKET, "db", "upgrade")
    _fill(making)
    rough.rename(ready)
    return world


def _on_server(url: URL, size: int, place: Path) -> World:
    """Makes a schema of ours; nothing else of the named database is touched."""
    schema = _schema_of(size)
    own = url.update_query_dict({"options": f"-csearch_path={schema}"})
    world = World(size, own, place)
    with create_engine(url, poolclass=NullPool).begin() as connection:
        ready = connection.scalar(
            text("SELECT obj_description(to_regnamespace(:name)::oid)"),
            {"name": schema},
        )
    if ready:
        return world
    _drop_schema(url, schema)
    with create_engine(url, poolclass=NullPool).begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    world.run(MARKET, "db", "upgrade")
    _fill(world)
    with create_engine(url, poolclass=NullPool).begin() as connection:
        connection.execute(text(f"COMMENT ON SCHEMA {schema} IS 'ready'"))
    return world


def _fill(world: World) -> None:
    if world.size:
        world.run(sys.executable, "-m", "benchmarks.rows", str(world.size))


def _schema_of(size: int) -> str:
    return f"{OURS}_{release()}_{size}"


def _drop_schema(url: URL, schema: str) -> None:
    with create_engine(url, poolclass=NullPool).begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {schema} CASCADE"))

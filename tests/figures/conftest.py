"""What figures are taken of: the demonstration, behind the real server."""

import pytest
from sqlalchemy import URL

from benchmarks.servers import SITE, serving
from benchmarks.world import World
from devtools.site import MARKET

DEMO = {"MARKET_DEMO": "1"}


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """Where the demonstration is served, by gunicorn with two workers."""
    folder = tmp_path_factory.mktemp("figures")
    url = URL.create("sqlite", database=str(folder / "market.db"))
    world = World(0, url, folder)
    world.run(MARKET, "db", "upgrade")
    world.run(MARKET, "demo", **DEMO)
    with serving(SITE, world, **DEMO) as port:
        yield f"http://127.0.0.1:{port}"

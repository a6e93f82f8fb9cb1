"""Lists of partners made by hand; on a cluster they are those of one machine."""

import re

import pytest
from distributed import LocalCluster
from sqlalchemy import select

from benchmarks.markets import market as market_of
from marketplace.doors.commands import clusters
from marketplace.doors.commands.clusters import engine_on
from marketplace.doors.commands.match import match
from marketplace.foundation.database import db
from marketplace.matching.partners.models import Price, TopicWeight
from marketplace.matching.partners.queries import stored_lists, weights_version
from marketplace.matching.partners.services.worlds import world_at
from marketplace.matching.scores.market import PIECE, all_entries
from marketplace.matching.scores.ranking import rank
from tests.factories.partners import make_market
from tests.moments import NOON
from tests.services.processes import free_port

SIZE = 2 * PIECE + 500


@pytest.fixture(scope="module")
def scheduler():
    """The address of a cluster of two processes on this machine."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        yield cluster.scheduler_address


@pytest.fixture
def run(app):
    def call(*words):
        return app.test_cli_runner().invoke(match, ["rebuild", *words])

    return call


def rows_of(found):
    return [
        row
        for entries in found
        for row in zip(*(column.tolist() for column in entries), strict=True)
    ]


def lists():
    return [tuple(row) for row in stored_lists()]


def test_rebuild_stores_lists_weights_and_prices(run):
    make_market()

    result = run()

    assert result.exit_code == 0, result.output
    index, version = world_at(NOON).index, weights_version().id
    ranked = [
        (number, place, other.profile_id, other.key, other.reciprocal)
        for number in sorted(index)
        for place, other in enumerate(rank(index, number), 1)
    ]
    assert lists() == ranked
    assert re.fullmatch(
        rf"16 profiles, {len(ranked)} places, version {version}, \d+\.\d s\.\n",
        result.output,
    )
    assert len(db.session.scalars(select(Price)).all()) == 16
    assert len(db.session.scalars(select(TopicWeight)).all()) == 64


def test_lists_of_a_cluster_are_those_of_one_machine(scheduler):
    index = market_of(SIZE)

    rows = rows_of(engine_on(scheduler)(index))

    assert len(rows) > 5 * SIZE
    assert rows == rows_of(all_entries(index))


def test_cluster_stores_what_one_machine_would(run, scheduler):
    make_market()

    result = run("--engine", "dask", "--scheduler", scheduler)

    assert result.exit_code == 0, result.output
    on_cluster = lists()
    assert len(on_cluster) > 60
    index = world_at(NOON).index
    assert on_cluster == sorted(rows_of(all_entries(index)))


def test_cluster_needs_an_address(run):
    result = run("--engine", "dask")

    assert result.exit_code == 2
    assert "Name the cluster with --scheduler." in result.output


def test_cluster_that_does_not_answer_is_named(run, monkeypatch):
    monkeypatch.setattr(clusters, "PATIENCE_SECONDS", 1)
    make_market(1)
    address = f"tcp://127.0.0.1:{free_port()}"

    result = run("--engine", "dask", "--scheduler", address)

    assert result.exit_code == 1
    assert result.output == f"Error: No cluster answers at {address}.\n"
    assert weights_version() is None


def test_without_dask_the_command_says_what_to_install(run, monkeypatch):
    def import_module(name):
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(clusters, "import_module", import_module)

    result = run("--engine", "dask", "--scheduler", "tcp://127.0.0.1:8786")

    assert result.exit_code == 1
    assert result.output == (
        "Error: Dask is not installed: install the extra `cluster`, or leave "
        "--engine away.\n"
    )

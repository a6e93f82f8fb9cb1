"""`market match`: the stored lists of partners."""

from time import perf_counter

import click
from flask.cli import with_appcontext

from marketplace.doors.commands.clusters import NoClusterError, engine_on
from marketplace.doors.commands.progress import progress
from marketplace.foundation.clock import now
from marketplace.matching.partners.services.rebuilding import Engine, rebuild
from marketplace.matching.scores.market import all_entries


@click.group()
def match() -> None:
    """Make the lists of partners.

    Example: market match rebuild
    """


@match.command("rebuild")
@click.option(
    "--engine",
    type=click.Choice(["local", "dask"]),
    default="local",
    show_default=True,
    help="On this machine, or on a cluster (needs the extra `cluster`).",
)
@click.option("--scheduler", default="", help="The cluster's address, tcp://host:8786.")
@with_appcontext
def rebuild_command(engine: str, scheduler: str) -> None:
    """Freeze the weights, move the prices on and store everybody's list anew.

    Example: market match rebuild --engine dask --scheduler tcp://10.0.0.5:8786
    """
    begin = perf_counter()
    make: Engine = all_entries
    if engine == "dask":
        if not scheduler:
            raise click.UsageError("Name the cluster with --scheduler.")
        try:
            make = engine_on(scheduler)
        except ImportError:
            raise click.ClickException(
                "Dask is not installed: install the extra `cluster`, or leave "
                "--engine away."
            ) from None
    try:
        with progress("Lists") as tell:
            done = rebuild(now(), engine=make, tell=tell)
    except NoClusterError as error:
        raise click.ClickException(f"No cluster answers at {error}.") from None
    click.echo(
        f"{done.profile_count} profiles, {done.entry_count} places, version "
        f"{done.version}, {perf_counter() - begin:.1f} s."
    )

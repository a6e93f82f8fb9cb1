"""Measures, on data of its own."""

import json
import os
import resource
from collections.abc import Callable, Iterator, Mapping
from time import perf_counter

import click

from benchmarks.alerts import alerts
from benchmarks.bundles import bundles
from benchmarks.clearing import clearing, clearing_python, clearing_vs_library
from benchmarks.goals import judged
from benchmarks.maps import clusters
from benchmarks.order import Line, Order
from benchmarks.pages import (
    detail_to_floor,
    home_to_floor,
    list_1m_to_10k,
    list_10k_to_1k,
    list_to_floor,
)
from benchmarks.partners import (
    index_build,
    partners_kernel,
    partners_numpy,
    partners_reverse,
)
from benchmarks.rounds import clearing_stored
from benchmarks.schools import import_schools
from benchmarks.searches import facets, search, search_10k_to_1k, suggest
from benchmarks.stored import index_load, partners_rebuild, partners_update
from benchmarks.visits import partners_page
from benchmarks.world import BenchError
from marketplace.foundation.compiling import IS_COMPILED

Figure = Callable[[Order], Iterator[Line]]

FIGURES: Mapping[str, Figure] = {
    "list_to_floor": list_to_floor,
    "list_10k_to_1k": list_10k_to_1k,
    "detail_to_floor": detail_to_floor,
    "home_to_floor": home_to_floor,
    "import": import_schools,
    "alerts": alerts,
    "search": search,
    "search_10k_to_1k": search_10k_to_1k,
    "facets": facets,
    "suggest": suggest,
    "map": clusters,
    "partners_kernel": partners_kernel,
    "bundles": bundles,
    "clearing": clearing,
    "clearing_stored": clearing_stored,
    "clearing_python": clearing_python,
    "partners_numpy": partners_numpy,
    "partners_reverse": partners_reverse,
    "index_build": index_build,
    "index_load": index_load,
    "partners_page": partners_page,
    "partners_rebuild": partners_rebuild,
    "partners_update": partners_update,
    "list_1m_to_10k": list_1m_to_10k,
    "clearing_vs_library": clearing_vs_library,
}
# What takes longer than anybody waits for unasked.
IN_FULL_ONLY = {
    "list_1m_to_10k",
    "clearing_vs_library",
    "partners_rebuild",
    "partners_update",
}


@click.command()
@click.argument("names", nargs=-1)
@click.option("--size", default=10_000, show_default=True, help="How many things.")
@click.option(
    "--database",
    default="",
    help="Where the made-up data lies: a server, or a file beside which to keep it.",
)
@click.option("--json", "_as_json", is_flag=True, help="One JSON line each; always so.")
def bench(names: tuple[str, ...], size: int, database: str, *, _as_json: bool) -> None:
    """Measure figures; a NAME is a figure or the beginning of several.

    Example: market bench list partners --size 10000
    """
    order = Order(size, database)
    lines = []
    try:
        for figure in _chosen(names):
            begin = perf_counter()
            for measured in FIGURES[figure](order):
                line = measured | _around(begin) | judged(measured)
                click.echo(json.dumps(line))
                lines.append(line)
    except BenchError as error:
        raise click.ClickException(str(error)) from None
    if not all(line["checked"] for line in lines):
        raise click.ClickException("An answer was wrong.")
    if any(line["ok"] is False for line in lines):
        raise click.ClickException("A goal was missed.")


def _around(begin: float) -> Line:
    """How long a figure took in all, and what it ran on."""
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "seconds": round(perf_counter() - begin, 3),
        "backend": "numba" if IS_COMPILED else "python",
        "threads": os.cpu_count(),
        "rss_mb": memory // 1024,
    }


def _chosen(names: tuple[str, ...]) -> list[str]:
    """The figures that are meant, each once, in the order of the table."""
    usual = [figure for figure in FIGURES if figure not in IN_FULL_ONLY]
    chosen = set() if names else set(usual)
    for name in names:
        found = [f for f in usual if f.startswith(name)]
        if name in FIGURES:
            found = [name]
        if not found:
            known = ", ".join(FIGURES)
            raise click.ClickException(f"{name} is none of the figures: {known}.")
        chosen.update(found)
    return [figure for figure in FIGURES if figure in chosen]

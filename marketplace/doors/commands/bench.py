"""Measures, on data of its own."""

import json

import click

from benchmarks.partners import partners_kernel

FIGURES = {"partners_kernel": partners_kernel}


@click.command()
@click.argument("names", nargs=-1)
@click.option("--size", default=10_000, show_default=True, help="How many things.")
@click.option("--json", "_as_json", is_flag=True, help="One JSON line each; always so.")
def bench(names: tuple[str, ...], size: int, *, _as_json: bool) -> None:
    """Measure figures; a NAME is a figure or the beginning of several.

    Example: market bench partners --size 10000
    """
    chosen = [
        figure
        for name, figure in FIGURES.items()
        if not names or any(name.startswith(beginning) for beginning in names)
    ]
    if not chosen:
        raise click.ClickException(f"There are these figures: {', '.join(FIGURES)}.")
    lines = [line for figure in chosen for line in figure(size)]
    for line in lines:
        click.echo(json.dumps(line))
    if not all(line["checked"] for line in lines):
        raise click.ClickException("An answer was wrong.")

"""Clears a round that lies in files, without an account or a database."""

import json
from pathlib import Path
from time import perf_counter

import click

from marketplace.doors.commands.clear_files import Files, read_round, write_result
from marketplace.matching.clearing.checking import check_round
from marketplace.matching.clearing.clear import clear as cleared
from marketplace.matching.clearing.enums import Rule
from marketplace.matching.clearing.lottery import lot_ranks
from marketplace.matching.clearing.market import build_market

RULES = [rule.value for rule in Rule]
_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--wishes", type=_file, required=True, help="pupil,seat,tier,pos")
@click.option("--seats", type=_file, required=True, help="seat,capacity,minimum")
@click.option("--classes", type=_file, help="pupil,seat,class; lower is better.")
@click.option("--rule", type=click.Choice(RULES), default=Rule.LOT_FAIR.value)
@click.option("--seed", required=True, help="What the lots are drawn from.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Result.")
def clear(
    *,
    wishes: Path,
    seats: Path,
    classes: Path | None,
    rule: str,
    seed: str,
    out: Path | None,
) -> None:
    """Give the places of a round to the pupils who wish them.

    The tables are CSV. A pupil likes all seats of one tier equally; without classes
    every seat likes all pupils equally, and the lot decides. The last line is JSON.

    Example: market clear --wishes w.csv --seats s.csv --rule lot_fair --seed 2027
    """
    begin = perf_counter()
    try:
        tables = read_round(Files(wishes, seats, classes))
        ranks = lot_ranks(seed.encode(), "", tables.pupils)
        market = build_market(tables.wishes, ranks, tables.places)
        outcome = cleared(market, Rule(rule))
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    findings = check_round(market, outcome)
    if out:
        write_result(out, tables, outcome)
    line = {
        "pupils": len(tables.pupils),
        "placed": outcome.placed,
        "first_tier": outcome.first_tier,
        "blocking_pairs": findings.blocking_pairs,
        "lot_envy": findings.lot_envy,
        "closed": len(outcome.closed),
        "seconds": round(perf_counter() - begin, 3),
    }
    click.echo(json.dumps(line))

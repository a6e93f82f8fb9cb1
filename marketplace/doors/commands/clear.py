"""Clears a round of this installation, or one in files without any database."""

import json
from pathlib import Path
from time import perf_counter

import click
from flask.cli import ScriptInfo

from marketplace.doors.commands.clear_files import Files, read_round, write_result
from marketplace.foundation.clock import now
from marketplace.foundation.database import transaction
from marketplace.foundation.refusals import Refusal
from marketplace.matching.clearing.checking import check_round
from marketplace.matching.clearing.clear import clear as cleared
from marketplace.matching.clearing.enums import Rule
from marketplace.matching.clearing.lottery import lot_ranks
from marketplace.matching.clearing.market import Market, build_market
from marketplace.matching.clearing.values import Outcome
from marketplace.matching.rounds.enums import RoundState
from marketplace.matching.rounds.queries.rounds import round_by_key
from marketplace.matching.rounds.services.running import draw_round, drawn_again

RULES = [rule.value for rule in Rule]
_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("round_key", metavar="[ROUND]", default="")
@click.option("--wishes", type=_file, help="pupil,seat,tier,pos")
@click.option("--seats", type=_file, help="seat,capacity,minimum")
@click.option("--classes", type=_file, help="pupil,seat,class; lower is better.")
@click.option("--rule", type=click.Choice(RULES), default=Rule.LOT_FAIR.value)
@click.option("--seed", default="", help="What the lots are drawn from.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Result.")
@click.pass_context
def clear(
    context: click.Context,
    *,
    round_key: str,
    wishes: Path | None,
    seats: Path | None,
    classes: Path | None,
    rule: str,
    seed: str,
    out: Path | None,
) -> None:
    """Give the places of a round to the pupils who wish them.

    ROUND is the code of a round of this installation whose lists are closed; one that
    is drawn already is only computed again. Without it the tables are CSV: a pupil
    likes all seats of one tier equally; without classes every seat likes all pupils
    equally, and the lot decides. The last line is JSON.

    Example: market clear --wishes w.csv --seats s.csv --rule lot_fair --seed 2027
    """
    begin = perf_counter()
    try:
        if round_key:
            app = context.ensure_object(ScriptInfo).load_app()
            with app.app_context():
                market, outcome = _of_round(round_key)
        elif wishes and seats and seed:
            tables = read_round(Files(wishes, seats, classes))
            ranks = lot_ranks(seed.encode(), "", tables.pupils)
            market = build_market(tables.wishes, ranks, tables.places)
            outcome = cleared(market, Rule(rule))
            if out:
                write_result(out, tables, outcome)
        else:
            raise click.UsageError("Name a ROUND, or --wishes, --seats and --seed.")
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    click.echo(json.dumps(_line(market, outcome, begin)))


def _of_round(key: str) -> tuple[Market, Outcome]:
    """Draws a round whose lists are closed; computes again what is drawn."""
    try:
        with transaction():
            round_ = round_by_key(key.partition("-")[0])
            if round_ is None:
                raise click.ClickException(f"There is no round {key}.")
            if round_.state is RoundState.FROZEN:
                draw_round(round_, actor=None, at=now())
            again = drawn_again(round_)
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence) from None
    return again.market, again.outcome


def _line(market: Market, outcome: Outcome, begin: float) -> dict[str, object]:
    findings = check_round(market, outcome)
    return {
        "pupils": market.pupil_count,
        "placed": outcome.placed,
        "first_tier": outcome.first_tier,
        "blocking_pairs": findings.blocking_pairs,
        "lot_envy": findings.lot_envy,
        "closed": len(outcome.closed),
        "seconds": round(perf_counter() - begin, 3),
    }

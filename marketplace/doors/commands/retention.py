"""`market retention`: what is kept how long."""

import json
from collections.abc import Callable

import click
from flask import current_app
from flask.cli import with_appcontext

from marketplace.doors.commands.progress import progress
from marketplace.foundation.clock import now
from marketplace.foundation.database import reading, transaction, write_back
from marketplace.stewardship.privacy.services.keeping import (
    AT_ONCE,
    Moment,
    Rule,
    keep_rule,
)
from marketplace.stewardship.privacy.services.noting import copy_list
from marketplace.stewardship.privacy.services.table import RULES


@click.command()
@click.option("--dry-run", is_flag=True, help="Only count what would go.")
@with_appcontext
def retention(*, dry_run: bool) -> None:
    """Delete what has been kept long enough; the worker does so every night.

    Prints a line of JSON for each rule: how many records went, or would go. It works
    in small steps; cut short, it goes on where it was the next time.

    Example: market retention --dry-run
    """
    moment = Moment(now(), current_app.config["INSTANCE"])
    lines = []
    with progress("Retention") as tell:
        for done, rule in enumerate(RULES):
            tell(done, len(RULES))
            count = _counted(rule, moment) if dry_run else keep_wholly(rule, moment)
            lines.append({"rule": rule.name, "count": count, "dry_run": dry_run})
    if not dry_run:
        with reading():
            copy_list(moment.instance)
        write_back()
    for line in lines:
        click.echo(json.dumps(line))


def keep_wholly(
    rule: Rule,
    moment: Moment,
    *,
    step: Callable[[Rule, Moment], int] = keep_rule,
) -> int:
    """Lets go all that a rule finds, step by step, and says how many."""
    total = 0
    while True:
        with transaction():
            count = step(rule, moment)
        total += count
        if count < AT_ONCE:
            return total


def _counted(rule: Rule, moment: Moment) -> int:
    with reading():
        return rule.count(moment)

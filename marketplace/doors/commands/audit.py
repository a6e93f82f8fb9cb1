"""`market audit`: whether the record is as it was written."""

import json
from itertools import islice

import click
from flask.cli import with_appcontext

from marketplace.foundation.clock import now
from marketplace.foundation.database import reading
from marketplace.upkeep.audit.queries import the_chain
from marketplace.upkeep.audit.services import check_chain

# So many places are named.
MOST = 20


@click.command()
@with_appcontext
def audit() -> None:
    """Check that nobody changed, dropped or slipped in an entry of the record.

    Names the first places where it does not hold, and ends with status 1 then. The last
    line is JSON with the number and the mark of the last seal: kept elsewhere, they
    also show whether the whole chain was made anew.

    Example: market audit
    """
    with reading():
        found = list(islice(check_chain(at=now()), MOST))
        chain = the_chain()
        told = {
            "seals": chain.last_number if chain else 0,
            "pruned": chain.pruned_number if chain else 0,
            "mark": chain.last_mark if chain else "",
            "faults": len(found),
        }
    for fault, number in found:
        click.echo(f"{number}: {fault}", err=True)
    click.echo(json.dumps(told))
    if found:
        raise click.exceptions.Exit(1)

"""Brings the database to the present release and fills in what the product knows."""

import click
from flask.cli import with_appcontext
from flask_migrate import upgrade as migrate

from marketplace.doors.commands.indexing import index_missing
from marketplace.foundation.clock import now
from marketplace.foundation.database import transaction
from marketplace.region.calendar.services import seed_calendar
from marketplace.region.occupations.services import seed_occupations
from marketplace.region.places.services import seed_districts, seed_places


@click.command()
@with_appcontext
def upgrade() -> None:
    """Migrate, seed places, districts, calendar and occupations, fill the index.

    Safe to run again. Example: market db upgrade
    """
    migrate()
    for seed in (seed_districts, seed_places, seed_calendar, seed_occupations):
        with transaction():
            seed(at=now())
    index_missing()
    click.echo("The database is up to date.")

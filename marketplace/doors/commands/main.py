"""`market`: the one command of an operator."""

from typing import Any

import click
from flask.cli import FlaskGroup
from flask_migrate.cli import db as migrations
from sqlalchemy.exc import OperationalError, ProgrammingError

from marketplace import create_app
from marketplace.doors.commands.audit import audit
from marketplace.doors.commands.backup import backup, restore
from marketplace.doors.commands.bench import bench
from marketplace.doors.commands.clear import clear
from marketplace.doors.commands.demo.command import demo
from marketplace.doors.commands.deploy import check_deploy
from marketplace.doors.commands.exports import export_command
from marketplace.doors.commands.imports import import_command
from marketplace.doors.commands.match import match
from marketplace.doors.commands.retention import retention
from marketplace.doors.commands.seed import upgrade
from marketplace.doors.commands.serve import serve
from marketplace.doors.commands.users import users
from marketplace.doors.commands.work import worker


class Commands(FlaskGroup):
    """Tells an operator in one sentence that the database is not there."""

    def invoke(self, context: click.Context) -> Any:
        """Runs the command; a missing table or server is no bug of ours."""
        try:
            return super().invoke(context)
        except (OperationalError, ProgrammingError) as error:
            raise click.ClickException(
                f"The database does not answer as it should ({error.orig}). Check "
                "MARKET_DATABASE_URL, run `market db upgrade`."
            ) from error


@click.group(
    cls=Commands,
    create_app=create_app,
    add_default_commands=False,
    add_version_option=False,
    set_debug_flag=False,
)
def market() -> None:
    """Run the MINT-Börse Mitteldeutschland."""


migrations.add_command(upgrade)
for command in (
    serve,
    worker,
    migrations,
    demo,
    import_command,
    export_command,
    bench,
    match,
    clear,
    backup,
    restore,
    retention,
    audit,
    check_deploy,
    users,
):
    market.add_command(command)

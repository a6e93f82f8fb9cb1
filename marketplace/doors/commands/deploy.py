"""Says whether an installation is fit for strangers."""

import sys

import click
from flask.cli import with_appcontext
from flask_babel import force_locale
from sqlalchemy.exc import SQLAlchemyError

from marketplace.doors.commands.deploy_checks import CHECKS, Check
from marketplace.foundation.database import db


@click.command("check-deploy")
@with_appcontext
def check_deploy() -> None:
    """Check what must hold before strangers come; 1 is the status of a finding.

    Run it with the environment of the site, while site and worker run.

    Example: market check-deploy
    """
    findings = [(_name_of(check), _finding_of(check)) for check in CHECKS]
    for name, finding in findings:
        click.echo(f"FAILED  {name}: {finding}" if finding else f"ok      {name}")
    sys.exit(1 if any(finding for _, finding in findings) else 0)


def _finding_of(check: Check) -> str:
    """What a check finds; a database that cannot answer is a finding, too."""
    try:
        with force_locale("de"):
            return check()
    except SQLAlchemyError as error:
        db.session.rollback()
        return f"The database does not answer: {type(error).__name__}."


def _name_of(check: Check) -> str:
    return check.__name__.replace("_", " ")

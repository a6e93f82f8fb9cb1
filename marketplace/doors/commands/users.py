"""`market users`: who works here."""

import click
from email_validator import EmailNotValidError, validate_email
from flask.cli import with_appcontext

from marketplace.foundation.clock import now
from marketplace.foundation.database import transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.accounts.queries import user_by_email
from marketplace.people.accounts.services.staffing import (
    appoint,
    give_role,
    reset_access,
)

ROLES = click.Choice([role.value for role in Role if role is not Role.PUPIL])


@click.group()
def users() -> None:
    """Open accounts for staff, change roles, give access back.

    Example: market users add konni@example.org --role coordinator --first-name Konni
    --surname Probe
    """


@users.command()
@click.argument("email")
@click.option("--role", type=ROLES, required=True)
@click.option("--first-name", required=True)
@click.option("--surname", required=True)
@with_appcontext
def add(email: str, role: str, first_name: str, surname: str) -> None:
    """Open an account; its owner chooses a password by the link of a letter.

    Example: market users add ada@example.org --role admin --first-name Ada
    --surname Probe
    """
    try:
        address = validate_email(email, check_deliverability=False).normalized
        with transaction():
            appoint(
                address,
                first_name,
                surname,
                role=Role(role),  # type: ignore[call-arg]
                at=now(),
            )
    except EmailNotValidError as mistake:
        raise click.ClickException(str(mistake)) from mistake
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence) from refusal
    click.echo("The account is open. A letter with a link to a password waits to go.")


@users.command()
@click.argument("email")
@click.argument("role", type=ROLES)
@with_appcontext
def role(email: str, role: str) -> None:
    """Give somebody another role; it signs her out everywhere.

    Example: market users role ada@example.org coordinator
    """
    try:
        with transaction():
            give_role(_user(email), Role(role), at=now())  # type: ignore[call-arg]
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence) from refusal
    click.echo(f"The role is now {role}.")


@users.command()
@click.argument("email")
@with_appcontext
def reset(email: str) -> None:
    """Sign somebody out, drop the second factor, send a link to a new password.

    Example: market users reset ada@example.org
    """
    with transaction():
        reset_access(_user(email), at=now())
    click.echo("Signed out everywhere. A letter with a link to a password waits to go.")


def _user(email: str) -> User:
    user = user_by_email(email)
    if user is None:
        raise click.ClickException("No account has this address.")
    return user

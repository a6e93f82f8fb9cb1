"""What an operator does from the command line; nobody sets another's password."""

from datetime import datetime

from sqlalchemy import delete

from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.foundation.tokens import new_token
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.mails import password_reset
from marketplace.people.accounts.models import SignIn, User
from marketplace.people.accounts.queries import user_by_email
from marketplace.people.accounts.services.factors import drop_factor
from marketplace.people.accounts.services.opening import AccountEntry, open_account
from marketplace.people.accounts.services.passwords import close_open_ways
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import queue


def appoint(
    email: str, first_name: str, surname: str, *, role: Role, at: datetime
) -> User:
    """Opens an account for somebody, who chooses her password by the letter's link.

    Refuses an address that has an account, and pupils, whose birth date is needed.
    """
    if role is Role.PUPIL:
        raise Refusal(_("Schülerinnen und Schüler eröffnen ihr Konto selbst."))
    if user_by_email(email):
        raise Refusal(_("Diese Adresse hat schon ein Konto."))
    entry = AccountEntry(
        email=email, first_name=first_name, surname=surname, password=new_token()
    )
    user = open_account(entry, role=role, at=at)
    queue(password_reset(user, at=at), [user.email], at=at)
    return user


def give_role(user: User, role: Role, *, at: datetime) -> None:
    """Gives a person another role and signs her out everywhere."""
    if Role.PUPIL in (user.role, role) and user.role is not role:
        raise Refusal(_("Schülerinnen und Schüler behalten ihre Rolle."))
    user.role = role
    _sign_out(user)
    record("account.role_given", user, actor=None, at=at)


def reset_access(user: User, *, at: datetime) -> None:
    """Takes back password and second factor of whoever has lost them.

    She is signed out everywhere and chooses a new password by the letter's link.
    """
    drop_factor(user)
    close_open_ways(user, at=at)
    _sign_out(user)
    record("account.access_reset", user, actor=None, at=at)
    queue(password_reset(user, at=at), [user.email], at=at)


def _sign_out(user: User) -> None:
    db.session.execute(delete(SignIn).where(SignIn.user_id == user.id))

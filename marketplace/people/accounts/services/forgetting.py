"""How an account goes: what it told is wiped; the row too, where nothing names it."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, select
from sqlalchemy.exc import IntegrityError

from marketplace.foundation.clock import start_of
from marketplace.foundation.database import db
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import Pupil, RecoveryCode, SignIn, User
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import forget_address

# What history keeps of somebody who went. Nobody knows a password to it.
FIRST_NAME, SURNAME = "Ehemaliges", "Mitglied"
HOST = "geloescht.invalid"


def unconfirmed_before(day: date) -> Select[Any]:
    """The numbers of accounts that were opened before a day and never confirmed."""
    query = select(User.id).where(
        User.confirmed_at.is_(None), User.opened_at < start_of(day), _is_there()
    )
    return query.order_by(User.id)


def unseen_before(roles: Collection[Role], day: date) -> Select[Any]:
    """The numbers of confirmed accounts that nobody signed in to since a day."""
    query = select(User.id).where(
        User.role.in_(roles),
        User.confirmed_at.is_not(None),
        last_seen_at() < start_of(day),
        _is_there(),
    )
    return query.order_by(User.id)


def last_seen_at() -> ColumnElement[datetime]:
    """When somebody last signed in; before the first time, when she confirmed."""
    return func.coalesce(User.signed_in_at, User.confirmed_at, User.opened_at)


def wipe_account(user: User, *, at: datetime) -> None:
    """Wipes who somebody was: name, address, password, letters, signed-in states.

    Her row stays under a pseudonym where history names it, else it goes, too.
    """
    forget_address(user.email)
    if user.new_email:
        forget_address(user.new_email)
    for kind in (SignIn, RecoveryCode, Pupil):
        db.session.execute(delete(kind).where(kind.user_id == user.id))
    db.session.expire(user, ["pupil"])
    user.email = f"{user.id}@{HOST}"
    user.first_name, user.surname, user.password_hash = FIRST_NAME, SURNAME, ""
    user.new_email = user.language = user.disabled_reason = None
    user.second_factor_at = user.totp_secret = user.totp_step = None
    user.signed_in_at, user.disabled_at = None, at
    record("account.erased", user, actor=None, at=at)
    db.session.flush()
    try:
        with db.session.begin_nested():
            db.session.execute(delete(User).where(User.id == user.id))
    except IntegrityError:  # history names her: the pseudonym stays
        return
    db.session.expunge(user)


def _is_there() -> ColumnElement[bool]:
    return User.password_hash != ""

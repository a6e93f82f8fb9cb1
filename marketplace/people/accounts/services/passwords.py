"""Passwords: kept as Argon2id, compared in equal time, renewed by letter."""

from datetime import datetime
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import delete

from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.foundation.tokens import new_token
from marketplace.people.accounts.mails import (
    NEW_ADDRESS,
    PASSWORD,
    password_changed,
    password_reset,
)
from marketplace.people.accounts.models import SignIn, User
from marketplace.people.accounts.queries import user_by_email
from marketplace.people.accounts.rules import is_strong, normalised
from marketplace.people.accounts.services.letters import followed, send
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import queue, recall, use_link

# Argon2id with 64 MiB, three passes, four lanes: 0.1 s on a small server.
hasher = PasswordHasher()


def hashed(password: str) -> str:
    """Gives what is kept of a password."""
    return hasher.hash(normalised(password))


def is_password_of(user: User | None, password: str) -> bool:
    """Says whether this is the password of a person; takes as long for nobody.

    What was kept at a lower cost than today's is kept anew.
    """
    kept = user.password_hash if user else _nobodys()
    try:
        hasher.verify(kept, normalised(password))
    except VerifyMismatchError:
        return False
    if user and hasher.check_needs_rehash(kept):
        user.password_hash = hashed(password)
    return user is not None


def require_strong(password: str, *, about: tuple[str, ...]) -> None:
    """Refuses a password that is too short, or that lists or names would give away."""
    if not is_strong(password, about=about):
        raise Refusal(
            _("Dieses Passwort wäre schnell erraten.")
            + " "
            + _("Gut sind vier Wörter, die nichts miteinander zu tun haben.")
        )


def ask_for_reset(email: str, *, at: datetime) -> None:
    """Sends a link for a new password, if the address has an account."""
    user = user_by_email(email)
    if user and user.disabled_at is None:
        send(password_reset(user, at=at), user, at=at)


def reset_password(token: str, password: str, *, at: datetime) -> User:
    """Sets a new password by the link of the letter, and signs out everywhere."""
    link, user = followed(PASSWORD, token)
    require_strong(password, about=(user.first_name, user.surname, user.email))
    if not use_link(link, at=at):
        raise Refusal(
            _("Dieser Link gilt nicht mehr.")
            + " "
            + _("Er gilt eine Stunde und nur einmal. Bitte einen neuen anfordern.")
        )
    user.password_hash = hashed(password)
    # Who reads the letters of an address has shown that it is hers.
    user.confirmed_at = user.confirmed_at or at
    close_open_ways(user, at=at)
    db.session.execute(delete(SignIn).where(SignIn.user_id == user.id))

    record("account.password_reset", user, actor=user, at=at)
    queue(password_changed(user), [user.email], at=at)
    return user


def set_password(user: User, password: str, *, at: datetime) -> None:
    """Sets a new password of a person who has shown that she knows the old one."""
    require_strong(password, about=(user.first_name, user.surname, user.email))
    user.password_hash = hashed(password)
    close_open_ways(user, at=at)

    record("account.password_changed", user, actor=user, at=at)
    queue(password_changed(user), [user.email], at=at)


def close_open_ways(user: User, *, at: datetime) -> None:
    """Ends what somebody else may have begun: another address, links to a password."""
    recall(NEW_ADDRESS, user.id, at=at)
    recall(PASSWORD, user.id, at=at)
    user.new_email = None


@cache
def _nobodys() -> str:
    """What an unknown address is compared with: a password that nobody knows."""
    return hasher.hash(new_token())

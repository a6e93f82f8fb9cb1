"""Who is signed in: recognised with patience, kept as a row, forgotten at once."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from marketplace.foundation.database import afterwards, db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal, TooMany
from marketplace.foundation.tokens import hash_of, new_token
from marketplace.people.accounts.models import Failure, SignIn, User
from marketplace.people.accounts.queries import (
    failures_since,
    sign_in_by_key,
    user_by_email,
)
from marketplace.people.accounts.rules import LONGEST, is_alive, is_confirmed, is_fresh
from marketplace.people.accounts.services.passwords import is_password_of
from marketplace.upkeep.audit.services import record

ACCOUNT_WINDOW, ACCOUNT_FAILURES = timedelta(minutes=15), 10
# A class of thirty sits behind one address, so only failures count.
PLACE_WINDOW, PLACE_FAILURES = timedelta(minutes=5), 100
SEEN_STEP = timedelta(minutes=1)


def recognise(
    email: str, password: str, *, came_from: str, at: datetime
) -> User | None:
    """Gives the person whose address and password these are, else None.

    Too many failures, at one account or from one place, ask for patience. That an
    account is disabled learns only who knows its password.
    """
    account, place = f"account:{email.strip().lower()}", f"place:{came_from}"
    require_patience(account, ACCOUNT_FAILURES, ACCOUNT_WINDOW, at=at)
    require_patience(place, PLACE_FAILURES, PLACE_WINDOW, at=at)
    user = user_by_email(email)
    if is_password_of(user, password) and user:
        _require_enabled(user)
        return user
    note_failure(account, at=at)
    note_failure(place, at=at)
    return None


def require_patience(
    target: str, most: int, window: timedelta, *, at: datetime
) -> None:
    """Refuses a further attempt at a target after too many failures in a time."""
    count, oldest = failures_since(target, at - window)
    if count >= most and oldest:
        seconds = max(1, int((oldest + window - at).total_seconds()))
        raise TooMany(
            _("Das waren zu viele Versuche. In einigen Minuten geht es weiter."),
            seconds=seconds,
        )


def note_failure(target: str, *, at: datetime) -> None:
    """Notes a failed attempt; that stands even though the request is refused."""
    digest = hash_of(target)
    afterwards(lambda: db.session.add(Failure(target_hash=digest, at=at)))


def begin_sign_in(user: User, *, device: str = "", at: datetime) -> str:
    """Notes that a person is signed in and gives the key for her cookie.

    Refuses who has not confirmed her address, and a disabled account.
    """
    _require_enabled(user)
    if not is_confirmed(user):
        raise Refusal(_("Die Adresse ist noch nicht bestätigt."))
    key = new_token()
    row = SignIn(key_hash=hash_of(key), user=user, began_at=at, seen_at=at)
    row.device = device
    db.session.add(row)
    user.signed_in_at = at

    record("account.signed_in", user, actor=user, at=at)
    return key


def signed_in_user(key: str, *, at: datetime) -> User | None:
    """Gives the person a cookie belongs to, if she is still signed in."""
    row = sign_in_by_key(key)
    if row is None or not is_alive(row, at):
        return None
    if at - row.seen_at >= SEEN_STEP:
        row_id = row.id
        afterwards(lambda: _note_seen(row_id, at))
    return row.user


def is_signed_in_freshly(key: str, *, at: datetime) -> bool:
    """Says whether the signed-in state of a browser began within a quarter hour."""
    row = sign_in_by_key(key)
    return row is not None and is_fresh(row, at)


def require_password(user: User, password: str, *, at: datetime) -> None:
    """Refuses whoever does not know the password; wrong ones count as at the door."""
    account = f"account:{user.email}"
    require_patience(account, ACCOUNT_FAILURES, ACCOUNT_WINDOW, at=at)
    if not is_password_of(user, password):
        note_failure(account, at=at)
        raise Refusal(_("Das ist nicht das jetzige Passwort."))


def end_other_sign_ins(user: User, key: str) -> None:
    """Ends the signed-in state everywhere but in the browser that holds this key."""
    db.session.execute(
        delete(SignIn).where(SignIn.user_id == user.id, SignIn.key_hash != hash_of(key))
    )


def end_sign_in_of(user: User, sign_in_id: int, *, at: datetime) -> None:
    """Ends one of a person's own; one that is over already stays over."""
    db.session.execute(
        delete(SignIn).where(SignIn.user_id == user.id, SignIn.id == sign_in_id)
    )
    record("account.signed_out", user, actor=user, at=at)


def end_sign_in(key: str) -> None:
    """Ends the signed-in state of one browser, at once."""
    db.session.execute(delete(SignIn).where(SignIn.key_hash == hash_of(key)))


def forget_old_attempts(*, at: datetime) -> None:
    """Drops failures that no longer count and what nobody is signed in by any more."""
    db.session.execute(delete(Failure).where(Failure.at < at - ACCOUNT_WINDOW))
    db.session.execute(delete(SignIn).where(SignIn.began_at < at - LONGEST))


def _require_enabled(user: User) -> None:
    if user.disabled_at is not None:
        raise Refusal(
            _("Dieses Konto ist gesperrt. Die Gründe stehen im Brief dazu."),
        )


def _note_seen(row_id: int, at: datetime) -> None:
    row = db.session.get(SignIn, row_id)
    if row:
        row.seen_at = at

"""How the office shuts an account, and opens it again; both with a reason."""

from datetime import datetime

from sqlalchemy import delete

from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.mails import account_disabled, account_enabled
from marketplace.people.accounts.models import SignIn, User
from marketplace.people.accounts.queries import accounts_with_role
from marketplace.people.accounts.rules import is_confirmed, may_disable
from marketplace.people.accounts.services.passwords import close_open_ways
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import queue


def disable_account(user: User, reason: str, *, actor: User, at: datetime) -> None:
    """Shuts an account: all its sign-ins end at once, and the person is told why.

    Refuses one's own, the last admin, and accounts of staff to whoever is no admin.
    """
    _require_right(user, reason, actor)
    if user.role is Role.ADMIN:
        _require_another_admin(user)
    locked(user)
    if user.disabled_at is not None:
        raise Refusal(_("Dieses Konto ist schon gesperrt."))
    user.disabled_at, user.disabled_reason = at, reason.strip()
    close_open_ways(user, at=at)
    db.session.execute(delete(SignIn).where(SignIn.user_id == user.id))

    record("account.disabled", user, actor=actor, at=at)
    queue(account_disabled(user, reason.strip()), [user.email], at=at)


def enable_account(user: User, reason: str, *, actor: User, at: datetime) -> None:
    """Opens a shut account again, and tells the person."""
    _require_right(user, reason, actor)
    locked(user)
    if user.disabled_at is None:
        raise Refusal(_("Dieses Konto ist nicht gesperrt."))
    user.disabled_at = user.disabled_reason = None

    record("account.enabled", user, actor=actor, at=at)
    queue(account_enabled(user, reason.strip()), [user.email], at=at)


def _require_right(user: User, reason: str, actor: User) -> None:
    if actor.id == user.id:
        raise Refusal(_("Das eigene Konto können Sie nicht sperren."))
    if not may_disable(actor, user):
        raise Refusal(_("Konten der Koordination sperrt nur die Verwaltung."))
    if not reason.strip():
        raise Refusal(_("Schreiben Sie, warum."))


def _require_another_admin(user: User) -> None:
    """Refuses to shut out the last admin; two who shut each other wait in turn."""
    admins = accounts_with_role(Role.ADMIN).with_for_update()
    fresh = admins.execution_options(populate_existing=True)
    others = [one for one in db.session.scalars(fresh) if one.id != user.id]
    if not any(one.disabled_at is None and is_confirmed(one) for one in others):
        raise Refusal(_("Das ist die letzte Verwaltung. Sie bleibt offen."))

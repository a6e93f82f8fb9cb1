"""The second factor: a code of an app (TOTP, RFC 6238), and codes for emergencies."""

import hmac
from datetime import datetime, timedelta

import pyotp
from sqlalchemy import delete, update

from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.foundation.tokens import hash_of, new_paper_code, plain_code
from marketplace.people.accounts.enums import STAFF
from marketplace.people.accounts.mails import second_factor_changed
from marketplace.people.accounts.models import RecoveryCode, User
from marketplace.people.accounts.services.sign_ins import (
    ACCOUNT_FAILURES,
    ACCOUNT_WINDOW,
    note_failure,
    require_patience,
)
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import queue

STEP = timedelta(seconds=30)
# A clock that is half a minute off is forgiven.
NEAR_STEPS = (-1, 0, 1)
RECOVERY_CODES = 10
ISSUER = "MINT-Börse"


def begin_factor(user: User) -> None:
    """Draws a secret that counts once its first code was entered."""
    if user.second_factor_at:
        raise Refusal(_("Der zweite Faktor ist schon eingerichtet."))
    user.totp_secret = pyotp.random_base32()


def enrolment_of(user: User) -> str | None:
    """The address that an app reads from the QR code; None before it was begun."""
    if user.totp_secret is None or user.second_factor_at:
        return None
    secret = pyotp.TOTP(user.totp_secret)
    return secret.provisioning_uri(name=user.email, issuer_name=ISSUER)


def confirm_factor(user: User, code: str, *, at: datetime) -> list[str]:
    """Lets the second factor hold by its first code, and gives the recovery codes."""
    user = locked(user)
    if user.totp_secret is None or user.second_factor_at:
        raise Refusal(_("Bitte das Einrichten von vorn beginnen."))
    _require_code(user, code, is_recovery_allowed=False, at=at)
    user.second_factor_at = at

    record("account.factor_set", user, actor=user, at=at)
    queue(second_factor_changed(user, "on"), [user.email], at=at)
    return _draw_codes(user)


def pass_factor(user: User, code: str, *, at: datetime) -> None:
    """Accepts a code once; refuses a wrong one, and asks for patience after many."""
    _require_code(locked(user), code, is_recovery_allowed=True, at=at)


def renew_codes(user: User, *, at: datetime) -> list[str]:
    """Gives new recovery codes; the old ones end."""
    if user.second_factor_at is None:
        raise Refusal(_("Es ist kein zweiter Faktor eingerichtet."))
    record("account.codes_renewed", user, actor=user, at=at)
    queue(second_factor_changed(user, "codes"), [user.email], at=at)
    return _draw_codes(user)


def remove_factor(user: User, *, at: datetime) -> None:
    """Switches the second factor off; refuses where it is required."""
    if user.role in STAFF:
        raise Refusal(_("Für dieses Konto ist der zweite Faktor Pflicht."))
    if user.second_factor_at is None:
        return
    drop_factor(user)

    record("account.factor_removed", user, actor=user, at=at)
    queue(second_factor_changed(user, "off"), [user.email], at=at)


def drop_factor(user: User) -> None:
    """Forgets secret and codes; who asked for it notes it."""
    user.second_factor_at = user.totp_secret = user.totp_step = None
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))


def _require_code(
    user: User, code: str, *, is_recovery_allowed: bool, at: datetime
) -> None:
    target = f"code:{user.id}"
    require_patience(target, ACCOUNT_FAILURES, ACCOUNT_WINDOW, at=at)
    if _takes_code(user, plain_code(code), at=at):
        return
    if is_recovery_allowed and _takes_recovery(user, plain_code(code), at=at):
        return
    note_failure(target, at=at)
    raise Refusal(_("Dieser Code gilt nicht. Bitte den nächsten der App eingeben."))


def _takes_code(user: User, code: str, *, at: datetime) -> bool:
    """Says whether it is a code of about now that was not used yet, and uses it."""
    present = int(at.timestamp() // STEP.total_seconds())
    secret = pyotp.TOTP(user.totp_secret or "")
    for step in (present + near for near in NEAR_STEPS):
        is_fresh = step > (user.totp_step or 0)
        expected = secret.generate_otp(step).encode()
        if is_fresh and hmac.compare_digest(expected, code.encode()):
            user.totp_step = step
            return True
    return False


def _takes_recovery(user: User, code: str, *, at: datetime) -> bool:
    """Says whether it is a recovery code that was not used yet, and uses it."""
    done = db.session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.user_id == user.id,
            RecoveryCode.code_hash == hash_of(code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=at)
    )
    return bool(done.rowcount)  # type: ignore[attr-defined]


def _draw_codes(user: User) -> list[str]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = [new_paper_code() for _number in range(RECOVERY_CODES)]
    db.session.add_all(
        RecoveryCode(user_id=user.id, code_hash=hash_of(plain_code(code)))
        for code in codes
    )
    return codes

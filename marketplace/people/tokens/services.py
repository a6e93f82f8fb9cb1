from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.foundation.tokens import hash_of, new_token
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.people.tokens.enums import Scope
from marketplace.people.tokens.models import AccessToken, Reservation
from marketplace.people.tokens.queries import (
    reservation_of,
    token_by_id,
    tokens_of,
)
from marketplace.people.tokens.rules import can_make
from marketplace.upkeep.audit.services import record

MOST_TOKENS = 10
# By this beginning, whoever finds one in a text knows whose it is.
BEGINNING, SHOWN = "mint_", 9
REMEMBERED = timedelta(days=7)


def make_token(
    organisation: Organisation | None,
    name: str,
    scopes: frozenset[Scope],
    *,
    actor: User,
    at: datetime,
) -> tuple[AccessToken, str]:
    """Gives a program access and tells the secret, this once.

    Refuses whoever does not manage the organisation, and more than ten.
    """
    _require_manager(actor, organisation)
    if len(tokens_of(organisation)) >= MOST_TOKENS:
        raise Refusal(_("Mehr als zehn Zugänge gehen nicht. Ziehen Sie einen zurück."))
    if organisation is None:
        scopes = frozenset({Scope.MATCHES})  # the office writes no postings

    secret = BEGINNING + new_token()
    token = AccessToken(
        user=actor,
        organisation=organisation,
        name=name,
        scopes=scopes,
        secret_hash=hash_of(secret),
        beginning=secret[:SHOWN],
        made_at=at,
    )
    db.session.add(token)
    db.session.flush()  # the record needs its id
    record("token.made", token, actor=actor, at=at)
    return token, secret


def revoke_token(token: AccessToken, *, actor: User, at: datetime) -> None:
    """Ends a token at once; twice does no harm."""
    _require_manager(actor, token.organisation)
    if token.revoked_at is None:
        token.revoked_at = at
        record("token.revoked", token, actor=actor, at=at)


def note_use(number: int, *, at: datetime) -> None:
    """Notes that a token was used."""
    token = token_by_id(number)
    if token:
        token.used_at = at


def reserve(
    token: AccessToken, key: str, fingerprint: str, *, at: datetime
) -> tuple[Reservation, bool]:
    """Reserves a key before the work; says whether it was free.

    Whoever sends the same at the same time waits for the first and gets its answer.
    Refuses another content under a key that was used.
    """
    known = reservation_of(token, key)
    if known is None:
        mine = Reservation(token_id=token.id, key=key, fingerprint=fingerprint, at=at)
        # Whoever was quicker by an instant has left its row; wait for it, then read.
        with suppress(IntegrityError), db.session.begin_nested():
            db.session.add(mine)
            db.session.flush()
            return mine, True
        known = reservation_of(token, key)
    if known is None or known.fingerprint != fingerprint:
        raise Refusal(
            _("Unter diesem Idempotency-Key kam schon etwas anderes. Neuen wählen.")
        )
    return known, False


def note_answer(
    reservation: Reservation, status: int, body: str, location: str
) -> None:
    """Keeps what was answered, for whoever asks the same again."""
    reservation.status, reservation.body = status, body
    reservation.location = location


def forget_reservations(*, at: datetime) -> None:
    """Forgets keys after a week; safe to run twice."""
    db.session.execute(delete(Reservation).where(Reservation.at < at - REMEMBERED))


def forget_tokens(user_id: int) -> None:
    """Drops the tokens a person made, before her account goes."""
    hers = select(AccessToken.id).where(AccessToken.user_id == user_id)
    db.session.execute(delete(Reservation).where(Reservation.token_id.in_(hers)))
    db.session.execute(delete(AccessToken).where(AccessToken.user_id == user_id))


def _require_manager(actor: User, organisation: Organisation | None) -> None:
    if not can_make(actor, organisation):
        raise Refusal(_("Das kann nur, wer die Organisation verwaltet."))

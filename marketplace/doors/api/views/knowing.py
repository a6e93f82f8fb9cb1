"""Who asks: the token a program shows, and what it sent once before."""

from collections.abc import Callable
from hashlib import sha256

from flask import Response, request
from werkzeug.exceptions import Forbidden, Unauthorized

from marketplace.foundation.clock import now
from marketplace.foundation.database import afterwards
from marketplace.people.tokens.enums import Scope
from marketplace.people.tokens.models import AccessToken
from marketplace.people.tokens.queries import token_with
from marketplace.people.tokens.rules import is_use_to_note, is_valid
from marketplace.people.tokens.services import note_answer, note_use, reserve
from marketplace.web.problems import BadEntries, Mistake

LONGEST_KEY = 200


def token_shown() -> AccessToken:
    """The valid token of this request; refuses one that is not."""
    kind, _blank, secret = request.headers.get("Authorization", "").partition(" ")
    token = token_with(secret.strip()) if kind.lower() == "bearer" else None
    if token is None or not is_valid(token):
        raise Unauthorized
    at, number = now(), token.id
    if is_use_to_note(token, at):
        afterwards(lambda: note_use(number, at=at))
    return token


def token_for(scope: Scope) -> AccessToken:
    """The token of this request; refuses one that may not do this."""
    token = token_shown()
    if scope not in token.scopes:
        raise Forbidden
    return token


def once(token: AccessToken, act: Callable[[], Response]) -> Response:
    """Does `act` once for a key: who sends the same again gets the same answer."""
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        return act()
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise BadEntries([Mistake("Idempotency-Key", "At most 200 printable signs.")])
    reservation, is_free = reserve(token, key, _fingerprint(), at=now())
    if not is_free:
        return _again(reservation.status, reservation.body, reservation.location)
    answer = act()
    location = answer.headers.get("Location", "")
    note_answer(
        reservation, answer.status_code, answer.get_data(as_text=True), location
    )
    return answer


def _fingerprint() -> str:
    whole = f"{request.method} {request.full_path}\n".encode() + request.get_data()
    return sha256(whole).hexdigest()


def _again(status: int, body: str, location: str) -> Response:
    answer = Response(body, status, content_type="application/json")
    answer.headers["Idempotency-Replayed"] = "true"
    if location:
        answer.headers["Location"] = location
    return answer

"""The token of a form, under another mask on every page.

What a page repeats from answer to answer, its length gives away bit by bit once it is
compressed (BREACH). So the token of a session never stands in a page: what stands there
is a mask drawn for this answer, and the token XOR that mask. Each is random without the
other, and no two answers have any of it in common.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from flask import Flask, g
from flask_wtf.csrf import CSRFProtect, _FlaskFormCSRF, generate_csrf

from marketplace.web.problems import is_for_programs

_KEPT = "masked_form_token"


class MaskedProtection(CSRFProtect):  # type: ignore[misc]  # Flask-WTF ships no types
    """Looks under the mask before it compares."""

    def _get_csrf_token(self) -> str | None:
        return unmasked(super()._get_csrf_token())

    def _is_exempt(self) -> bool:
        """Programs bring a token of their own, and their addresses read no cookie."""
        return is_for_programs() or bool(super()._is_exempt())


class MaskedTokens(_FlaskFormCSRF):  # type: ignore[misc]
    """Puts masked tokens into forms; that they are good, `MaskedProtection` says."""

    def generate_csrf_token(self, _field: Any) -> str:
        """Gives the token for a hidden field."""
        return masked_token()


def masked_token() -> str:
    """Gives the token of the session under the mask of this answer."""
    if _KEPT not in g:
        g.masked_form_token = masked(generate_csrf())
    token: str = g.masked_form_token
    return token


def masked(token: str) -> str:
    """Gives a mask and what it makes of a token, in one word."""
    plain = token.encode()
    mask = secrets.token_bytes(len(plain))
    return urlsafe_b64encode(mask + _crossed(plain, mask)).decode()


def unmasked(word: str | None) -> str | None:
    """Gives the token again; None for a word that no page of ours bore."""
    try:
        content = urlsafe_b64decode(word or "")
        half = len(content) // 2
        return _crossed(content[:half], content[half:]).decode()
    except ValueError:
        return None


def init_app(app: Flask) -> None:
    """Refuses every unsafe request that brings no token of ours."""
    MaskedProtection(app)
    app.jinja_env.globals["csrf_token"] = masked_token
    app.context_processor(lambda: {"csrf_token": masked_token})


def _crossed(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))

"""Fields that a stolen copy of the database must not give away (AES-GCM).

And marks that whoever writes into the database alone cannot make (HMAC-SHA-256).
"""

import hmac
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app
from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

NONCE_BYTES = 12


class EncryptedText(TypeDecorator[str]):
    """Text that only the program with its field key can read; it cannot be searched."""

    impl = LargeBinary
    cache_ok = True

    @property
    def python_type(self) -> type[str]:
        return str

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + _cipher().encrypt(nonce, value.encode(), None)

    def process_result_value(
        self, value: bytes | None, _dialect: Dialect
    ) -> str | None:
        if value is None:
            return None
        nonce, sealed = value[:NONCE_BYTES], value[NONCE_BYTES:]
        return _cipher().decrypt(nonce, sealed, None).decode()


def _cipher() -> AESGCM:
    return AESGCM(bytes.fromhex(current_app.config["FIELD_KEY"]))


def mark_of(words: str) -> str:
    """64 hexadecimal digits that nobody can make for other words without the key."""
    key = bytes.fromhex(current_app.config["FIELD_KEY"])
    return hmac.digest(key, f"mark {words}".encode(), "sha256").hex()

"""Secrets that stand in links and on paper: drawn here, kept only as their hash."""

import hashlib
import hmac
import secrets

from marketplace.foundation.columns import ALPHABET

PAPER_LENGTH = 12


def new_token() -> str:
    """Draws 256 bits for a link."""
    return secrets.token_urlsafe(32)


def new_paper_code(length: int = PAPER_LENGTH) -> str:
    """Draws 12 signs, 59 bits, to be typed from a sheet: `abcd-efgh-jkmn`."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(length))
    return "-".join(code[k : k + 4] for k in range(0, length, 4))


def sheet_code(use: str, public_id: str, key: bytes) -> str:
    """Makes the 12 signs of a sheet from the key, the same each time it is printed."""
    digest = hmac.digest(key, f"{use}|{public_id}".encode(), hashlib.sha256)
    signs = "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:PAPER_LENGTH])
    return "-".join(signs[k : k + 4] for k in range(0, PAPER_LENGTH, 4))


def plain_code(entered: str) -> str:
    """Reads a paper code as people write it: any case, with or without dashes."""
    return "".join(sign for sign in entered.lower() if sign.isalnum())


def hash_of(secret: str) -> str:
    """Gives what is kept of a secret: 64 hexadecimal signs of SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()

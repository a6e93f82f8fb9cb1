import unicodedata
from datetime import datetime, timedelta

from zxcvbn import zxcvbn

from marketplace.people.accounts.enums import STAFF
from marketplace.people.accounts.models import SignIn, User

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 128
WEAKEST_SCORE = 3
OWN_WORDS = ("mint", "boerse", "börse", "mitteldeutschland", "praktikum", "passwort")
IDLE_STAFF, IDLE, LONGEST = (
    timedelta(minutes=30),
    timedelta(minutes=60),
    timedelta(hours=12),
)
# zxcvbn takes long for long ones, and what is long is not in its lists.
ESTIMATED = 72


def normalised(password: str) -> str:
    """One form for one password, however a keyboard composes its letters."""
    return unicodedata.normalize("NFC", password)


def is_strong(password: str, *, about: tuple[str, ...] = ()) -> bool:
    """Says whether a password would stand against the usual lists and guesses."""
    known = [word for word in (*OWN_WORDS, *about) if word]
    guess = zxcvbn(normalised(password)[:ESTIMATED], user_inputs=known)
    return bool(guess["score"] >= WEAKEST_SCORE)


def is_alive(sign_in: SignIn, at: datetime) -> bool:
    """Says whether somebody is still signed in: not idle, not too long, not barred."""
    idle = IDLE_STAFF if sign_in.user.role in STAFF else IDLE
    is_recent = at - sign_in.seen_at <= idle and at - sign_in.began_at <= LONGEST
    return is_recent and sign_in.user.disabled_at is None


def is_confirmed(user: User) -> bool:
    """Says whether the address of an account was confirmed."""
    return user.confirmed_at is not None

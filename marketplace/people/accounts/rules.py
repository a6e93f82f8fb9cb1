import re
import unicodedata
from datetime import date, datetime, timedelta

from simplemma import is_known
from zxcvbn import zxcvbn

from marketplace.people.accounts.enums import STAFF, Role
from marketplace.people.accounts.models import SignIn, User
from marketplace.people.accounts.tables import BROWSERS, GUESSED_WORDS, SYSTEMS
from marketplace.region.labour.rules import age_on

YOUNGEST = 13
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 128
# Of 0 to 4; from 3 on it takes a stolen list of passwords months to give one away.
WEAKEST_SCORE = 3
# zxcvbn takes long for long ones, and what is long is not in its lists.
ESTIMATED = 72
SHORTEST_WORD = 3
IDLE_STAFF, IDLE = timedelta(minutes=30), timedelta(minutes=60)
LONGEST = timedelta(hours=12)
# How long ago one may have signed in before what cannot be taken back.
FRESH = timedelta(minutes=15)
_WORDS = re.compile(r"[^\W\d_]+")


def normalised(password: str) -> str:
    """One form for one password, however a keyboard composes its letters."""
    return unicodedata.normalize("NFC", password)


def is_strong(password: str, *, about: tuple[str, ...] = ()) -> bool:
    """Says whether a password would stand against the usual lists and guesses.

    Words of this site and of the person (`about`) count for nothing, and one word of
    a German dictionary is too little, whatever figures stand around it.
    """
    given = normalised(password)
    if not SHORTEST_PASSWORD <= len(given) <= LONGEST_PASSWORD:
        return False
    rest = _without(GUESSED_WORDS.union(*map(_words, about)), given.lower())
    if not rest or any(is_known(word, lang="de") for word in _only_words(given)):
        return False
    return bool(zxcvbn(rest[:ESTIMATED])["score"] >= WEAKEST_SCORE)


def is_old_enough(born_on: date, day: date) -> bool:
    """Says whether a child may have an account."""
    return age_on(born_on, day) >= YOUNGEST


def birthday(born_on: date, age: int) -> date:
    """The day on which somebody turns this old; 1 March where 29 February is none."""
    year = born_on.year + age
    is_leap_day = (born_on.month, born_on.day) == (2, 29)
    return date(year, 3, 1) if is_leap_day else born_on.replace(year=year)


def is_alive(sign_in: SignIn, at: datetime) -> bool:
    """Says whether somebody is still signed in: not idle, not too long, not barred."""
    idle = IDLE_STAFF if sign_in.user.role in STAFF else IDLE
    is_recent = at - sign_in.seen_at <= idle and at - sign_in.began_at <= LONGEST
    return is_recent and sign_in.user.disabled_at is None


def is_fresh(sign_in: SignIn, at: datetime) -> bool:
    """Says whether password and code were entered just now."""
    return at - sign_in.began_at <= FRESH


def device_of(user_agent: str) -> str:
    """The family of a browser and of its device, in words; more is nobody's matter."""
    browser = next((n for sign, n in BROWSERS if sign in user_agent), "")
    system = next((n for sign, n in SYSTEMS if sign in user_agent), "")
    return ", ".join(word for word in (browser, system) if word)


def may_disable(actor: User, user: User) -> bool:
    """Says whether the office may shut this account: nobody her own, staff by admins.

    So neither a stolen account of a coordinator nor a mistake can shut out the office.
    """
    is_office = actor.role in STAFF and actor.id != user.id
    return is_office and (user.role not in STAFF or actor.role is Role.ADMIN)


def needs_factor(user: User) -> bool:
    """Says whether a person must have a second factor, and has none yet."""
    return user.role in STAFF and user.second_factor_at is None


def is_confirmed(user: User) -> bool:
    """Says whether the address of an account was confirmed; before, nobody signs in."""
    return user.confirmed_at is not None


def _words(text: str) -> set[str]:
    return {word for word in _WORDS.findall(text.lower()) if len(word) >= SHORTEST_WORD}


def _without(words: frozenset[str], text: str) -> str:
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, "")
    return text


def _only_words(password: str) -> list[str]:
    """The forms of the one word a password consists of; none if there are several."""
    words = _WORDS.findall(password)
    return [words[0], words[0].capitalize()] if len(words) == 1 else []

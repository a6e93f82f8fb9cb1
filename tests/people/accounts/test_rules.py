import unicodedata
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise, permutations

import pytest

from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import SignIn, User
from marketplace.people.accounts.rules import (
    birthday,
    is_alive,
    is_old_enough,
    is_strong,
    normalised,
)
from marketplace.people.accounts.tables import GUESSED_WORDS
from tests.moments import NOON

WORDS = ["Amsel", "Balken", "Dachrinne", "Eimer", "Fagott", "Gabel", "Hobel", "Igel"]
WORDS += ["Jacke", "Kessel", "Laterne", "Möwe", "Nadel", "Orgel", "Pinsel", "Quark"]
PERSON = ("Wilhelmine", "Eulenspiegel", "eulenspiegel@werkstatt.example")


@pytest.mark.parametrize(
    "password",
    [
        "passwort1234",
        "password1234",
        "123456789012",
        "111111111111",
        "qwertzuiop12",
        "abcdefghijkl",
        "mitteldeutschland",
        "MINT-Boerse-2026",
        "mint-demo-2026",
        "Praktikum2026!",
        "Leipzig2026Leipzig",
        "sommer2026!!",
        "Sommerferien1",
        "Weihnachtsbaum",
        "geburtstag2010",
        "fussball2026!",
        "ichliebedich1",
        "hallohallohallo",
        "schalke04schalke04",
        "Wilhelmine2010",
        "eulenspiegel-12",
        "werkstatt-2026",
        "elf zeichen",
        "x" * 129,
    ],
)
def test_is_strong_refuses_what_is_soon_guessed(password):
    assert not is_strong(password, about=PERSON)


@pytest.mark.parametrize(
    "password",
    [
        "laser und linse",
        "kaninchen pfote lampe regen",
        "Teekessel Dachrinne Fagott",
        "7vQ!zr-pL2mw",
        "Блины с мёдом ждут",
        "8402 1937 5526 1840",
        " ".join(["Teekessel Dachrinne Fagott"] * 5)[:128],
    ],
)
def test_is_strong_takes_what_nobody_guesses(password):
    assert is_strong(password, about=PERSON)


def test_is_strong_refuses_200_words_with_a_year_behind():
    words = sorted(word for word in GUESSED_WORDS if len(word) > 2)
    guesses = [f"{a}{end}{b}" for a, b in pairwise(words) for end in ("2026", "123!")]

    assert [guess for guess in guesses[:200] if is_strong(guess)] == []


def test_is_strong_takes_200_phrases_of_four_words():
    phrases = [" ".join(p) for p in islice(permutations(WORDS, 4), 0, None, 218)]

    assert len(phrases) == 201
    assert [phrase for phrase in phrases if not is_strong(phrase)] == []


def test_normalised_brings_two_keyboards_together():
    typed = unicodedata.normalize("NFD", "übermütige Möwen")

    assert typed != "übermütige Möwen"
    assert normalised(typed) == "übermütige Möwen"


@pytest.mark.parametrize(
    ("born_on", "expected"),
    [(date(2013, 11, 23), True), (date(2013, 11, 24), False)],
)
def test_is_old_enough_from_the_thirteenth_birthday_on(born_on, expected):
    assert is_old_enough(born_on, date(2026, 11, 23)) is expected


@pytest.mark.parametrize(
    ("born_on", "expected"),
    [
        (date(2013, 5, 4), date(2026, 5, 4)),
        (date(2012, 2, 29), date(2025, 3, 1)),
    ],
)
def test_birthday_names_the_day(born_on, expected):
    assert birthday(born_on, 13) == expected


@pytest.mark.parametrize(
    ("role", "idle", "since", "expected"),
    [
        (Role.PUPIL, timedelta(minutes=60), timedelta(hours=2), True),
        (Role.PUPIL, timedelta(minutes=61), timedelta(hours=2), False),
        (Role.COORDINATOR, timedelta(minutes=30), timedelta(hours=2), True),
        (Role.COORDINATOR, timedelta(minutes=31), timedelta(hours=2), False),
        (Role.ADMIN, timedelta(minutes=31), timedelta(hours=2), False),
        (Role.MEMBER, timedelta(0), timedelta(hours=12), True),
        (Role.MEMBER, timedelta(0), timedelta(hours=12, seconds=1), False),
    ],
)
def test_is_alive_ends_with_idleness_and_with_the_day(role, idle, since, expected):
    row = SignIn(user=User(role=role), began_at=NOON - since, seen_at=NOON - idle)

    assert is_alive(row, NOON) is expected


def test_is_alive_ends_when_the_account_is_barred():
    user = User(role=Role.PUPIL, disabled_at=datetime(2026, 11, 23, 11, tzinfo=UTC))

    assert not is_alive(SignIn(user=user, began_at=NOON, seen_at=NOON), NOON)

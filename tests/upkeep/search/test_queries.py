from random import Random

import pytest

from marketplace.foundation.database import db, transaction
from marketplace.upkeep.search.queries.matching import matching_ids
from marketplace.upkeep.search.services import put_into_index

TEXTS = {
    1: ("Praktikum im Maschinenbau", "Du arbeitest an Drehmaschinen in Pirna."),
    2: ("Löten für Einsteigerinnen", "Ein Lötkurs mit eigener Platine"),
    3: ("Robotik-AG", "Roboter bauen und in C++ programmieren"),
    4: ("Schülerlabor Chemie", "Versuche mit Säuren, 3-D-Druck, Girls’Day"),
    5: ("Mechatroniker kennenlernen", "Die Häuser der Medizin und ihre Technik"),
}


@pytest.fixture
def ask(app):
    """Asks what is found; five things of one kind and one of another are there."""
    with transaction():
        for thing_id, texts in TEXTS.items():
            put_into_index("thing", thing_id, texts)
        put_into_index("other", 9, ["Praktikum, Löten und Robotik"])

    def ask(question, kind="thing"):
        return sorted(db.session.scalars(matching_ids(kind, question)))

    return ask


@pytest.mark.parametrize(
    ("question", "found"),
    [
        # As written, small or large, with umlauts spelled in any way.
        ("Praktikum", [1]),
        ("PRAKTIKUM", [1]),
        ("löten", [2]),
        ("loeten", [2]),
        ("loten", [2]),
        ("saeuren", [4]),
        ("girlsday", [4]),
        ("Girls'Day", [4]),
        ("3D-Druck", [4]),
        # In another form.
        ("Praktika", [1]),
        ("Haus", [5]),
        ("haeuser", [5]),
        ("Mechatronikerin", [5]),
        ("Einsteigerin", [2]),
        # As the beginning or a part of a longer word.
        ("Robo", [3]),
        ("rob", []),
        ("Maschine", [1]),
        ("Bau", [1]),
        ("Labor", [4]),
        ("Kurs", [2]),
        # A compound: its second part if the first says little, else both.
        ("Schülerpraktikum", [1]),
        ("Betriebspraktika", [1]),
        ("Medizintechnik", [5]),
        ("Fahrzeugtechnik", []),
        # Every word that counts.
        ("ein Praktikum in Pirna", [1]),
        ("Praktikum Robotik", []),
        ("Roboter C++", [3]),
        ("und", []),
        # What would break other searches.
        ('"Robotik', [3]),
        ("Robotik*", [3]),
        ("%", []),
        ("' OR 1=1", []),
        ("\x00", []),
        ("", []),
        ("   ", []),
    ],
)
def test_a_question_finds_what_has_all_its_words(ask, question, found):
    assert ask(question) == found


def test_kinds_are_kept_apart(ask):
    assert ask("Praktikum", "other") == [9]
    assert ask("Praktikum Robotik", "other") == [9]
    assert ask("Praktikum", "nothing") == []


def test_only_the_first_words_of_a_long_question_count(ask):
    assert ask("Praktikum " * 8 + "Unsinn") == [1]
    assert ask("Praktikum Unsinn") == []


def test_every_thing_is_found_by_each_of_its_words(ask):
    rnd = Random(7)  # noqa: S311 - no secret
    for thing_id, texts in TEXTS.items():
        words = [word for text in texts for word in text.split()]
        for word in rnd.sample(words, 4):
            assert thing_id in ask(f"{word} {texts[0]}")


def test_a_question_is_one_statement(ask, queries):
    queries.clear()

    ask("Schülerpraktikum im Maschinenbau Pirna")

    assert len([s for s in queries if "search_entries" in s]) == 1

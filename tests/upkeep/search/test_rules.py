import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.upkeep.search.models import LONGEST_WORD
from marketplace.upkeep.search.rules import (
    all_parts_of,
    asked_words,
    forms_asked,
    index_words,
    main_parts_of,
    marks_of_title,
    parts_of,
)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Schülerpraktikum", ("Schüler", "Praktikum")),
        ("schülerpraktikum", ("schüler", "Praktikum")),
        ("Schülerpraktika", ("Schüler", "Praktika")),
        ("Betriebspraktikum", ("Betriebs", "Praktikum")),
        ("Schülerbetriebspraktikum", ("Schülerbetriebs", "Praktikum")),
        ("Wasserstofftankstelle", ("Wasserstoff", "Tankstelle")),
        ("Fahrradwerkstatt", ("Fahrrad", "Werkstatt")),
        # Parts of three letters, where there are no longer ones.
        ("Maschinenbau", ("Maschinen", "Bau")),
        ("Lötkurs", ("Löt", "Kurs")),
        # First parts that compounds often have, and such as are no words.
        ("Schnupperangeln", ("Schnupper", "Angeln")),
        ("Astrophysik", ("Astro", "Physik")),
        # What only looks like a compound.
        ("Mikroskopieren", ()),
        ("Robotik", ()),
        ("Ausbildung", ()),
        ("Unterstützung", ()),
        ("Magdeburg", ()),
        ("Werkstatt", ()),
        ("Praktikum", ()),
        ("ab", ()),
        ("", ()),
        ("a" * (LONGEST_WORD + 1), ()),
    ],
)
def test_a_compound_is_taken_apart(word, parts):
    assert parts_of(word) == parts


def test_the_parts_of_parts_are_parts():
    assert all_parts_of("Schülerbetriebspraktikum") == {
        "Schülerbetriebs",
        "Schüler",
        "Betriebs",
        "Praktikum",
    }


def test_a_text_is_found_by_its_words_their_base_forms_and_parts():
    assert index_words(["Löten für Mädchen"]) == {"loten", "madchen"}
    assert {"3", "d", "drucker", "3d"} <= index_words(["3-D-Drucker"])
    assert {"praktika", "praktikum"} <= index_words(["Praktika"])
    assert {"schulerlabor", "schuler", "labor"} <= index_words(["Schülerlabor"])
    assert "girlsday" in index_words(["Girls’Day"])
    assert index_words([]) == frozenset()


def test_a_title_tells_its_words_and_how_many_they_are():
    five = {"heute", "loten", "am", "see", "3"}

    assert marks_of_title(five) == {"w_1", "w_4", *(f"t_{word}" for word in five)}
    assert marks_of_title(()) == frozenset()


@pytest.mark.parametrize(("size", "told"), [(1, 1), (32, 32), (63, 63), (90, 63)])
def test_of_very_many_words_of_a_title_the_most_are_told(size, told):
    marks = marks_of_title({f"wort{number}" for number in range(size)})

    assert sum(int(m.removeprefix("w_")) for m in marks if m.startswith("w_")) == told


def test_the_words_of_a_question_are_those_that_count():
    assert asked_words("ein Praktikum in der Nähe") == ["Praktikum", "Nähe"]
    assert asked_words("C++ mit KI") == ["C", "KI"]
    assert asked_words("im") == ["im"]
    assert asked_words("?!") == []


@pytest.mark.parametrize(
    ("asked", "form"),
    [
        ("häuser", "haus"),
        ("HÄUSER", "haus"),
        ("haeuser", "haus"),
        ("Mechatronikerin", "mechatroniker"),
        ("Technikerinnen", "techniker"),
        ("loeten", "loten"),
        ("Straße", "strasse"),
        ("strasse", "strasse"),
    ],
)
def test_a_word_is_asked_for_in_every_form(asked, form):
    assert form in forms_asked(asked)


@settings(deadline=None)  # the first lemma of a process takes a second
@given(st.text(max_size=80))
def test_any_text_has_words_that_fit(text):
    assert max(map(len, index_words([text])), default=0) <= LONGEST_WORD


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Chemielabor", ("Chemie", "Labor")),
        ("Roboterwettbewerb", ("Roboter", "Wettbewerb")),
        ("Ferienpraktikum", ("Praktikum",)),
        ("Programmierkurs", ("Programmier",)),
        ("Mikroskopieren", ()),
    ],
)
def test_a_compound_is_asked_for_by_what_tells_its_matter(word, parts):
    assert main_parts_of(word) == parts


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("Ferienpraktika", "ferienpraktikum"),
        ("Photosynthese", "fotosynthese"),
        ("Fotografie", "photographie"),
        ("fotosynthese", "photosynthese"),
    ],
)
def test_a_word_is_asked_for_in_other_spellings(word, form):
    assert form in forms_asked(word)

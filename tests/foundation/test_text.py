import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.foundation.text import (
    LONGEST_SLUG,
    fold,
    fold_name,
    plain,
    slug_of,
    span_of_beginning,
    stems_of,
    words_of,
)


@pytest.mark.parametrize("text", ["Löten", "Loeten", "loten", "LÖTEN"])
def test_a_word_folds_the_same_however_it_is_spelled(text):
    assert fold(text) == "loten"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("Škoda", "skoda"),
        ("Hörgeräte", "horgerate"),
        ("Café", "cafe"),
        ("", ""),
    ],
)
def test_accents_and_capitals_do_not_count(text, folded):
    assert fold(text) == folded


def test_a_plain_text_keeps_its_spelling_for_the_alphabet():
    words = ["Zoo", "Äpfel", "Aerosol", "Apfelbaum", "ßen"]

    assert sorted(words, key=plain) == ["Aerosol", "Äpfel", "Apfelbaum", "ßen", "Zoo"]


def test_a_name_folds_to_its_words():
    assert fold_name("  Halle (Saale) ") == fold_name("HALLE/Saale") == "halle saale"
    assert fold_name("…") == ""


def test_words_are_runs_of_letters_and_digits():
    assert words_of("3-D-Druck: C++, Mädchen_AG!") == [
        "3",
        "D",
        "Druck",
        "C",
        "Mädchen",
        "AG",
    ]


@pytest.mark.parametrize(
    ("word", "stems"),
    [
        ("Praktika", {"praktika", "praktikum"}),
        ("Häuser", {"hauser", "haus"}),
        ("Robotik", {"robotik"}),
        ("Xqz", {"xqz"}),
    ],
)
def test_a_word_is_found_as_written_and_in_its_base_form(word, stems):
    assert stems_of(word) == stems


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Robotik-AG für Mädchen", "robotik-ag-fuer-maedchen"),
        ("Große Straße 5 & mehr", "grosse-strasse-5-mehr"),
        ("  … ", ""),
        ("名前", ""),
        ("a" * 59 + " bcd", "a" * 59),
    ],
)
def test_an_address_tells_what_is_there(text, slug):
    assert slug_of(text) == slug


@given(st.text(max_size=200))
def test_any_text_makes_a_clean_address(text):
    slug = slug_of(text)

    assert len(slug) <= LONGEST_SLUG
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug == slug.strip("-")


@given(
    st.text("abcxyz019", min_size=1, max_size=8),
    st.text("abcxyz019 ", max_size=19),
)
def test_whatever_begins_so_lies_in_the_span(beginning, rest):
    first, last = span_of_beginning(beginning)

    assert first <= beginning + rest <= last


def test_what_begins_otherwise_lies_outside():
    first, last = span_of_beginning("holz")

    assert [first <= word <= last for word in ("holy", "holzz9", "hom")] == [
        False,
        True,
        False,
    ]

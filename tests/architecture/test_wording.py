import pytest

from tests.architecture.wording import (
    TOP,
    blocks,
    gender_signs,
    pages,
    speaks_to_both,
    untranslatable,
)


@pytest.mark.parametrize(
    "words",
    [
        "Schüler*innen",
        "Schüler:in",
        "Lehrer_innen",
        "SchülerInnen",
        "Schüler/-innen",
        "Partner/in",
    ],
)
def test_gender_sign_is_noticed(words):
    assert gender_signs(f"Alle {words} sind da.")


@pytest.mark.parametrize(
    "words", ["Schülerinnen und Schüler", "Zum Beispiel: in Jena", "08:00", "und/oder"]
)
def test_plain_words_are_left_alone(words):
    assert not gender_signs(words)


def test_both_ways_to_address_are_noticed():
    assert speaks_to_both("Melde dich an, dann sehen Sie mehr.")
    assert not speaks_to_both("Melde dich an. Sie meldet sich dann bei dir.")
    assert not speaks_to_both("Bitte melden Sie sich an.")


def test_words_outside_a_translation_are_noticed():
    assert untranslatable('<p>{{ _("Hallo") }} <b>Welt</b></p>') == ["Welt"]
    assert untranslatable("<p>{{ name }}, 5 km</p>") == []


def test_no_text_bears_a_gender_sign():
    assert [text for text in blocks() if gender_signs(text)] == []


def test_no_invented_text_bears_a_gender_sign():
    tables = (TOP / "marketplace").rglob("*.csv")
    assert [path for path in tables if gender_signs(path.read_text("utf-8"))] == []


def test_no_block_says_du_and_sie():
    assert [text for text in blocks() if speaks_to_both(text)] == []


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.stem)
def test_every_word_of_a_page_is_translated(path):
    assert untranslatable(path.read_text("utf-8")) == []

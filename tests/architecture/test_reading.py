"""Fixed texts are short enough and easy enough for who reads them."""

import pytest

from tests.architecture.reading import (
    figures,
    sentences,
    syllables_of,
    table,
    texts_by_file,
    too_hard,
)

# No sentence a pupil should have to read, three times over.
HARD = (
    "Die Inanspruchnahme deiner Berücksichtigungsmöglichkeit unterliegt der "
    "vorherigen Genehmigung durch die zuständige Koordinierungsbehörde. "
) * 3
LONG = "Du gehst hin und du siehst dir das an und du sagst uns was du da so tust"


@pytest.fixture(scope="module")
def rows():
    return table(texts_by_file())


@pytest.mark.parametrize(
    ("word", "count"),
    [("Haus", 1), ("Bewerbung", 3), ("Eltern", 2), ("Schülerin", 3), ("24", 1)],
)
def test_syllables_are_counted_by_vowels(word, count):
    assert syllables_of(word) == count


def test_what_is_no_sentence_is_not_measured():
    text = "Daten\n\nHallo {{ pupil }},\n\nDu bist am 8. März dabei (§ 5 Abs. 2).\n"

    assert list(sentences(text)) == [["Du", "bist", "am", "8", "März", "dabei"]]
    assert figures(["Zeitraum:", "Danke."]).sentences == 0


def test_the_figure_is_that_of_amstad():
    # Six words of nine syllables: 180 - 6 - 58.5 * 9 / 6.
    assert figures(["Wir haben heute einen Hund da."]) == (1, 6.0, 86)


@pytest.mark.parametrize("text", [HARD, f"{LONG}. " * 3], ids=["words", "length"])
def test_what_is_too_hard_is_noticed(text):
    rows = table({"letter": [text]})

    assert too_hard(rows) == rows != {}


def test_every_text_keeps_the_limits_of_its_reader(rows):
    assert too_hard(rows) == {}


@pytest.mark.parametrize(
    ("file", "voice"),
    [
        ("templates/encounters/applications/_next.html", "du"),
        ("templates/encounters/applications/approval.html", "Sie"),
        ("templates/mails/application_receipt.txt", "du"),
        ("templates/mails/approval_asked.txt", "Sie"),
        ("templates/documents/guardian_information.typ", "Sie"),
    ],
)
def test_pages_letters_and_papers_are_in_the_table(rows, file, voice):
    assert (file, voice) in rows

import pytest
from typst import TypstError

from marketplace.foundation.documents import typeset
from tests.moments import NOON
from tests.papers import Paper

SHEET = b'#import "/_sheet.typ": data, sheet\n#show: sheet\n'
GREETING = SHEET + b"= Brief an #data.name\n*fett* und mager."
PICTURE = b"#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg'/>\"))"


def greeting(name, title="Ein Brief"):
    return typeset(GREETING, title=title, data={"name": name}, at=NOON)


def test_document_opens_tagged_with_title_language_and_text(app):
    paper = Paper(greeting("Frau Größel", title="Brief „Größel“"))

    assert (paper.page_count, paper.is_tagged, paper.language) == (1, True, "de-DE")
    assert paper.title == "Brief „Größel“"
    assert paper.text == "Brief an Frau Größel\nfett und mager."
    assert "<pdfuaid:part>1</pdfuaid:part>" in paper.metadata


def test_same_words_at_the_same_instant_are_the_same_bytes(app):
    assert greeting("A") == greeting("A")


def test_instant_is_told_in_whole_seconds(app):
    moment = NOON.replace(microsecond=123_456)
    exact = typeset(GREETING, title="Ein Brief", data={"name": "A"}, at=moment)

    assert exact == greeting("A")


def test_text_is_never_markup(app):
    name = '*x* #read("/_sheet.typ") $y$ <z> @w \\'

    assert name in Paper(greeting(name)).text


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Žluťoučký, Łask, Budyšin", "Žluťoučký, Łask, Budyšin"),
        ("E\u0301cole", "École"),
        ("MINT\u2011Labor", "MINT-Labor"),
        ("ﬁ", "fi"),
        ("Наука \U0001f600", "????? ?"),
    ],
)
def test_letters_that_the_typeface_lacks_are_replaced(app, name, printed):
    assert Paper(greeting(name)).text.startswith(f"Brief an {printed}\n")


def test_document_needs_a_title(app):
    with pytest.raises(TypstError, match="title"):
        greeting("A", title="")


def test_picture_needs_words_in_its_place(app):
    with pytest.raises(TypstError, match="alt"):
        typeset(SHEET + PICTURE, title="Bild", data={}, at=NOON)


def test_warning_of_the_setter_is_an_error(app):
    with pytest.raises(ValueError, match="unknown font"):
        typeset(SHEET + b'#text(font: "Comic")[x]', title="X", data={}, at=NOON)

import pytest

from marketplace.foundation.fulltext import Word, all_of, any_of, for_sqlite
from marketplace.overview.finding.queries.asking import asked_of
from marketplace.overview.finding.rules import (
    Asked,
    excerpt,
    in_title,
    is_likely_meant,
    topic_word_like,
)

SOLDER = Asked("löten", exact=frozenset({"loten"}))


def test_the_same_is_asked_of_the_title_but_for_marks():
    question = all_of([any_of([Word("loten"), Word("h_electronics")]), Word("s_c")])

    asked = for_sqlite(in_title(question))

    assert asked == '(("t_loten" OR "h_electronics") AND "s_c")'


def said(pieces):
    return "".join(f"[{p.text}]" if p.is_hit else p.text for p in pieces)


def test_an_excerpt_shows_and_marks_what_was_asked_for(app):
    text = f"{'Wir bauen. ' * 12}Gelötet: Löten macht Spaß. {'Ende. ' * 40}"

    shown = said(excerpt(text, asked_of("löten")))

    assert "… " in shown[:3]
    assert "[Löten] macht Spaß" in shown
    assert shown.endswith(" …")
    assert len(shown) < 220


def test_an_excerpt_without_a_hit_is_the_beginning():
    assert said(excerpt("Kurz.", [SOLDER])) == "Kurz."
    assert excerpt("", [SOLDER]) == []


@pytest.mark.parametrize(
    ("typed", "word"),
    [("Fysik", "Physik"), ("Kemie", "Chemie"), ("Robottik", "Robotik"), ("Xyzzy", "")],
)
def test_a_topic_may_be_meant_though_nothing_is_called_so(typed, word):
    assert topic_word_like(typed) == word


@pytest.mark.parametrize(
    ("typed", "word", "is_meant"),
    [
        ("Robottik", "robotik", True),
        ("Robtik", "robotik", True),
        ("Fysik", "physik", True),
        ("Elektrohnick", "elektronik", True),
        ("Biolgie", "biologie", True),
        ("Chemi", "chemie", True),
        ("Physik", "musik", False),
        ("rot", "brot", False),
        ("Robotik", "romantik", False),
        # Who writes a German word meant it.
        ("Katze", "kase", False),
        ("Katzen", "kasten", False),
        ("Hunde", "runde", False),
        ("Nudel", "nadel", False),
        ("Kuchen", "kochen", False),
        ("Programieren", "programmieren", True),
        # What begins otherwise is another word, unless it sounds the same.
        ("Tobotik", "robotik", True),
        ("Tobottik", "robotik", False),
        ("Rohr", "roh", False),
        ("Fottografie", "photografie", True),
    ],
)
def test_a_word_may_be_meant_by_what_looks_or_sounds_alike(typed, word, is_meant):
    assert is_likely_meant(typed, word) is is_meant

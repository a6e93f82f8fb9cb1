import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import chain

from simplemma import is_known

from marketplace.foundation.fulltext import any_word
from marketplace.foundation.text import fold, stems_of, words_of
from marketplace.upkeep.search.enums import Standing
from marketplace.upkeep.search.models import LONGEST_WORD
from marketplace.upkeep.search.tables import (
    LOOSE_HEADS,
    LOOSE_TAILS,
    NO_HEADS,
    NO_TAILS,
    STOP_WORDS,
    USUAL_HEADS,
)

# What stands before a word of the index that is no plain word. Folded words have no
# such line, so nobody can ask for one.
MARK_OF_KIND, MARK_OF_STANDING, MARK_OF_TITLE = "k_", "s_", "t_"
MARK_OF_TOPIC, MARK_OF_STATE, MARK_OF_DISTRICT, MARK_OF_CELL = "h_", "l_", "d_", "g_"
# How many words a title has: of the numbers 1, 2, 4 and so on those that sum up to it.
MARK_OF_LENGTH, LENGTHS = "w_", (1, 2, 4, 8, 16, 32)
# For which classes a thing is, and from which age on; 0 is for all of them.
MARK_OF_GRADE, MARK_OF_AGE, FOR_ALL = "c_", "a_", 0
# The one mark of what asks companies for something.
MARK_OF_NEED = "n_need"
# What everybody may find bears one of these; whatever else there is, is hidden.
VISIBLE = (Standing.CONFIRMED, Standing.HINT)
SHOWN = any_word(MARK_OF_STANDING + standing for standing in VISIBLE)
# Shorter words are typed faster than proposed.
SHORTEST_TERM = 4

# Neither part of a compound is shorter; those of four letters are surer.
SHORTEST_PART, LONG_PART = 3, 4
LINKS = ("", "s", "n", "en", "es", "er", "e")
# "3-D-Druck" is written "3D-Druck" and "Girls'Day" "Girlsday" as well.
_JOINED = re.compile(r"(?=([^\W_]+['’-][^\W_]+))")
# Words that are written with ph as well.
_PH = re.compile(r"(?i)foto|graf|fon|fanta")
_UMLAUTS = re.compile(r"(?<![aeq])([aou])e")


def index_words(texts: Iterable[str]) -> frozenset[str]:
    """The words by which a thing with these texts is found."""
    found: set[str] = set()
    for word in (word for text in texts for word in _said_in(text)):
        found |= _stems_of(word)
        found |= {stem for part in all_parts_of(word) for stem in _stems_of(part)}
    return frozenset(word[:LONGEST_WORD] for word in found)


def marks_of_title(words: Collection[str]) -> frozenset[str]:
    """The words of a title as the index holds them, and the marks of how many."""
    size = min(len(words), sum(LENGTHS))
    lengths = {f"{MARK_OF_LENGTH}{length}" for length in LENGTHS if size & length}
    return frozenset({MARK_OF_TITLE + word for word in words} | lengths)


def terms_of(texts: Iterable[str]) -> list[str]:
    """The words worth proposing: of letters alone, as they are written."""
    words = [word for text in texts for word in words_of(text)]
    return [word for word in words if word.isalpha() and _is_term(word)]


def _is_term(word: str) -> bool:
    """Says whether it is long enough, counts, and is one: a sign may stand for more."""
    is_counted = len(word) >= SHORTEST_TERM and word.lower() not in STOP_WORDS
    return is_counted and len(words_of(fold(word))) == 1


def shown_as(own: Standing, owner: Standing) -> Standing:
    """How openly a thing stands, by its own state and that of its organisation."""
    if own is Standing.CONFIRMED and owner is Standing.CONFIRMED:
        return Standing.CONFIRMED
    if own is Standing.HINT and owner is not Standing.HIDDEN:
        return Standing.HINT
    return Standing.HIDDEN


def is_shown(tokens: str) -> bool:
    """Says whether an entry with these words is public."""
    marks = {MARK_OF_STANDING + standing for standing in VISIBLE}
    return not marks.isdisjoint(tokens.split(" "))


def asked_words(question: str) -> list[str]:
    """The words of a question that count; small ones if there are no others."""
    # Signs as the lone Greek iota fold to nothing that could be asked for.
    words = [word for word in words_of(question) if forms_asked(word)]
    return [word for word in words if word.lower() not in STOP_WORDS] or words


def forms_asked(word: str) -> set[str]:
    """The folded forms under which a word asked for may stand in the index.

    Small letters or large, with or without umlauts, ph or f, she for he; a compound
    also with the base form of its second part.
    """
    forms = {word, word.capitalize(), _UMLAUTS.sub(_umlaut, word).capitalize()}
    forms |= {_spelled_with_f(word).capitalize(), _PH.sub(_ph, word).capitalize()}
    stems = {stem for form in forms for stem in _stems_of(form)}
    if parts := parts_of(word):
        head, tail = parts
        stems |= {fold(head) + stem for stem in _stems_of(tail)}
    return stems | {stem[:-2] for stem in stems if stem.endswith("erin")}


def spelled_with_umlauts(word: str) -> str | None:
    """The word that is meant by "loeten", if German has it and not the one written."""
    meant = _UMLAUTS.sub(_umlaut, word)
    is_meant = meant != word and is_known_word(meant) and not is_known_word(word)
    return meant if is_meant else None


def _spelled_with_f(word: str) -> str:
    return word.replace("ph", "f").replace("Ph", "F")


def _ph(hit: re.Match[str]) -> str:
    return hit[0].lower().replace("f", "ph")


def main_parts_of(word: str) -> tuple[str, ...]:
    """The parts of a compound that tell its matter; none where it is none."""
    parts = parts_of(word)
    if parts and parts[0].lower() in LOOSE_HEADS:
        return parts[1:]
    return parts[:1] if parts and parts[1].lower() in LOOSE_TAILS else parts


@lru_cache(maxsize=50_000)
def parts_of(word: str) -> tuple[str, ...]:
    """Takes a compound apart: "Schülerpraktikum" is Schüler and Praktikum.

    Both parts must be known words, or the first a compound itself. Long parts come
    before short ones, and of several ways that with the longest second part; a first
    part that compounds often have comes before all.
    """
    ways = [(word[:k], word[k:].capitalize()) for k in _cuts(word)]
    ways = [(head, tail) for head, tail in ways if _is_tail(tail)]
    heads = {head: _is_head(head.capitalize()) for head, _ in ways}
    usual = (w for w in ways if w[0].lower() in USUAL_HEADS)
    long = (w for w in ways if heads[w[0]] and min(map(len, w)) >= LONG_PART)
    short = (w for w in ways if heads[w[0]])
    nested = (w for w in ways if any(parts_of(head) for head in _without_links(w[0])))
    return next(chain(usual, long, short, nested), ())


def all_parts_of(word: str) -> set[str]:
    """The parts of a compound and the parts of its parts."""
    parts = parts_of(word)
    return {*parts, *(piece for part in parts for piece in all_parts_of(part))}


def _stems_of(word: str) -> set[str]:
    """The stems of a word, each one run of letters: the lemma of "3D" is "3-D"."""
    return {"".join(words_of(stem)) for stem in stems_of(word)} - {""}


def _said_in(text: str) -> list[str]:
    words = [word for word in words_of(text) if word.lower() not in STOP_WORDS]
    return words + ["".join(words_of(pair)) for pair in _JOINED.findall(text)]


def _cuts(word: str) -> range:
    is_word = len(word) <= LONGEST_WORD
    return range(SHORTEST_PART, len(word) - SHORTEST_PART + 1 if is_word else 0)


def is_known_word(word: str) -> bool:
    """Says whether German has a word, written small or large."""
    return any(map(_is_word, (word, word.lower(), word.capitalize())))


def _is_word(text: str) -> bool:
    return is_known(text, lang="de")


def _is_tail(tail: str) -> bool:
    return tail.lower() not in NO_TAILS and _is_word(tail)


def _is_head(head: str) -> bool:
    if head.lower() in NO_HEADS | USUAL_HEADS:
        return head.lower() in USUAL_HEADS
    return any(map(_is_word, _without_links(head)))


def _without_links(head: str) -> list[str]:
    """A first part without the sound that may link it to the second."""
    rests = [head.removesuffix(link) for link in LINKS if head.endswith(link)]
    return [rest for rest in rests if len(rest) >= SHORTEST_PART]


def _umlaut(hit: re.Match[str]) -> str:
    return {"a": "ä", "o": "ö", "u": "ü"}[hit[1]]

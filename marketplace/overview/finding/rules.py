"""How well a thing fits a question, in whole numbers; pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import accumulate

from marketplace.foundation.fulltext import (
    AllOf,
    AnyOf,
    Question,
    Word,
    all_of,
    any_of,
    any_word,
)
from marketplace.foundation.sounds import distance, edits_of, sound_of
from marketplace.foundation.text import fold
from marketplace.overview.finding.tables import ENGLISH
from marketplace.region.topics.enums import Topic
from marketplace.region.topics.tables import WORDS
from marketplace.upkeep.search.rules import (
    MARK_OF_TITLE,
    MARK_OF_TOPIC,
    forms_asked,
    is_known_word,
)

# What a word is worth where it stands in the title, and in the rest: as written or in
# another form; as a beginning or in parts. Then as the topic it stands for alone.
EXACT, LOOSE, TOPIC = (60, 24), (36, 14), 7
# For a title that says little else.
WHOLE_TITLE = 30
# Topics that fit nearly everything say nothing about what somebody looks for.
BROAD = frozenset(
    {
        *(Topic.SCIENCE, Topic.TECHNOLOGY, Topic.COMPUTING, Topic.ENVIRONMENT),
        *(Topic.STEM_GENERAL, Topic.CAREER_ORIENTATION),
    }
)
# How long an excerpt is, and how much of it stands before the first hit.
EXCERPT, BEFORE = 180, 60
# Of so many words of texts the forms are kept.
MOST_SAID = 10_000
SHORTEST_MISTYPED, SHORTEST_TWICE_MISTYPED = 5, 7
_RUNS = re.compile(r"[^\W_]+|[\W_]+")


@dataclass(frozen=True)
class Asked:
    """One word of a question, with every way in which a thing may hold it."""

    word: str
    exact: frozenset[str]
    beginnings: frozenset[str] = frozenset()
    # Both halves of a compound; each the forms of one.
    parts: Sequence[frozenset[str]] = ()
    topics: frozenset[Topic] = frozenset()
    # Those and the broad ones, which are too much to answer with.
    related: frozenset[Topic] = frozenset()
    # It may be missing where other words are there.
    is_weak: bool = False

    @cached_property
    def marks(self) -> frozenset[str]:
        """The marks of its topics."""
        return frozenset(MARK_OF_TOPIC + topic for topic in self.topics)

    @cached_property
    def ways(self) -> Sequence["Way"]:
        """In which ways a thing may hold it, the best first: as said in the title."""
        places = zip((MARK_OF_TITLE, ""), EXACT, LOOSE, strict=True)
        ways = [way for place in places for way in self._ways_in(*place)]
        return [*ways, Way(any_word(self.marks), TOPIC)] if self.topics else ways

    def _ways_in(self, mark: str, exact: int, loose: int) -> Iterator["Way"]:
        """How the title holds it, or the rest: as written, then in other forms."""
        yield Way(any_word(_marked(self.exact, mark)), exact)
        forms = [any_word(_marked(self.beginnings, mark))] if self.beginnings else []
        parts = [any_word(_marked(part, mark)) for part in self.parts]
        if forms or parts:
            yield Way(any_of([*forms, all_of(parts)] if parts else forms), loose)

    @property
    def question(self) -> Question:
        """That a thing holds it somehow."""
        ways = [any_word(self.exact | self.beginnings)]
        if self.parts:
            ways.append(all_of([any_word(part) for part in self.parts]))
        if self.topics:
            ways.append(any_word(self.marks))
        return any_of(ways)

    @property
    def loosely(self) -> Question:
        """That a thing holds it, or only what a compound is in the end."""
        rest = [any_word(part) for part in self.parts[-1:]]
        return any_of([self.question, *rest])


@dataclass(frozen=True)
class Way:
    """A way in which a thing may hold a word that was asked for; what that is worth."""

    question: Question
    points: int


@dataclass(frozen=True)
class Piece:
    """A piece of a text; `is_hit` where it was asked for."""

    text: str
    is_hit: bool = field(default=False)


def in_title(question: Question) -> Question:
    """The same question, asked of the title alone."""
    if isinstance(question, Word):
        is_mark = "_" in question.text
        return question if is_mark else Word(MARK_OF_TITLE + question.text)
    parts = [in_title(part) for part in question.parts]
    return AllOf(parts) if isinstance(question, AllOf) else AnyOf(parts)


def _marked(words: Iterable[str], mark: str) -> frozenset[str]:
    return frozenset(mark + word for word in words)


def excerpt(text: str, asked: Sequence[Asked], length: int = EXCERPT) -> list[Piece]:
    """The part of a text around the first hit, its hits marked."""
    wanted = {word for one in asked for word in _wanted(one)}
    pieces = [Piece(run, _is_hit(run, wanted)) for run in _RUNS.findall(text)]
    begin = _beginning(pieces)
    end = begin + _fitting(pieces[begin:], length)
    before = [Piece("… ")] if begin else []
    after = [Piece(" …")] if end < len(pieces) else []
    return [*before, *pieces[begin:end], *after]


def _beginning(pieces: Sequence[Piece]) -> int:
    """Where the excerpt begins: a little before the first hit."""
    first = next((k for k, piece in enumerate(pieces) if piece.is_hit), 0)
    return first - _fitting(pieces[:first][::-1], BEFORE)


def _fitting(pieces: Sequence[Piece], length: int) -> int:
    """How many of the pieces are no longer together."""
    lengths = accumulate(len(piece.text) for piece in pieces)
    return sum(1 for size in lengths if size <= length)


def _wanted(one: Asked) -> set[str]:
    return {*one.exact, *one.beginnings, *(word for part in one.parts for word in part)}


def _is_hit(run: str, wanted: AbstractSet[str]) -> bool:
    return run[:1].isalnum() and not _forms_said(run).isdisjoint(wanted)


@lru_cache(MOST_SAID)
def _forms_said(word: str) -> frozenset[str]:
    """The same words stand in most texts."""
    return frozenset(forms_asked(word))


def german_of(word: str, *, is_english: bool) -> str | None:
    """What an English word is in German; None where it is none, or may be German."""
    said = word.lower()
    forms = (said, said.removesuffix("s"), said.removesuffix("es"))
    found = next((ENGLISH[form] for form in forms if form in ENGLISH), None)
    return found if is_english or not is_known_word(word) else None


def topic_word_like(typed: str) -> str:
    """The word for a topic that somebody may have meant; empty where there is none."""
    folded = fold(typed)
    near = {word for one in edits_of(folded) for word in _topic_words().get(one, ())}
    alike = {*near, *_topic_words().get(sound_of(folded), ())}
    likely = [word for word in alike if is_likely_meant(typed, fold(word))]
    best = min(likely, key=lambda w: (distance(folded, fold(w)), w), default="")
    return best.capitalize()


@cache
def _topic_words() -> Mapping[str, Sequence[str]]:
    """The words for topics, by themselves folded and by their sound, in figures."""
    words: dict[str, list[str]] = {}
    for word in (word for word, topic in WORDS.items() if topic):
        for key in (fold(word), sound_of(fold(word))):
            words.setdefault(key, []).append(word)
    return words


def is_likely_meant(typed: str, word: str) -> bool:
    """Says whether a word may be what somebody meant who typed another one.

    Of seven letters on two may be wrong, of five one; one more where it sounds the
    same, one less where it begins otherwise. Who writes a word that German has meant
    it: a cat is no cheese. Of that no more than one letter of a long word is wrong.
    """
    folded = fold(typed)
    is_alike, is_known = sound_of(folded) == sound_of(word), is_known_word(typed)
    most = 2 if len(folded) >= SHORTEST_TWICE_MISTYPED else 1
    most -= 1 if is_known or (folded[:1] != word[:1] and not is_alike) else 0
    most += 1 if is_alike and not is_known else 0
    return len(folded) >= SHORTEST_MISTYPED and 0 < distance(folded, word) <= most

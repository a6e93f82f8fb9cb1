"""Which words somebody may have meant, and how a question may go on."""

from collections.abc import Sequence
from dataclasses import replace

from marketplace.foundation.fulltext import Question, Word, all_of
from marketplace.foundation.text import fold
from marketplace.overview.finding.rules import (
    Asked,
    is_likely_meant,
    topic_word_like,
)
from marketplace.region.topics.enums import Topic
from marketplace.upkeep.search.queries.bitmaps import bits_of
from marketplace.upkeep.search.queries.terms import (
    still_said,
    terms_beginning,
    terms_like,
)
from marketplace.upkeep.search.rules import SHOWN, is_known_word

# So many words are looked at for a proposal: some may be of withdrawn things.
WEIGHED = 24


def meant_instead(asked: Sequence[Asked], *, is_found: bool) -> list[str]:
    """The words somebody may have meant who mistyped some; empty where none is known.

    Mistyped is what nothing holds; while something fits the topic of a word, only
    what is no German word either.
    """
    words = [
        _meant(one.word) if _is_mistyped(one, is_found=is_found) else one.word
        for one in asked
    ]
    is_other = words != [one.word for one in asked]
    return words if is_other and all(words) else []


def _is_mistyped(one: Asked, *, is_found: bool) -> bool:
    if is_found and is_known_word(one.word):
        return False
    return not _is_said(replace(one, topics=frozenset()).question)


def _meant(typed: str) -> str:
    """The likeliest word: that of the most things, else one that names a topic."""
    alike = [t for t in terms_like(typed) if is_likely_meant(typed, t.word)]
    alike.sort(key=lambda term: (-term.entry_count, term.word))
    best = next((term.shown for term in alike if _is_said(Word(term.word))), "")
    return best or topic_word_like(typed)


def _is_said(question: Question) -> bool:
    """Says whether something public answers; what is meant is asked for next anyway."""
    [bits] = bits_of([all_of([question, SHOWN])])
    return bool(bits.any())


def proposals_for(text: str, most: int) -> list[str]:
    """How a question may go on: its last word, ended, behind the others."""
    *before, last = text.split() or [""]
    topics = [str(t.label) for t in Topic if _has_word_beginning(t, last)]
    terms = terms_beginning(last, WEIGHED) if fold(last) else []
    words = dict.fromkeys(topics[:3])
    for some in (terms[:most], terms[most:]):
        if len(words) < most:
            words |= dict.fromkeys(term.shown for term in still_said(some))
    return [" ".join([*before, word]) for word in words][:most]


def _has_word_beginning(topic: Topic, beginning: str) -> bool:
    folded = fold(beginning)
    words = fold(str(topic.label)).split()
    return bool(folded) and any(word.startswith(folded) for word in words)

from collections.abc import Iterable
from functools import lru_cache

from simplemma import is_known

from marketplace.foundation.text import stems_of, words_of

LONGEST_WORD = 60
# A word this short is not taken apart, and neither part is shorter.
SHORTEST_PART = 4
LINKS = ("", "s", "n", "en", "es", "er", "e")


def index_words(texts: Iterable[str]) -> frozenset[str]:
    """The words by which a thing with these texts is found."""
    found: set[str] = set()
    for text in texts:
        for word in words_of(text):
            found |= stems_of(word)
            for part in parts_of(word):
                found |= stems_of(part)
    return frozenset(word[:LONGEST_WORD] for word in found if len(word) > 1)


@lru_cache(maxsize=50_000)
def parts_of(word: str) -> tuple[str, ...]:
    """Takes a compound apart: "Schülerpraktikum" is Schüler and Praktikum.

    Both parts must be known words; of several ways the longest tail wins.
    """
    for k in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        head, tail = word[:k], word[k:].capitalize()
        if is_known(tail, lang="de") and _is_head(head.capitalize()):
            return head, tail
    return ()


def _is_head(head: str) -> bool:
    return any(
        head.endswith(link) and is_known(head.removesuffix(link), lang="de")
        for link in LINKS
        if len(head) - len(link) >= SHORTEST_PART - 1
    )

"""Free text of files on its way into columns: nothing guessed and nothing lost."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any, TypeVar

from marketplace.foundation.language import NamedEnum, _, in_german
from marketplace.stewardship.imports.services.entries import RejectedRow

E = TypeVar("E", bound=NamedEnum)
_LINK = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_BARE = re.compile(
    r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,12}(?:/\S*)?", re.IGNORECASE
)
LONGEST_LINK = 300
# What stands between several words of one cell that this program wrote.
BETWEEN = "; "
# What stands between the first and the last day.
UP_TO = " – "


class Description:
    """The words of a posting, to which what does not fit elsewhere is added."""

    def __init__(self, *texts: str) -> None:
        self.texts = [text for text in texts if text]

    def keep(self, text: str) -> None:
        """Adds words that no column takes, unless they stand here already."""
        if text and text.casefold() not in str(self).casefold():
            self.texts.append(text)

    def fit(self, text: str, limit: int) -> str:
        """Gives the beginning of a text that is too long, and keeps all of it here."""
        if len(text) <= limit:
            return text
        self.texts.append(text)
        return f"{text[: limit - 1].rstrip()}…"

    def __str__(self) -> str:
        return "\n\n".join(self.texts)


def link_of(text: str) -> str:
    """The first web address of a text; rejects what is none."""
    if not text:
        return ""
    first = text.split(maxsplit=1)[0].rstrip(";,")
    if _BARE.fullmatch(first):
        first = f"http://{first}"
    if not _LINK.fullmatch(first) or len(first) > LONGEST_LINK:
        raise RejectedRow(_("„%(link)s“ ist keine Webadresse.", link=first[:80]))
    return first


def cut(text: str, limit: int) -> str:
    """The beginning of a text that nobody reads to the end."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


@cache
def _members(kind: type[E]) -> Mapping[str, E]:
    """The members of an enum by their German words, which do not change."""
    return {in_german(member.label): member for member in kind}


def labels_of(members: frozenset[Any]) -> str:
    """Words of ours in one cell, each of which our reader knows again."""
    return BETWEEN.join(in_german(member.label) for member in sorted(members))


def span_of(first: date, last: date | None) -> str:
    """Some days in a row in one cell, which `span_in` reads again."""
    ends = [day.isoformat() for day in dict.fromkeys((first, last or first))]
    return UP_TO.join(ends)


def span_in(text: str) -> tuple[date, date] | None:
    """The first and the last day of a cell that `span_of` wrote; else none."""
    days = [_iso(words) for words in text.split(UP_TO)]
    first, last = days[0], days[-1]
    return (first, last) if first and last and len(days) <= 2 else None


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def fitting(texts: Iterable[str], limit: int) -> str:
    """As many of some texts in one cell as a column takes whole."""
    words = ""
    for text in texts:
        longer = f"{words}{BETWEEN}{text}" if words else text
        if len(longer) > limit:
            break
        words = longer
    return words


def named(kind: type[E], text: str) -> frozenset[E]:
    """The members whose very words a cell holds, as we hand them out; else none."""
    by_words = _members(kind)
    told = text.split(BETWEEN)
    if not all(words in by_words for words in told):
        return frozenset()
    return frozenset(by_words[words] for words in told)

"""The words that lead to topics and formats, as plain facts."""

import csv
from collections.abc import Iterator, Mapping
from importlib.resources import files

from marketplace.region.topics.enums import Format, Topic


def _rows(name: str) -> Iterator[list[str]]:
    text = files("marketplace.region.topics").joinpath(name).read_text("utf-8")
    rows = csv.reader(text.splitlines())
    next(rows)
    return rows


def _words() -> tuple[dict[str, Topic | None], dict[str, Topic | None]]:
    whole: dict[str, Topic | None] = {}
    parts: dict[str, Topic | None] = {}
    for word, topic in _rows("words.csv"):
        member = Topic(topic) if topic else None  # type: ignore[call-arg]
        whole[word.removeprefix("=")] = member
        if not word.startswith("="):
            parts[word] = member
    return whole, parts


WORDS: Mapping[str, Topic | None]
# Those that also count as head or tail of a longer word. None: known, without a topic.
PARTS: Mapping[str, Topic | None]
WORDS, PARTS = _words()
FORMAT_WORDS: Mapping[str, Format] = {
    word: Format(value)  # type: ignore[call-arg]
    for word, value in _rows("format_words.csv")
}

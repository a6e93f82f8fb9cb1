"""What is handed out of the pupils' side, the hidden numbers empty."""

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.foundation.language import _
from marketplace.matching.gaps.enums import PupilSource
from marketplace.matching.gaps.services.pupils import (
    UNTOLD,
    PupilCount,
    pupil_counts,
)

PUPIL_HEADINGS = (
    *("quarter", "source", "area", "area_name", "topic", "topic_name"),
    *("pupils", "hidden"),
)


@dataclass(frozen=True)
class PupilRow:
    """Of a topic, how many got no place, and whose search finds nothing."""

    topic: str
    unplaced: str
    search: str
    is_whole: bool


def pupil_sheet(quarter: str) -> list[PupilRow]:
    """All topics together, then each by name; empty where nothing was counted."""
    counts = pupil_counts(quarter)
    if not counts:
        return []
    by_source = {
        source: {one.name: _words(one.count) for one in told.topics}
        for source, told in counts.items()
    }
    wholes = {source: _words(told.total) for source, told in counts.items()}
    topics = sorted({topic for words in by_source.values() for topic in words})
    rows = [(_("alle Themen"), wholes, True)]
    for topic in topics:
        own = {
            source: words[topic]
            for source, words in by_source.items()
            if topic in words
        }
        rows.append((topic, own, False))
    return [
        PupilRow(
            topic,
            words.get(PupilSource.UNPLACED, "0"),
            words.get(PupilSource.SEARCH, "0"),
            is_whole,
        )
        for topic, words, is_whole in rows
    ]


def pupil_rows(quarter: str) -> list[list[str]]:
    """All numbers of a quarter under `PUPIL_HEADINGS`, for programs."""
    rows = []
    for source, told in pupil_counts(quarter).items():
        begin = [quarter, source.value]
        rows.append([*begin, "", _("alle"), "", _("alle"), *_cells(told.total)])
        for one in _by_key(told.districts):
            place = [_plain(one.key), one.name]
            rows.append([*begin, *place, "", _("alle"), *_cells(one.count)])
        for one in _by_key(told.topics):
            topic = [_plain(one.key), one.name]
            rows.append([*begin, "", _("alle"), *topic, *_cells(one.count)])
    return rows


def _by_key(counts: Sequence[PupilCount]) -> list[PupilCount]:
    return sorted(counts, key=lambda one: one.key)


def _plain(key: str) -> str:
    """A key for programs, to which a dash would be the begin of a formula."""
    return "none" if key == UNTOLD else key


def _cells(count: int | None) -> list[str]:
    return ["", "1"] if count is None else [str(count), "0"]


def _words(count: int | None) -> str:
    return _("verdeckt") if count is None else str(count)

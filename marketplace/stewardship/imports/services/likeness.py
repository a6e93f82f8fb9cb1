"""Whether a row is probably there already, under other words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from zlib import crc32

from marketplace.foundation.geometry import Point
from marketplace.foundation.text import fold_name
from marketplace.stewardship.imports.rules import ALIKE, is_near, similarity, trigrams


@dataclass(frozen=True)
class Known:
    """Something that is there: as it is compared, and the file it came with."""

    id: int
    title: str
    organisation: str
    place: str
    point: Point | None
    file_name: str = ""


class Likenesses:
    """What is there, so that what is alike is found without comparing with all.

    Two sets of trigrams that share 80 % share one of their first 20 % in any fixed
    order; only things that do are compared.
    """

    def __init__(self, known: Iterable[Known] = ()) -> None:
        self.same: dict[tuple[str, str, str], Known] = {}
        self.by_gram: dict[str, list[Known]] = defaultdict(list)
        self.grams: dict[int, frozenset[str]] = {}
        for thing in known:
            self.add(thing)

    def add(self, thing: Known) -> None:
        """Takes one more thing in."""
        self.same.setdefault(_identity(thing), thing)
        grams = _grams_of(thing)
        self.grams[thing.id] = grams
        for gram in _first(grams):
            self.by_gram[gram].append(thing)

    def like(self, thing: Known, *, has_own_ids: bool) -> Known | None:
        """What is probably the same as `thing`.

        Between files: alike in title and organisation, within 2 km. Within a file
        that numbers its rows: equal in title, organisation and place.
        """
        same = self.same.get(_identity(thing))
        if same:
            return same
        grams = _grams_of(thing)
        near = {
            other.id: other
            for gram in _first(grams)
            for other in self.by_gram.get(gram, ())
            if is_near(thing.point, other.point)
            and not (has_own_ids and other.file_name == thing.file_name)
        }
        alike = {
            similarity(grams, self.grams[other.id]): other for other in near.values()
        }
        best = max(alike, default=0.0)
        return alike[best] if best >= ALIKE else None


def known(  # noqa: PLR0917 - what is compared, in the order of its columns
    thing_id: int,
    title: str,
    organisation: str,
    place: str | None,
    point: Point | None,
    file_name: str = "",
) -> Known:
    """Folds what is compared."""
    return Known(
        thing_id,
        fold_name(title),
        fold_name(organisation),
        fold_name(place or ""),
        point,
        file_name,
    )


def _identity(thing: Known) -> tuple[str, str, str]:
    return thing.title, thing.organisation, thing.place


def _grams_of(thing: Known) -> frozenset[str]:
    return trigrams(f"{thing.title} {thing.organisation}")


def _first(grams: frozenset[str]) -> list[str]:
    order = sorted(grams, key=lambda gram: crc32(gram.encode()))
    return order[: len(order) - ceil(ALIKE * len(order)) + 1]

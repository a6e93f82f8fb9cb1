"""What a saved search keeps of the address of each list; one line a list."""

from collections.abc import Mapping
from dataclasses import dataclass

from marketplace.foundation.language import NamedEnum
from marketplace.overview.alerts.enums import Scope
from marketplace.overview.finding.enums import Kind
from marketplace.region.labour.enums import Basis
from marketplace.region.topics.enums import Format


@dataclass(frozen=True)
class Ground:
    """A list: its address, what of its address narrows it, what `art` chooses from.

    `kinds` are the kinds of postings of which letters tell.
    """

    index: str
    kept: frozenset[str]
    choices: type[NamedEnum] | None
    kinds: tuple[str, ...]


_EVERYWHERE = ("q", "ort", "umkreis", "land", "kreis", "thema")
_LISTED = (*_EVERYWHERE, "klasse", "von", "bis", "barrierefrei", "hinweise")
# Of an address what may narrow some list; order and view do not.
NARROWING = frozenset({*_LISTED, "alter", "art", "gruppe", "wochentag"})
GROUNDS: Mapping[Scope, Ground] = {
    Scope.INTERNSHIPS: Ground(
        "internships.index",
        frozenset({*_LISTED, "alter", "art"}),
        Basis,
        ("internship",),
    ),
    Scope.OFFERS: Ground(
        "offers.index",
        frozenset({*_LISTED, "art", "gruppe", "wochentag"}),
        Format,
        ("offer",),
    ),
    Scope.EVENTS: Ground("events.index", frozenset(_LISTED), None, ("event",)),
    Scope.EVERYTHING: Ground(
        "finding.index",
        frozenset({*_EVERYWHERE, "art"}),
        Kind,
        ("internship", "offer", "event"),
    ),
}
# All of which letters tell, each the bit of its place.
KINDS = GROUNDS[Scope.EVERYTHING].kinds


def kinds_of(scope: Scope, art: str) -> tuple[str, ...]:
    """The kinds of postings that a search finds; in the search `art` may choose one."""
    kinds = GROUNDS[scope].kinds
    return (art,) if scope is Scope.EVERYTHING and art in kinds else kinds

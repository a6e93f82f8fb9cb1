"""What of an address a list cannot be narrowed by, in the words of its page."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wtforms import Field

from marketplace.doors.feeds.views.choosing import KINDS, OF_PAGES
from marketplace.foundation.language import _
from marketplace.postings.lives.forms import ListFilters
from marketplace.postings.lives.views.listing import place_asked_for
from marketplace.region.topics.enums import Sign, Topic

# Lists of what is in no place and for no day: what alone narrows them.
FEW: Mapping[str, frozenset[str]] = dict.fromkeys(
    ("aktionen", "foerderprogramme"), frozenset({"q", "land", "thema"})
)
THEMES = frozenset(theme.value for theme in (*Sign, *Topic))


def mistakes_in(name: str, entries: Mapping[str, Any]) -> list[str]:
    """A sentence for each filter of a list that does not fit; none where all do.

    A page says so and shows the rest. A program takes an empty list for an answer.
    """
    filters = ListFilters(entries, kinds=KINDS.get(name, ()))
    read = FEW.get(name, filters.data.keys()) - OF_PAGES
    return [
        _said(field, words) for field, words in _wrong(filters) if field.name in read
    ]


def _wrong(filters: ListFilters) -> Iterator[tuple[Field, str]]:
    yield from filters.mistakes
    if "ort" in filters.values and place_asked_for(filters) is None:
        yield filters.ort, _unknown_place(filters.ort.data or "")
    for field, known in ((filters.thema, THEMES), (filters.art, filters.kinds.keys())):
        for entry in _strange(field, known):
            yield field, _("„%(entry)s“ kennen wir hier nicht.", entry=entry)


def _strange(field: Field, known: Iterable[str]) -> list[str]:
    """Entries of a choice that it does not have; the empty one is none."""
    return [entry for entry in field.raw_data or () if entry and entry not in known]


def _unknown_place(place: str) -> str:
    lost = _("„%(place)s“ finden wir nicht", place=place)
    advice = _(
        "Bitte den Namen einer Stadt oder Gemeinde in Sachsen, Sachsen-Anhalt oder "
        "Thüringen eingeben."
    )
    return f"{lost}. {advice}"


def _said(field: Field, words: str) -> str:
    label = str(field.label.text)
    return f"{label} {words}" if label.endswith("?") else f"{label}: {words}"

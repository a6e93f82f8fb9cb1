from collections.abc import Mapping
from typing import Any

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from marketplace.foundation.language import lazy
from marketplace.overview.finding.enums import Kind, Order, Words
from marketplace.overview.finding.tables import (
    KNOWN_BY_SOME,
    ONLY_IN_LISTS,
    SHELVES,
)
from marketplace.postings.lives.forms import ListFilters
from marketplace.web.fields import NO_CHOICE, EnumField


class SearchFilters(ListFilters):
    """The filters of lists, asked of everything; `art` is the kind of thing."""

    sortierung = SelectField(
        lazy("Reihenfolge"),
        default=Order.FIT.value,
        choices=[SelectChoice(order.value, order.label) for order in Order],
    )

    # Said by addresses that lead on from what was found; otherwise search decides.
    woerter = EnumField(lazy("Wörter"), kinds=Words, empty=NO_CHOICE)

    def __init__(self, entries: Mapping[str, Any]) -> None:
        super().__init__(entries, kinds=Kind)
        if not self.sortierung.raw_data:
            self.sortierung.data = Order.FIT.value

    @property
    def query(self) -> dict[str, list[str]]:
        """What was asked for, without how search understood it."""
        return {k: v for k, v in super().query.items() if k != "woerter"}

    @property
    def uncounted(self) -> dict[str, str]:
        """What was asked for that search does not narrow by: name and label."""
        names = [name for name in self.values if name in ONLY_IN_LISTS]
        return {name: str(self[name].label.text) for name in names}

    def ignored_by(self, kind: Kind) -> list[str]:
        """The labels of what was asked for that a kind does not know."""
        unknown = [n for n in self.values if n in KNOWN_BY_SOME - SHELVES[kind].takes]
        return [str(self[name].label.text) for name in unknown]

    @property
    def words(self) -> Words | None:
        """How many of the words must be there; None leaves it to search."""
        told: Words | None = self.values.get("woerter")
        return told

    @property
    def order(self) -> Order:
        """What decides which comes first; nearness only where a place is named."""
        order = Order(self.values.get("sortierung", Order.FIT.value))  # type: ignore[call-arg]
        return Order.FIT if order is Order.NEAR and not self.ort.data else order

    @property
    def kind(self) -> Kind | None:
        """The one kind that is asked for."""
        return Kind(self.art.data) if self.art.data else None  # type: ignore[call-arg]

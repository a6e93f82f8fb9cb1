from collections.abc import Mapping
from typing import Any

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from marketplace.foundation.language import lazy
from marketplace.overview.finding.enums import Kind, Order
from marketplace.postings.lives.forms import ListFilters


class SearchFilters(ListFilters):
    """The filters of lists, asked of everything; `art` is the kind of thing."""

    sortierung = SelectField(
        lazy("Reihenfolge"),
        default=Order.FIT.value,
        choices=[SelectChoice(order.value, order.label) for order in Order],
    )

    def __init__(self, entries: Mapping[str, Any]) -> None:
        super().__init__(entries, kinds=Kind)
        if not self.sortierung.raw_data:
            self.sortierung.data = Order.FIT.value

    @property
    def order(self) -> Order:
        """What decides which comes first; nearness only where a place is named."""
        order = Order(self.values.get("sortierung", Order.FIT.value))  # type: ignore[call-arg]
        return Order.FIT if order is Order.NEAR and not self.ort.data else order

    @property
    def kind(self) -> Kind | None:
        """The one kind that is asked for."""
        return Kind(self.art.data) if self.art.data else None  # type: ignore[call-arg]

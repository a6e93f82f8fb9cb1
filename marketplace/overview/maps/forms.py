from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import StringField
from wtforms.validators import AnyOf, Optional, ValidationError

from marketplace.foundation.language import _, lazy
from marketplace.overview.maps.enums import Layer, Wish
from marketplace.overview.maps.rules import Square, square_named
from marketplace.overview.maps.tables import SHEETS
from marketplace.postings.lives.forms import ListFilters
from marketplace.web.fields import EnumSetField


class MapFilters(ListFilters):
    """The filters of lists, asked of every layer; `ebene` chooses among those.

    `art` means something for one layer alone, so that it is asked only of one.
    `feld` is the square of the map that is looked at; `strassen` what the reader wants
    below it.
    """

    ebene = EnumSetField(lazy("Was die Karte zeigt"), [Optional()], kinds=Layer)
    feld = StringField(lazy("Feld der Karte"), [Optional()])
    strassen = StringField(lazy("Straßen"), [Optional(), AnyOf(list(Wish))])

    def __init__(self, entries: Mapping[str, Any]) -> None:
        asked = set(_all(entries, "ebene"))
        kinds = [SHEETS[layer].kinds for layer in Layer if layer in asked]
        super().__init__(entries, kinds=kinds[0] if len(kinds) == 1 else ())
        for field in (self.kreis, self.feld, self.strassen):
            if field.errors:  # nobody types them, so nobody is told
                field.errors, field.data = (), ""
        if not self.ebene.data or self.ebene.errors:
            self.ebene.data = frozenset(Layer)  # type: ignore[assignment]

    def validate_feld(self, field: StringField) -> None:
        """Refuses what names no square."""
        if field.data and square_named(field.data) is None:
            raise ValidationError(_("Dieses Feld hat die Karte nicht."))

    @property
    def layers(self) -> Sequence[Layer]:
        """What is shown, in order; all of it where nothing is chosen."""
        return [layer for layer in Layer if layer in (self.ebene.data or ())]

    @property
    def square(self) -> Square | None:
        """The square that is looked at."""
        return square_named(self.values.get("feld", ""))

    @property
    def wish(self) -> Wish | None:
        """What the address says of streets."""
        said = self.values.get("strassen")
        return Wish(said) if said else None

    def say_on(self, wish: Wish | None) -> None:
        """Lets the links of this map say a wish, or none, whatever the address said."""
        self.strassen.data = wish or ""
        self.strassen.raw_data = [wish] if wish else []


def _all(entries: Mapping[str, Any], name: str) -> Sequence[str]:
    read = getattr(entries, "getlist", None)
    return read(name) if read else []

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional

from marketplace.foundation.language import lazy
from marketplace.postings.lives.forms import NO_CHOICE, ThemeField
from marketplace.region.lines.enums import LineKind
from marketplace.region.places.enums import FederalState
from marketplace.web.fields import EnumField
from marketplace.web.forms import Filters


def _number(value: str) -> int | None:
    return int(value) if value else None


class PartnerFilters(Filters):
    """What one tries out on the list of partners; `lines` are the own needs by name."""

    umkreis = SelectField(
        lazy("Umkreis"),
        [Optional()],
        coerce=_number,
        choices=[
            SelectChoice("", lazy("wie eingetragen")),
            *(SelectChoice(str(km), f"{km} km") for km in (25, 50, 100, 150)),
            SelectChoice("999", lazy("ganze Region")),
        ],
    )
    land = EnumField(lazy("Bundesland"), kinds=FederalState, empty=NO_CHOICE)
    art = EnumField(lazy("Art"), kinds=LineKind, empty=NO_CHOICE)
    zeile = SelectField(lazy("Deckt die Zeile"), [Optional()], coerce=_number)
    thema = ThemeField(lazy("Thema"))

    def __init__(self, entries: Mapping[str, Any], lines: Sequence[str] = ()) -> None:
        self.lines = lines
        super().__init__(entries)

    def process(self, *entries: Any, **more: Any) -> None:
        """Offers the own need lines before it reads which of them is meant."""
        self.zeile.choices = [
            SelectChoice("", NO_CHOICE),
            *(SelectChoice(str(n), name) for n, name in enumerate(self.lines, 1)),
        ]
        super().process(*entries, **more)

    @property
    def active_count(self) -> int:
        """How many of them narrow the list."""
        return len(self.values)

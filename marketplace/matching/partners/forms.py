from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, Optional, ValidationError

from marketplace.encounters.introductions.enums import FirstWord
from marketplace.encounters.introductions.services.proposing import (
    LONGEST_MESSAGE,
    Words,
    require_no_contact,
)
from marketplace.foundation.language import lazy
from marketplace.foundation.refusals import Refusal
from marketplace.matching.partners.services.trying import Trial
from marketplace.region.lines.enums import LineKind
from marketplace.region.lines.forms import LineFields
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.forms import ThemeField
from marketplace.web.fields import NO_CHOICE, Between, EnumField, EnumSetField
from marketplace.web.forms import Filters, Form

# The whole region.
FARTHEST = 999


def _number(value: str) -> int | None:
    return int(value) if value else None


def _numbered(lines: Sequence[str]) -> list[SelectChoice]:
    named = (SelectChoice(str(n), name) for n, name in enumerate(lines, 1))
    return [SelectChoice("", NO_CHOICE), *named]


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
        self.zeile.choices = _numbered(self.lines)
        super().process(*entries, **more)

    @property
    def active_count(self) -> int:
        """How many of them narrow the list."""
        return len(self.values)

    @property
    def shown(self) -> dict[str, Any]:
        """What narrows the list, as an address says it."""
        return {
            name: [str(one) for one in value] if isinstance(value, list) else str(value)
            for name, value in self.values.items()
        }


class TrialChoice(Filters):
    """For which need line something else is tried; `lines` are its names."""

    probe_zeile = SelectField(lazy("Bedarfszeile"), [Optional()], coerce=_number)

    def __init__(self, entries: Mapping[str, Any], lines: Sequence[str] = ()) -> None:
        self.lines = lines
        super().__init__(entries)

    def process(self, *entries: Any, **more: Any) -> None:
        """Offers the need lines before it reads which of them is meant."""
        self.probe_zeile.choices = _numbered(self.lines)
        super().process(*entries, **more)


class TrialFields(LineFields):
    """A need line as it is tried, and the radius of its place; nothing is kept."""

    radius_km = IntegerField(lazy("Umkreis in km"), [Optional(), Between(1, FARTHEST)])

    def trial(self, line_no: int) -> Trial | None:
        """What is tried for the line of this number; None while something is wrong."""
        entry = self.entry(is_need=True) if self.validate() else None
        return Trial(line_no, entry, self.radius_km.data) if entry else None


class SearchForm(Filters):
    """The name of an organisation to look at beside this one."""

    name = StringField(lazy("Anderes Gegenüber"), [Optional(), Length(min=2, max=100)])


class ProposalForm(Form):
    """What the asking side says first: some sentences to choose, a few words beside."""

    first_words = EnumSetField(lazy("Was Sie dazu sagen"), kinds=FirstWord)
    message = TextAreaField(lazy("In eigenen Worten"), [Length(max=LONGEST_MESSAGE)])
    # Asked of the office alone.
    override_reason = StringField(lazy("Warum schon wieder fragen"), [Length(max=200)])

    def validate_message(self, field: TextAreaField) -> None:
        """Refuses contact data, before both have agreed."""
        try:
            require_no_contact(field.data or "")
        except Refusal as refusal:
            raise ValidationError(refusal.sentence) from None

    @property
    def words(self) -> Words:
        """What was chosen and written."""
        told: dict[str, Any] = self.data
        return Words(
            first_words=told["first_words"], message=(told["message"] or "").strip()
        )

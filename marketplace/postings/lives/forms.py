from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import (
    DateField,
    Field,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.fields.core import UnboundField
from wtforms.validators import (
    InputRequired,
    Length,
    Optional,
    Regexp,
    ValidationError,
)

from marketplace.foundation.language import NamedEnum, _, lazy
from marketplace.postings.lives.queries import Narrowing
from marketplace.region.calendar.enums import Weekday
from marketplace.region.places.forms import PlaceFilters
from marketplace.region.topics.enums import SIGNS, Sign, Topic
from marketplace.region.topics.forms import ThemeField
from marketplace.web.fields import NO_CHOICE, Between, EnumField, QueryTick
from marketplace.web.forms import Form, VersionedForm

GRADES = [
    SelectChoice("", NO_CHOICE),
    *(SelectChoice(str(grade), str(grade)) for grade in range(5, 14)),
]
NEAREST = "nah"
FITTING, SOONEST, NEWEST = "passend", "beginn", "neu"
MAP = "karte"


def _number(value: str) -> int | None:
    return int(value) if value else None


class ListFilters(PlaceFilters):
    """What narrows a list of postings: the same names in every address.

    `kinds` is what `art` chooses from.
    """

    q = StringField(lazy("Suchwort"), [Optional(), Length(max=100)])
    kreis = StringField(lazy("Landkreis"), [Optional(), Regexp(r"\d{5}$")])
    thema = ThemeField(lazy("Thema"))
    klasse = SelectField(
        lazy("Klasse"),
        [Optional(), Between(1, 13)],
        coerce=_number,
        choices=GRADES,
        validate_choice=False,
    )
    alter = IntegerField(lazy("Alter"), [Optional(), Between(3, 99)])
    von = DateField(lazy("Frühestens"), [Optional()])
    bis = DateField(lazy("Spätestens"), [Optional()])
    art = SelectField(lazy("Art"), default="", validate_choice=False)
    gruppe = IntegerField(lazy("Wie viele kommen"), [Optional(), Between(1, 500)])
    wochentag = EnumField(lazy("Wochentag"), kinds=Weekday, empty=NO_CHOICE)
    # 1, or the cursor behind which the hints go on.
    hinweise = QueryTick(lazy("auch alte Hinweise"))
    sortierung = SelectField(
        lazy("Reihenfolge"),
        default="neu",
        choices=[
            SelectChoice("neu", lazy("Neues zuerst")),
            SelectChoice(NEAREST, lazy("Nahes zuerst")),
        ],
    )
    ansicht = SelectField(
        lazy("Ansicht"),
        default="liste",
        choices=[SelectChoice("liste"), SelectChoice(MAP)],
    )
    nach = StringField(lazy("Weiter ab"), [Optional(), Length(max=400)])

    def __init__(
        self, entries: Mapping[str, Any], *, kinds: Iterable[NamedEnum] = ()
    ) -> None:
        super().__init__(entries)
        if not self.sortierung.raw_data and self.ort.data:
            self.sortierung.data = NEAREST
        self.kinds = {kind.value: str(kind.label) for kind in kinds}
        named = [SelectChoice(value, label) for value, label in self.kinds.items()]
        self.art.choices = [SelectChoice("", NO_CHOICE), *named]
        if self.art.data not in self.kinds:
            self.art.data = ""

    def validate_bis(self, field: DateField) -> None:
        """Refuses a last day before the first one."""
        if self.von.data and field.data and field.data < self.von.data:
            raise ValidationError(
                _("Dieser Tag liegt vor dem frühesten. Bitte die Tage tauschen.")
            )

    @property
    def are_days_reversed(self) -> bool:
        """Says whether the last day was before the first one."""
        first, last = self.von.data, self.bis.data
        return bool(first and last and last < first)

    def narrowing(self, centre: tuple[float, float] | None) -> Narrowing:
        """What the list is asked for; `centre` is where the place lies, if known."""
        found = self.values
        return Narrowing(
            words=found.get("q", ""),
            centre=centre,
            radius_km=self.radius_km,
            is_unknown_place="ort" in found and centre is None,
            state=found.get("land"),
            district=found.get("kreis", ""),
            topics=self.thema.topics,
            grade=found.get("klasse"),
            age=found.get("alter"),
            starts_from=found.get("von"),
            ends_by=found.get("bis"),
            kind=found.get("art", ""),
            is_step_free=found.get("barrierefrei", False),
            group_size=found.get("gruppe"),
            weekday=found.get("wochentag"),
        )

    @property
    def query(self) -> dict[str, list[str]]:
        """The valid entries as they stand in an address, without those that page."""
        sent = {name: self[name].raw_data for name in self.values if name != "nach"}
        return {name: entries for name, entries in sent.items() if entries}

    @property
    def hints_cursor(self) -> str | None:
        """Behind which hint to go on: `hinweise` holds a cursor instead of 1."""
        [sent] = (self.hinweise.raw_data or [""])[:1]
        return sent if len(sent) > 1 else None

    @property
    def is_nearest_first(self) -> bool:
        """Says whether the way from the place decides the order."""
        return bool(self.values.get("sortierung") == NEAREST)

    @property
    def is_soonest_first(self) -> bool:
        """Says whether what begins soonest comes first, where a list knows that."""
        return bool(self.values.get("sortierung") == SOONEST)

    @property
    def is_fitting_first(self) -> bool:
        """Says whether what fits best comes first, where a list knows that order."""
        return bool(self.values.get("sortierung") == FITTING)

    @property
    def is_map(self) -> bool:
        """Says whether a small screen shows the map instead of the list."""
        return bool(self.values.get("ansicht") == MAP)


class FittingFilters(ListFilters):
    """What narrows a list that can be ranked; what fits best stands first."""

    sortierung = SelectField(
        lazy("Reihenfolge"),
        default=FITTING,
        choices=[
            SelectChoice(FITTING, lazy("Passendes zuerst")),
            SelectChoice(NEAREST, lazy("Nahes zuerst")),
            SelectChoice(SOONEST, lazy("Früher Beginn zuerst")),
            SelectChoice(NEWEST, lazy("Neues zuerst")),
        ],
    )

    def __init__(self, entries: Mapping[str, Any], **rest: Any) -> None:
        super().__init__(entries, **rest)
        if not self.sortierung.raw_data:
            self.sortierung.data = FITTING


class PostingForm(VersionedForm):
    """A form that knows which state of a posting it was filled in from."""

    @classmethod
    def stored(cls, posting: object | None) -> dict[str, Any]:
        """What the row holds for the fields of the same name."""
        return {
            name: getattr(posting, name)
            for name in dir(cls)
            if isinstance(getattr(cls, name), UnboundField) and hasattr(posting, name)
        }

    @property
    def topics_by_sign(self) -> list[tuple[Sign, list[Field]]]:
        """The ticks of the topics under the four signs."""
        ticks = list(zip(Topic, self.topics, strict=True))
        return [
            (sign, [tick for topic, tick in ticks if topic in topics])
            for sign, topics in SIGNS.items()
        ]


class ReturnForm(Form):
    """What the office writes when it gives a posting back."""

    words = TextAreaField(
        lazy("Was soll sich ändern?"), [InputRequired(), Length(max=1000)]
    )


class FreezeForm(Form):
    """What the organisation reads when the office hides its posting."""

    words = TextAreaField(
        lazy("Warum? Das liest die Organisation."),
        [InputRequired(), Length(max=1000)],
        default=lazy("Wir prüfen eine Meldung zu diesem Eintrag."),
    )

"""A class, and when it is out."""

from collections.abc import Sequence
from typing import Any

from wtforms import DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from marketplace.foundation.language import lazy
from marketplace.people.schools.enums import Rhythm
from marketplace.people.schools.rules import year_words
from marketplace.people.schools.services.classes import ClassEntry, PeriodEntry
from marketplace.web.fields import EnumField
from marketplace.web.forms import Form


class ClassForm(Form):
    """What a class is called, and which one it is; `years` are those to choose from."""

    name = StringField(
        lazy("Name der Klasse"),
        [DataRequired(), Length(max=30)],
        render_kw={"autocomplete": "off"},
    )
    class_level = SelectField(
        lazy("Klassenstufe"),
        [InputRequired()],
        coerce=int,
        choices=[SelectChoice(str(n), str(n)) for n in range(5, 14)],
    )
    school_year = SelectField(lazy("Schuljahr"), [InputRequired()], coerce=int)
    full_time_ends_on = DateField(
        lazy("Letzter Tag der Vollzeitschulpflicht"), [Optional()]
    )

    def __init__(self, *, years: Sequence[int], **rest: Any) -> None:
        super().__init__(**rest)
        self.school_year.choices = [
            SelectChoice(str(year), year_words(year)) for year in years
        ]

    @property
    def entry(self) -> ClassEntry:
        """What was entered, once it is accepted."""
        return ClassEntry(**self.values)


class PeriodForm(Form):
    """From when to when a class is out, and how the days lie."""

    starts_on = DateField(lazy("Erster Tag"), [InputRequired()])
    ends_on = DateField(lazy("Letzter Tag"), [InputRequired()])
    rhythm = EnumField(
        lazy("Wie liegen die Tage?"), [InputRequired()], kinds=Rhythm, empty=None
    )

    @property
    def entry(self) -> PeriodEntry:
        """What was entered, once it is accepted."""
        return PeriodEntry(**self.values)


class CodeForm(Form):
    """The code of a class, as it stands on the note of the school."""

    code = StringField(
        lazy("Code der Klasse"),
        [DataRequired(), Length(max=20)],
        render_kw={"autocomplete": "off", "autocapitalize": "none"},
    )

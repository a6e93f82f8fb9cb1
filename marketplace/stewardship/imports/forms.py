from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import format_decimal
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    FieldList,
    RadioField,
    SelectField,
    StringField,
    SubmitField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from marketplace.foundation.language import _, lazy
from marketplace.region.places.models import Place
from marketplace.stewardship.imports.enums import ImportKind
from marketplace.stewardship.imports.models import Upload
from marketplace.stewardship.imports.services.headings import LAYOUTS, layout_of
from marketplace.stewardship.imports.services.uploads import KINDS, Choice
from marketplace.stewardship.imports.tables import LABELS
from marketplace.web.forms import Form

KIND_CHOICES = [SelectChoice(kind.value, kind.label) for kind in KINDS]
SOURCE = lazy("Quelle, wo die Zeile keine nennt")
LICENCE = lazy("Lizenz, wo die Zeile keine nennt")
LEAVE_OUT = lazy("nicht einlesen")


class UploadForm(Form):
    """A file, and what is in it."""

    file = FileField(lazy("Datei"), [FileRequired(lazy("Wählen Sie eine Datei."))])
    kind = SelectField(
        lazy("Was in der Datei steht"),
        coerce=lambda value: ImportKind(value) if value else None,  # type: ignore[call-arg]
        choices=[
            SelectChoice("", lazy("an den Überschriften erkennen")),
            *KIND_CHOICES,
        ],
    )
    source = StringField(SOURCE, [Optional(), Length(max=400)])
    licence = StringField(LICENCE, [Optional(), Length(max=120)])

    @property
    def given(self) -> dict[str, Any]:
        """What was handed in, once it is accepted; it can be asked for once."""
        with self.file.data.stream as file:
            content = file.read()
        return {
            "content": content,
            "name": self.file.data.filename or "",
            "kind": self.kind.data,
            "source": self.source.data or "",
            "licence": self.licence.data or "",
        }


class MappingForm(Form):
    """Which column is what, where it comes from, and whether it may be passed on."""

    kind = SelectField(
        lazy("Was in der Datei steht"),
        coerce=ImportKind,  # type: ignore[arg-type]
        choices=KIND_CHOICES,
    )
    source = StringField(SOURCE, [Optional(), Length(max=400)])
    licence = StringField(LICENCE, [Optional(), Length(max=120)])
    columns = FieldList(SelectField())
    look = SubmitField(lazy("Vorschau erneuern"))
    take = SubmitField(lazy("Übernehmen"))

    def __init__(self, *, upload: Upload, **rest: Any) -> None:
        self.headings = [text for text in dict.fromkeys(upload.headings) if text]
        layout = layout_of(upload.kind, upload.mapping)
        chosen = [layout.field_of(text) or "" for text in self.headings]
        super().__init__(obj=upload, data={"columns": chosen}, **rest)
        self._offer(LAYOUTS[upload.kind].fields)

    def _offer(self, fields: Mapping[str, str]) -> None:
        """Gives every column its name and its choices; there are as many as it has."""
        names = sorted(set(fields.values()), key=lambda name: str(LABELS[name]))
        choices = [SelectChoice("", LEAVE_OUT)]
        choices += [SelectChoice(name, LABELS[name]) for name in names]
        while len(self.columns) > len(self.headings):
            self.columns.pop_entry()
        while len(self.columns) < len(self.headings):
            self.columns.append_entry("")
        for heading, column in zip(self.headings, self.columns, strict=True):
            column.choices = choices
            column.label.text = heading

    def validate_columns(self, columns: Any) -> None:
        """Asks for one column at most for one field."""
        seen: dict[str, str] = {}
        for column in columns:
            name = column.data
            if name and name in seen:
                told = {"field": LABELS[name], "other": seen[name]}
                column.errors = [_("„%(field)s“ ist schon „%(other)s“.", **told)]
            seen.setdefault(name, str(column.label.text))
        if any(column.errors for column in columns):
            raise ValidationError(_("Eine Spalte je Feld."))

    @property
    def choice(self) -> Choice:
        """What was entered, once it is accepted."""
        pairs = zip(self.headings, self.columns, strict=True)
        return Choice(
            kind=self.kind.data,
            source=self.source.data or "",
            licence=self.licence.data or "",
            mapping={heading: column.data or "" for heading, column in pairs},
        )


class PlaceForm(Form):
    """Which of several towns of one name is meant."""

    place = RadioField(
        lazy("Welcher Ort ist gemeint?"),
        [InputRequired(lazy("Wählen Sie einen Ort."))],
        coerce=int,
    )

    def __init__(
        self, *, places: Sequence[Place], districts: Mapping[str, str], **rest: Any
    ) -> None:
        super().__init__(**rest)
        self.place.choices = [
            SelectChoice(str(place.id), _where(place, districts)) for place in places
        ]


def _where(place: Place, districts: Mapping[str, str]) -> str:
    """A town told apart from its namesakes by district, state and size."""
    district = districts.get(place.district_ags or "")
    names = ", ".join(filter(None, (place.name, district, str(place.state.label))))
    people = format_decimal(place.population)
    return _("%(names)s (%(people)s Einwohner)", names=names, people=people)

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from marketplace.foundation.language import lazy
from marketplace.stewardship.imports.enums import Outcome
from marketplace.stewardship.takeovers.enums import Fate, TakeoverKind
from marketplace.stewardship.takeovers.models import Takeover
from marketplace.web.forms import Form


class FileForm(Form):
    """A file of one's own entries; of a table somebody says what its rows are."""

    file = FileField(lazy("Datei"), [FileRequired(lazy("Wählen Sie eine Datei."))])
    kind = SelectField(
        lazy("Was in einer Tabelle steht"),
        coerce=TakeoverKind,  # type: ignore[arg-type]
        choices=[SelectChoice(kind.value, kind.label) for kind in TakeoverKind],
    )

    @property
    def given(self) -> dict[str, Any]:
        """What was handed in, once it is accepted; it can be asked for once."""
        with self.file.data.stream as file:
            content = file.read()
        name = self.file.data.filename or ""
        return {"content": content, "name": name, "kind": self.kind.data}


class TakeForm(Form):
    """Whether new entries are handed in at once, and what those held are."""

    submit = BooleanField(
        lazy("Neue Einträge gleich zur Prüfung einreichen, wenn nichts fehlt")
    )
    # Where an entry stands that was held.
    lines: Sequence[int] = ()


def take_form_for(takeover: Takeover) -> TakeForm:
    """The form with one choice for each entry that is probably there already."""
    choices = [SelectChoice(fate.value, fate.label) for fate in Fate]
    lines = [item["line"] for item in takeover.items if item["outcome"] == Outcome.HELD]
    fields = {
        f"fate_{line}": SelectField(
            lazy("Was der Eintrag ist"),
            coerce=Fate,  # type: ignore[arg-type]
            choices=choices,
            default=Fate.LEAVE,
        )
        for line in lines
    }
    kind: type[TakeForm] = type("FileTakeForm", (TakeForm,), fields)
    form = kind()
    form.lines = lines
    return form


class RestForm(Form):
    """Which of the entries that a file tells no more are to rest."""

    keys = SelectMultipleField(lazy("Ruhen lassen"), validate_choice=False)

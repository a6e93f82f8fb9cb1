from datetime import date
from typing import Any

from wtforms import BooleanField, DateField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from marketplace.foundation.language import _, lazy
from marketplace.stewardship.vetting.enums import Duty
from marketplace.web.fields import EnumField
from marketplace.web.forms import Form

NEEDED = InputRequired(lazy("Hier fehlt noch etwas."))


class TaskForm(Form):
    """Who is asked, and for what."""

    person = StringField(lazy("Vor- und Nachname"), [NEEDED, Length(max=120)])
    duty = EnumField(lazy("Aufgabe"), [NEEDED], kinds=Duty)
    starts_on = DateField(lazy("Von"), [NEEDED])
    ends_on = DateField(lazy("Bis"), [NEEDED])

    def validate_ends_on(self, field: DateField) -> None:
        """Refuses an end before the beginning."""
        first = self.starts_on.data
        if first and field.data and field.data < first:
            raise ValidationError(_("Das Ende liegt vor dem Beginn."))


class SeenForm(Form):
    """What was seen; there is no way to keep more."""

    dated_on = DateField(lazy("Datum des Führungszeugnisses"), [NEEDED])
    is_clean = BooleanField(lazy("Kein einschlägiger Eintrag"))

    def __init__(self, *, today: date, **rest: Any) -> None:
        super().__init__(**rest)
        self.today = today

    def validate_dated_on(self, field: DateField) -> None:
        """Refuses days to come."""
        if field.data and field.data > self.today:
            raise ValidationError(_("Dieser Tag kommt erst noch."))

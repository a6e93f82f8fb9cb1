from collections.abc import Iterable
from datetime import date

from wtforms import BooleanField, DateField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from marketplace.encounters.papers.enums import Party
from marketplace.foundation.language import _, lazy
from marketplace.web.fields import EnumField
from marketplace.web.forms import Form

NAMED = [InputRequired(lazy("Geben Sie den Namen ein.")), Length(max=120)]


class SignForm(Form):
    """A name typed in place of a signature."""

    name = StringField(
        lazy("Vorname und Name"),
        [
            InputRequired(lazy("Ohne Namen gilt die Unterschrift nicht.")),
            Length(max=120),
        ],
        render_kw={"autocomplete": "name"},
    )
    is_read = BooleanField(
        lazy("Ich habe die Vereinbarung gelesen und bin einverstanden"),
        [InputRequired(lazy("Ohne dieses Häkchen gilt die Unterschrift nicht."))],
    )

    def validate_name(self, field: StringField) -> None:
        """Refuses what is no name, two words at least."""
        if len((field.data or "").split()) < 2:
            raise ValidationError(_("Es fehlt der Vorname oder der Name."))


class SeenForm(Form):
    """A signature that stands on the printed agreement."""

    party = EnumField(
        lazy("Für wen?"),
        [InputRequired(lazy("Wählen Sie eine Seite."))],
        kinds=Party,
    )
    signed_by = StringField(lazy("Wer hat unterschrieben?"), NAMED)
    signed_on = DateField(
        lazy("Datum der Unterschrift"), [InputRequired(lazy("Geben Sie den Tag ein."))]
    )

    def __init__(
        self, *, parties: Iterable[Party], today: date, **rest: object
    ) -> None:
        super().__init__(**rest)
        self.today = today
        self.party.choices = [
            SelectChoice("", lazy("Bitte wählen")),
            *(SelectChoice(one.value, one.label) for one in parties),
        ]

    def validate_signed_on(self, field: DateField) -> None:
        """Refuses days to come."""
        if field.data and field.data > self.today:
            raise ValidationError(_("Dieser Tag kommt erst noch."))


class DatesForm(Form):
    """The days on which the company did what it owes before the first day."""

    risks_assessed_on = DateField(lazy("Gefährdungen beurteilt am"), [Optional()])
    instructed_on = DateField(lazy("Unterwiesen am"), [Optional()])
    guardians_told_on = DateField(lazy("Eltern informiert am"), [Optional()])

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import (
    DataRequired,
    Email,
    InputRequired,
    Length,
    Optional,
    Regexp,
)

from marketplace.foundation.language import lazy
from marketplace.web.forms import Filters, Form

NO_ADDRESS = lazy("Eine Adresse wie name@example.org eingeben.")


class CodeForm(Form):
    """The code of a letter."""

    code = StringField(
        lazy("Code aus dem Brief"),
        [DataRequired(), Length(max=100)],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )


class ClaimForm(Form):
    """That somebody may speak for an organisation."""

    is_allowed = BooleanField(
        lazy("Ich darf für diese Organisation handeln."), [InputRequired()]
    )


class LettersForm(Form):
    """Whom the office writes to."""

    organisation = SelectMultipleField(
        lazy("Organisationen"),
        [InputRequired(lazy("Bitte mindestens eine davon ankreuzen."))],
        validate_choice=False,
        choices=[],
    )


class MailForm(Form):
    """Where a letter goes by mail."""

    email = EmailField(
        lazy("E-Mail-Adresse"), [DataRequired(), Email(NO_ADDRESS), Length(max=254)]
    )


class RefusalForm(Form):
    """Why a claim is refused."""

    words = TextAreaField(lazy("Warum nicht?"), [DataRequired(), Length(max=2000)])


class OutcomeForm(Form):
    """What came of asking an organisation."""

    words = TextAreaField(
        lazy("Was kam dabei heraus?"), [DataRequired(), Length(max=2000)]
    )


class DistrictFilters(Filters):
    """What narrows the queue of organisations; `districts` by key and name."""

    name = StringField(lazy("Name"), [Optional(), Length(min=2, max=100)])
    kreis = SelectField(
        lazy("Landkreis"), [Optional(), Regexp(r"\d{5}$")], validate_choice=False
    )

    def __init__(
        self, entries: Mapping[str, Any], *, districts: Iterable[tuple[str, str]]
    ) -> None:
        super().__init__(entries)
        named = [SelectChoice(ags, name) for ags, name in districts]
        self.kreis.choices = [SelectChoice("", lazy("alle")), *named]

"""Who shall act for an organisation."""

from wtforms import BooleanField, EmailField, PasswordField, StringField
from wtforms.validators import DataRequired, Email, InputRequired, Length

from marketplace.foundation.language import lazy
from marketplace.people.accounts.rules import LONGEST_PASSWORD, SHORTEST_PASSWORD
from marketplace.people.organisations.forms.describing import NO_ADDRESS
from marketplace.web.forms import Form


class InviteForm(Form):
    """The address of somebody who shall join."""

    email = EmailField(
        lazy("E-Mail-Adresse"),
        [DataRequired(), Email(NO_ADDRESS), Length(max=254)],
        render_kw={"autocomplete": "off"},
    )
    is_owner = BooleanField(lazy("Darf auch Mitglieder und Orte verwalten"))


class JoinForm(Form):
    """What a new account needs, where the address is known."""

    first_name = StringField(
        lazy("Vorname"),
        [DataRequired(), Length(max=60)],
        render_kw={"autocomplete": "given-name"},
    )
    surname = StringField(
        lazy("Nachname"),
        [DataRequired(), Length(max=60)],
        render_kw={"autocomplete": "family-name"},
    )
    password = PasswordField(
        lazy("Passwort"),
        [
            InputRequired(),
            Length(
                SHORTEST_PASSWORD,
                LONGEST_PASSWORD,
                message=lazy("Ein Passwort hat 12 bis 128 Zeichen."),
            ),
        ],
        render_kw={"autocomplete": "new-password"},
    )

"""What a school is known by, and what it lays down."""

from wtforms import BooleanField, DateField, EmailField, IntegerField, StringField
from wtforms.validators import (
    Email,
    InputRequired,
    Length,
    Optional,
    Regexp,
)

from marketplace.foundation.language import lazy
from marketplace.people.schools.enums import DayKind
from marketplace.people.schools.services.settling import DaysEntry
from marketplace.web.fields import Between, EnumField
from marketplace.web.forms import Form


class ContactForm(Form):
    """Where letters go, and what is behind the @ of the staff."""

    email = EmailField(
        lazy("E-Mail-Adresse der Schule"),
        [
            Optional(),
            Email(lazy("Eine Adresse wie name@example.org eingeben.")),
            Length(max=254),
        ],
        render_kw={"autocomplete": "off"},
    )
    mail_domain = StringField(
        lazy("Domain der Lehrkräfte"),
        [
            Optional(),
            Length(max=120),
            Regexp(
                r"^\s*@?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\s*$",
                message=lazy("Eine Domain wie schule.example eingeben."),
            ),
        ],
        render_kw={"autocomplete": "off", "autocapitalize": "none"},
    )


class TermsForm(Form):
    """How long a school event may last, and when papers are due."""

    is_limit_raised = BooleanField(
        lazy("Schulpraktika dürfen 8 Stunden am Tag dauern, 40 in der Woche")
    )
    notice_weeks = IntegerField(
        lazy("So viele Wochen vorher will die Schule die Papiere"),
        [Optional(), Between(0, 26)],
    )


class DaysForm(Form):
    """Days that are other at this school."""

    kind = EnumField(
        lazy("Was ist an diesen Tagen?"), [InputRequired()], kinds=DayKind, empty=None
    )
    starts_on = DateField(lazy("Erster Tag"), [InputRequired()])
    ends_on = DateField(lazy("Letzter Tag"), [Optional()])

    @property
    def entry(self) -> DaysEntry:
        """What was entered, once it is accepted."""
        return DaysEntry(**self.values)

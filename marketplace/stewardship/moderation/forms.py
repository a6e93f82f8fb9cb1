from typing import Any

from wtforms import EmailField, StringField, TextAreaField
from wtforms.validators import Email, InputRequired, Length, Optional

from marketplace.foundation.language import lazy
from marketplace.stewardship.moderation.enums import ReportReason
from marketplace.stewardship.moderation.services import ReportEntry
from marketplace.web.fields import EnumField
from marketplace.web.forms import Form


class ReportForm(Form):
    """What is wrong, and where."""

    reason = EnumField(lazy("Was ist los?"), [InputRequired()], kinds=ReportReason)
    address = StringField(lazy("Adresse der Seite"), [InputRequired(), Length(max=500)])
    words = TextAreaField(
        lazy("Was wir wissen sollten"), [InputRequired(), Length(max=4000)]
    )
    name = StringField(lazy("Name"), [Optional(), Length(max=120)])
    email = EmailField(lazy("E-Mail-Adresse"), [Optional(), Email(), Length(max=254)])

    @property
    def entry(self) -> ReportEntry:
        """What was entered, once it is accepted."""
        entries: dict[str, Any] = {n: v or "" for n, v in self.values.items()}
        return ReportEntry(**entries)


class DecisionForm(Form):
    """The words of a decision."""

    decision = TextAreaField(
        lazy("Entscheidung und Begründung"), [InputRequired(), Length(max=4000)]
    )

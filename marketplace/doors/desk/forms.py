from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, Length, Optional

from marketplace.foundation.language import lazy
from marketplace.people.organisations.services.describing import LONGEST_NAME
from marketplace.upkeep.mail.enums import LetterState
from marketplace.web.fields import EnumField
from marketplace.web.forms import Filters, Form


class OutboxFilters(Filters):
    """What narrows the outbox."""

    stand = EnumField(
        lazy("Stand"), [Optional()], kinds=LetterState, empty=lazy("egal")
    )
    adresse = StringField(lazy("Adresse beginnt mit"), [Optional(), Length(max=254)])


class DeskSearch(Filters):
    """Whom the office looks for; `art` says among whom."""

    q = StringField(
        lazy("Name, E-Mail-Adresse oder Ort"), [Optional(), Length(max=100)]
    )
    art = StringField("", [Optional(), AnyOf(("personen", "organisationen"))])


class ReasonForm(Form):
    """Why the office does something to others."""

    reason = TextAreaField(
        lazy("Grund"), [DataRequired(), Length(max=600)], render_kw={"rows": 4}
    )


class AccountForm(ReasonForm):
    """Whether the office shuts an account or opens it again, and why.

    The act is sent, not read from the account: who presses twice does not undo it.
    """

    act = HiddenField(validators=[AnyOf(("disable", "enable"))])


class NameForm(ReasonForm):
    """What an organisation is called from now on, and why."""

    name = StringField(lazy("Name"), [DataRequired(), Length(max=LONGEST_NAME)])

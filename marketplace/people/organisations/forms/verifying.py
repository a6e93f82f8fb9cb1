"""What the office enters about an organisation."""

from wtforms import BooleanField, TextAreaField
from wtforms.validators import InputRequired, Length

from marketplace.foundation.language import lazy
from marketplace.web.forms import Form


class VerifyForm(Form):
    """The two steps by which the office learns that an organisation is real."""

    is_registered = BooleanField(
        lazy("Register oder Impressum angesehen"), [InputRequired()]
    )
    is_reached = BooleanField(
        lazy("Zurückgerufen, oder Antwort von einer Adresse der Organisation"),
        [InputRequired()],
    )


class ReturnForm(Form):
    """What the office still needs."""

    words = TextAreaField(lazy("Was fehlt noch?"), [InputRequired(), Length(max=1000)])

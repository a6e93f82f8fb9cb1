"""What the office enters about an organisation."""

from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from marketplace.foundation.language import lazy
from marketplace.web.forms import Form


class ReturnForm(Form):
    """What the office still needs."""

    words = TextAreaField(lazy("Was fehlt noch?"), [InputRequired(), Length(max=1000)])

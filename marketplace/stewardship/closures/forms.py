from wtforms import StringField
from wtforms.validators import DataRequired, Length

from marketplace.foundation.language import lazy
from marketplace.web.forms import Form


class CloseForm(Form):
    """The name, typed, so that nobody deletes by a slip."""

    name = StringField(
        lazy("Name der Organisation"),
        [DataRequired(), Length(max=160)],
        render_kw={"autocomplete": "off"},
    )

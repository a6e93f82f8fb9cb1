"""Why the office does something to the staff of a school."""

from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from marketplace.foundation.language import lazy
from marketplace.web.forms import Form


class ReasonForm(Form):
    """The reason; it stands in the letter."""

    reason = TextAreaField(
        lazy("Grund"), [DataRequired(), Length(max=600)], render_kw={"rows": 4}
    )

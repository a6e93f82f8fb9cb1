from wtforms import BooleanField
from wtforms.validators import InputRequired

from marketplace.foundation.language import lazy
from marketplace.web.forms import Form


class LeaveForm(Form):
    """A tick, so that nobody goes by a slip."""

    is_sure = BooleanField(
        lazy("Konto und alles, was dazugehört, endgültig löschen"),
        [InputRequired(lazy("Ohne diesen Haken bleibt das Konto."))],
    )

from wtforms.validators import InputRequired

from marketplace.encounters.introductions.enums import DeclineCode
from marketplace.foundation.language import lazy
from marketplace.web.fields import EnumField
from marketplace.web.forms import Form


class DeclineForm(Form):
    """Why not; the other side does not read it."""

    code = EnumField(lazy("Grund"), [InputRequired()], kinds=DeclineCode)


class ActForm(Form):
    """A button: nothing but its token."""

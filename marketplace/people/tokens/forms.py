from wtforms import StringField
from wtforms.validators import InputRequired, Length

from marketplace.foundation.language import lazy
from marketplace.people.tokens.enums import Scope
from marketplace.web.fields import EnumSetField
from marketplace.web.forms import Form


class TokenForm(Form):
    """For which program, and what it may do."""

    name = StringField(lazy("Welches Programm?"), [InputRequired(), Length(max=80)])
    scopes = EnumSetField(lazy("Was darf es?"), [InputRequired()], kinds=Scope)

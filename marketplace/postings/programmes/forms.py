from wtforms import StringField
from wtforms.validators import Length, Optional

from marketplace.foundation.language import lazy
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.forms import ThemeField
from marketplace.web.fields import NO_CHOICE, EnumField, QueryTick
from marketplace.web.forms import Filters


class ProgrammeFilters(Filters):
    """What narrows the list of programmes."""

    q = StringField(lazy("Suchwort"), [Optional(), Length(max=100)])
    land = EnumField(lazy("Bundesland"), kinds=FederalState, empty=NO_CHOICE)
    thema = ThemeField(lazy("Thema"))
    abgelaufen = QueryTick(lazy("abgelaufene zeigen"))
    nach = StringField(lazy("Weiter ab"), [Optional(), Length(max=400)])

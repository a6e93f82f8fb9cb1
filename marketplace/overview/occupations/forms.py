from wtforms import StringField
from wtforms.validators import Length, Optional

from marketplace.foundation.language import lazy
from marketplace.region.occupations.enums import WayIn
from marketplace.region.topics.forms import ThemeField
from marketplace.web.fields import NO_CHOICE, EnumField
from marketplace.web.forms import Filters


class OccupationFilters(Filters):
    """What narrows the list of occupations; the names are those of every list."""

    q = StringField(lazy("Suchwort"), [Optional(), Length(max=100)])
    art = EnumField(lazy("Weg in den Beruf"), kinds=WayIn, empty=NO_CHOICE)
    thema = ThemeField(lazy("Thema"))
    nach = StringField(lazy("Weiter ab"), [Optional(), Length(max=400)])


class PlaceFilters(Filters):
    """Where somebody is who looks for what is near."""

    ort = StringField(lazy("Dein Ort oder deine Postleitzahl"), [Length(max=100)])

from wtforms.validators import Optional

from marketplace.foundation.language import lazy
from marketplace.matching.quality.enums import Figure
from marketplace.web.fields import EnumField
from marketplace.web.forms import Filters


class FigureFilters(Filters):
    """Which figure is drawn over time."""

    zahl = EnumField(lazy("Zahl"), [Optional()], kinds=Figure, empty=None)

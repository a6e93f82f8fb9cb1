from wtforms import SearchField
from wtforms.validators import Length, Optional

from marketplace.foundation.language import lazy
from marketplace.web.forms import Filters


class SchoolFilters(Filters):
    """Which school is meant."""

    q = SearchField(
        lazy("Name der Schule, gern mit Ort"), [Optional(), Length(max=100)]
    )

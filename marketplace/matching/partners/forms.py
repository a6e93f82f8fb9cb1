from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional

from marketplace.foundation.language import lazy
from marketplace.web.forms import Filters


class PartnerFilters(Filters):
    """What one tries out on the list of partners."""

    umkreis = SelectField(
        lazy("Umkreis"),
        [Optional()],
        coerce=lambda value: int(value) if value else None,
        choices=[
            SelectChoice("", lazy("wie eingetragen")),
            *(SelectChoice(str(km), f"{km} km") for km in (25, 50, 100, 150)),
            SelectChoice("999", lazy("ganze Region")),
        ],
    )

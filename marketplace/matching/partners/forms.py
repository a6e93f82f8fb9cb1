from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, Optional

from marketplace.foundation.language import lazy
from marketplace.web.forms import Filters, Form


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


class ProposalForm(Form):
    """A few words with the request."""

    message = StringField(lazy("Ein Satz dazu"), [Optional(), Length(max=600)])

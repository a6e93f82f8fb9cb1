from datetime import date

from wtforms import DateField
from wtforms.validators import InputRequired

from marketplace.foundation.language import lazy
from marketplace.web.forms import Form


class VisitForm(Form):
    """On which day somebody comes."""

    visit_on = DateField(lazy("Tag des Besuchs"), [InputRequired()])

    @property
    def day(self) -> date:
        """What was entered, once it is accepted."""
        return self.values["visit_on"]  # type: ignore[no-any-return]

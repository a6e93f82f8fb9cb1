from typing import Any

from wtforms import SelectField, StringField
from wtforms.validators import Length, Optional

from marketplace.foundation.language import lazy
from marketplace.postings.lives.forms import GRADES
from marketplace.postings.lives.queries import Narrowing
from marketplace.region.topics.forms import ThemeField
from marketplace.web.fields import Between
from marketplace.web.forms import Filters


class BrowseFilters(Filters):
    """What is shown one by one; the names are those of the lists."""

    ort = StringField(lazy("Dein Ort"), [Optional(), Length(max=80)])
    klasse = SelectField(
        lazy("Klasse"),
        [Optional(), Between(1, 13)],
        coerce=lambda value: int(value) if value else None,
        choices=GRADES,
        validate_choice=False,
    )
    thema = ThemeField(lazy("Thema"))

    def narrowing(self, centre: tuple[float, float] | None) -> Narrowing:
        """What is asked for; `centre` is where the place lies, if known."""
        return Narrowing(
            centre=centre,
            topics=self.thema.topics,
            grade=self.values.get("klasse"),
        )

    @property
    def query(self) -> dict[str, Any]:
        """The valid entries as they stand in an address."""
        return {name: self[name].raw_data for name in self.values}

from collections.abc import Mapping
from typing import Any

from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, Optional

from marketplace.foundation.language import lazy
from marketplace.region.places.enums import FederalState
from marketplace.region.places.models import Place
from marketplace.region.places.tables import RADII, RADIUS_KM, Whereabouts
from marketplace.web.fields import NO_CHOICE, Between, EnumField, QueryTick
from marketplace.web.forms import Filters


class PlaceFilters(Filters):
    """What narrows a list by where things are: the same names in every address."""

    ort = StringField(lazy("Ort oder PLZ"), [Optional(), Length(max=80)])
    umkreis = SelectField(
        lazy("Umkreis"),
        [Optional(), Between(1, 300)],
        coerce=int,
        default=RADIUS_KM,
        validate_choice=False,
    )
    land = EnumField(lazy("Bundesland"), kinds=FederalState, empty=NO_CHOICE)
    barrierefrei = QueryTick(lazy("stufenlos, mit WC"))

    def __init__(self, entries: Mapping[str, Any]) -> None:
        super().__init__(entries)
        self.umkreis.choices = [
            SelectChoice(str(km), f"{km} km") for km in sorted({*RADII, self.radius_km})
        ]

    @property
    def radius_km(self) -> int:
        """How far around the place; the usual way where the entry is wrong."""
        return int(self.values.get("umkreis", RADIUS_KM))

    def whereabouts(self, place: Place | None) -> Whereabouts:
        """Where things have to be; `place` is the town that is meant, if known."""
        found = self.values
        return Whereabouts(
            centre=(place.lat, place.lon) if place else None,
            radius_km=self.radius_km,
            is_unknown_place="ort" in found and place is None,
            state=found.get("land"),
            district=found.get("kreis", ""),
        )

"""What narrows the directory."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, Optional, Regexp

from marketplace.foundation.language import lazy
from marketplace.people.organisations.enums import OrganisationKind
from marketplace.region.places.forms import PlaceFilters
from marketplace.region.places.models import Place
from marketplace.region.topics.enums import Topic
from marketplace.web.fields import EnumField, EnumSetField

# What is asked of an organisation, and not of its sites.
OF_THEM = ("q", "art", "thema")


class OrganisationFilters(PlaceFilters):
    """What narrows the directory; the names are those of every list.

    `districts` is what `kreis` chooses from, by key and name.
    """

    q = StringField(lazy("Suchwort"), [Optional(), Length(max=100)])
    art = EnumField(lazy("Art"), kinds=OrganisationKind, empty=lazy("egal"))
    kreis = SelectField(
        lazy("Landkreis"), [Optional(), Regexp(r"\d{5}$")], validate_choice=False
    )
    thema = EnumSetField(lazy("Thema"), kinds=Topic)
    # Those known from a source alone, instead of the verified ones.
    hinweise = BooleanField(lazy("nur aus Quellen bekannte zeigen"))

    def __init__(
        self, entries: Mapping[str, Any], *, districts: Iterable[tuple[str, str]]
    ) -> None:
        super().__init__(entries)
        named = [SelectChoice(ags, name) for ags, name in districts]
        self.kreis.choices = [SelectChoice("", lazy("egal")), *named]

    def narrowing(self, place: Place | None) -> dict[str, Any]:
        """What the verified ones are narrowed by; `place` is the town that is meant."""
        found = self.values
        return {name: found[name] for name in OF_THEM if name in found} | {
            "where": self.whereabouts(place),
            "is_step_free": found.get("barrierefrei", False),
        }

    @property
    def set_count(self) -> int:
        """How many filters are set; how far around a place counts with the place."""
        return len(self.values.keys() - {"umkreis"})

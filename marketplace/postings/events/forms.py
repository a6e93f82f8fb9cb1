from collections.abc import Iterable
from typing import Any

from wtforms import IntegerField, SelectField, StringField, TextAreaField, URLField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import URL, InputRequired, Length, Optional, ValidationError

from marketplace.foundation.language import _, lazy
from marketplace.people.organisations.models import Site
from marketplace.postings.events.models import Event
from marketplace.postings.events.services import EventEntry
from marketplace.postings.lives.forms import NEAREST, ListFilters, PostingForm
from marketplace.region.topics.enums import Audience, Topic
from marketplace.web.fields import Between, EnumSetField, MomentField, NotPast

MOST_GUESTS = 100_000
BY_DAY = "datum"


class EventFilters(ListFilters):
    """What narrows the list of events; what comes soon stands first."""

    sortierung = SelectField(
        lazy("Reihenfolge"),
        default=BY_DAY,
        choices=[
            SelectChoice(BY_DAY, lazy("Was bald ist, zuerst")),
            SelectChoice(NEAREST, lazy("Nahes zuerst")),
        ],
    )


class EventForm(PostingForm):
    """The words of an event; `sites` are where it can be."""

    title = StringField(lazy("Titel"), [InputRequired(), Length(max=80)])
    description = TextAreaField(
        lazy("Worum es geht"), [InputRequired(), Length(max=1200)]
    )
    starts_at = MomentField(lazy("Beginn"), [InputRequired(), NotPast()])
    ends_at = MomentField(lazy("Ende"), [InputRequired(), NotPast()])
    site_id = SelectField(lazy("Ort"), [InputRequired()], coerce=int)
    audiences = EnumSetField(lazy("Für wen"), [InputRequired()], kinds=Audience)
    topics = EnumSetField(lazy("Themen"), [InputRequired()], kinds=Topic)
    capacity = IntegerField(
        lazy("Wie viele kommen können"), [Optional(), Between(1, MOST_GUESTS)]
    )
    link = URLField(lazy("Link"), [Optional(), URL(), Length(max=300)])

    def __init__(
        self, *, sites: Iterable[Site], event: Event | None = None, **rest: Any
    ) -> None:
        super().__init__(data=self.stored(event), **rest)
        self.site_id.choices = [
            SelectChoice(str(site.id), f"{site.place_name} {site.street}".strip())
            for site in sites
        ]

    def validate_ends_at(self, field: MomentField) -> None:
        """Asks for times in order."""
        first = self.starts_at.data
        if field.data and first and field.data <= first:
            raise ValidationError(_("Das Ende liegt nicht nach dem Beginn."))

    @property
    def entry(self) -> EventEntry:
        """What was entered, once it is accepted."""
        values = self.values
        values.pop("version", None)
        values["link"] = values["link"] or ""
        return EventEntry(**values)

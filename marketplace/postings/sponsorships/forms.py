from collections.abc import Iterable
from typing import Any

from wtforms import (
    DateField,
    FieldList,
    FormField,
    SelectField,
    StringField,
    TextAreaField,
    URLField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import URL, InputRequired, Length, Optional, ValidationError

from marketplace.foundation.language import _, lazy
from marketplace.people.organisations.models import Site
from marketplace.postings.lives.forms import PostingForm
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.postings.sponsorships.services import SponsorshipEntry
from marketplace.region.lines.forms import (
    LineFields,
    entries_of,
    offer_parts,
    stored_line,
)
from marketplace.region.topics.enums import Audience, Topic
from marketplace.web.fields import EnumSetField, NotPast

SPARE_LINES, MOST_LINES = 2, 12


class SponsorshipForm(PostingForm):
    """The words of a sponsorship, with its gives; `sites` are where it can be."""

    title = StringField(lazy("Titel"), [InputRequired(), Length(max=80)])
    description = TextAreaField(
        lazy("Worum es geht"), [InputRequired(), Length(max=1200)]
    )
    topics = EnumSetField(lazy("Themen"), kinds=Topic)
    audiences = EnumSetField(lazy("Für wen"), kinds=Audience)
    site_id = SelectField(lazy("Ort"), [InputRequired()], coerce=int)
    valid_from = DateField(lazy("Gilt ab"), [Optional()])
    valid_to = DateField(lazy("Gilt bis"), [Optional(), NotPast()])
    link = URLField(lazy("Link"), [Optional(), URL(), Length(max=300)])
    lines = FieldList(FormField(LineFields), max_entries=MOST_LINES)

    def __init__(
        self,
        *,
        sites: Iterable[Site],
        sponsorship: Sponsorship | None = None,
        **rest: Any,
    ) -> None:
        stored = sponsorship.lines if sponsorship else []
        lines = [stored_line(line) | {"line_id": line.id} for line in stored]
        lines += [{} for _spare in range(SPARE_LINES)]
        super().__init__(data=self.stored(sponsorship) | {"lines": lines}, **rest)
        groups = [line.form for line in self.lines]
        offer_parts(groups, self.topics.data or (), self.audiences.data or ())
        self.site_id.choices = [
            SelectChoice(str(site.id), f"{site.place_name} {site.street}".strip())
            for site in sites
        ]

    def validate_valid_to(self, field: DateField) -> None:
        """Asks for days in order."""
        first = self.valid_from.data
        if field.data and first and field.data < first:
            raise ValidationError(_("Der letzte Tag liegt vor dem ersten."))

    @property
    def entry(self) -> SponsorshipEntry:
        """What was entered, once it is accepted."""
        values = self.values
        values.pop("version", None)
        values.pop("lines")
        values["link"] = values["link"] or ""
        lines = (line.form for line in self.lines)
        return SponsorshipEntry(**values, lines=entries_of(lines, is_need=False))

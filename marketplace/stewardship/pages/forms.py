from wtforms import DateField, IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, Regexp
from wtforms.widgets import HiddenInput

from marketplace.foundation.language import lazy
from marketplace.stewardship.pages.models import TextPage
from marketplace.stewardship.pages.rules import (
    LONGEST_BODY,
    LONGEST_SLUG,
    LONGEST_TITLE,
    SLUG,
)
from marketplace.stewardship.pages.services import TextEntry
from marketplace.web.forms import Form


class TextForm(Form):
    """Title and text of a page, and when to read it again."""

    version = IntegerField(validators=[Optional()], widget=HiddenInput())
    title = StringField(
        lazy("Überschrift"), [DataRequired(), Length(max=LONGEST_TITLE)]
    )
    body = TextAreaField(
        lazy("Text"),
        [DataRequired(), Length(max=LONGEST_BODY)],
        render_kw={"rows": 18},
    )
    review_on = DateField(lazy("Wieder prüfen am"), [Optional()])

    @property
    def entry(self) -> TextEntry:
        """What was entered, once it is accepted."""
        body = "\n".join((self.body.data or "").splitlines())
        return TextEntry(
            title=(self.title.data or "").strip(),
            body=body.strip(),
            review_on=self.review_on.data,
        )

    def is_overtaken(self, page: TextPage) -> bool:
        """Says whether somebody else saved the page meanwhile."""
        is_told = bool(self.version.raw_data)
        return not is_told or self.version.data != page.present.number

    def take_version_of(self, page: TextPage) -> None:
        """Lets the next attempt count as one that knows this state."""
        self.version.data, self.version.raw_data = page.present.number, None


class NewPageForm(TextForm):
    """The same for a new page, which needs an address."""

    slug = StringField(
        lazy("Adresse"),
        [
            DataRequired(),
            Length(max=LONGEST_SLUG),
            Regexp(
                rf"{SLUG.pattern}\Z",
                message=lazy("Nur kleine Buchstaben, Ziffern und Striche."),
            ),
        ],
        render_kw={"autocomplete": "off", "autocapitalize": "none"},
    )

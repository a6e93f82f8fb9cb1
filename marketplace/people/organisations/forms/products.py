"""What is made here, and its picture."""

from flask_wtf.file import FileField, FileRequired
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from marketplace.foundation.language import _, lazy
from marketplace.people.organisations.services.products import ProductEntry
from marketplace.web.forms import Form, VersionedForm

KINDS = {"accept": "image/jpeg,image/png,image/webp"}


class PictureForm(Form):
    """A file that should be a picture; whether it is one, its reader says."""

    picture = FileField(lazy("Bild"), [FileRequired()], render_kw=KINDS)

    @property
    def content(self) -> bytes | None:
        """The bytes of the file, if one was chosen."""
        return self.picture.data.read() if self.picture.data else None


class ProductForm(PictureForm, VersionedForm):
    """A product, with a picture or without; the file is chosen anew each time."""

    title = StringField(lazy("Was entsteht hier?"), [DataRequired(), Length(max=80)])
    description = TextAreaField(
        lazy("Zwei Sätze dazu"), [DataRequired(), Length(max=400)]
    )
    picture = FileField(lazy("Bild"), [Optional()], render_kw=KINDS)
    alt = StringField(
        lazy("Was ist auf dem Bild zu sehen?"), [Optional(), Length(max=200)]
    )

    def validate_alt(self, field: StringField) -> None:
        """Asks for words where a picture comes."""
        if self.picture.data and not (field.data or "").strip():
            raise ValidationError(_("Sagen Sie, was auf dem Bild zu sehen ist."))

    @property
    def entry(self) -> ProductEntry:
        """What was entered about the product."""
        return ProductEntry(
            title=self.title.data or "",
            description=self.description.data or "",
            alt=self.alt.data or "",
        )

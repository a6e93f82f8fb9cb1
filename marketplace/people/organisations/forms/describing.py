"""What an organisation is asked about itself and its places."""

from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
    URLField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import (
    URL,
    DataRequired,
    Email,
    InputRequired,
    Length,
    Optional,
    Regexp,
)

from marketplace.foundation.language import lazy
from marketplace.people.organisations.enums import (
    ContactWay,
    Language,
    OrganisationKind,
)
from marketplace.people.organisations.services.describing import OrganisationEntry
from marketplace.people.organisations.services.sites import SiteEntry
from marketplace.region.topics.enums import Accessibility, Audience, Topic
from marketplace.web.fields import Between, EnumSetField
from marketplace.web.forms import Form, VersionedForm

NO_ADDRESS = lazy("Eine Adresse wie name@example.org eingeben.")
NO_WEBSITE = lazy("Eine Adresse wie https://www.example.org eingeben.")
RADII = (10, 25, 50, 75, 100, 150, 999)


def website_field() -> URLField:
    """Asks for an address of the web; whoever leaves `https://` out is understood."""
    return URLField(
        lazy("Website"),
        [
            Optional(),
            URL(message=NO_WEBSITE),
            Regexp(r"https?://", message=NO_WEBSITE),
            Length(max=300),
        ],
        filters=[lambda text: text if not text or "://" in text else f"https://{text}"],
    )


class SiteFields(Form):
    """Where an organisation works."""

    place = StringField(
        lazy("Ort"),
        [DataRequired(), Length(max=80)],
        render_kw={"autocomplete": "address-level2"},
    )
    street = StringField(lazy("Straße und Nummer"), [Optional(), Length(max=120)])
    radius_km = SelectField(
        lazy("Wie weit dürfen Partner entfernt sein?"),
        [Optional()],
        coerce=lambda value: int(value) if value else None,
        choices=[
            SelectChoice("", lazy("noch offen")),
            *(
                SelectChoice(str(km), lazy("ganze Region") if km == 999 else f"{km} km")
                for km in RADII
            ),
        ],
    )
    is_radius_hard = BooleanField(
        lazy("Weiter entfernte nicht vorschlagen"), default=True
    )
    accessibility = EnumSetField(lazy("Zugang"), kinds=Accessibility)
    way_there = StringField(lazy("Weg dorthin"), [Optional(), Length(max=300)])

    @property
    def site_entry(self) -> SiteEntry:
        """What was entered about the place."""
        return SiteEntry(**_words(self.values, SiteEntry))


class OrganisationFields(Form):
    """What an organisation tells of itself."""

    name = StringField(
        lazy("Name"),
        [DataRequired(), Length(max=160)],
        render_kw={"autocomplete": "organization"},
    )
    kinds = EnumSetField(
        lazy("Was sind Sie?"), [InputRequired()], kinds=OrganisationKind
    )
    description = TextAreaField(lazy("Was Sie tun"), [Optional(), Length(max=1200)])
    website = website_field()
    register_number = StringField(lazy("Registernummer"), [Optional(), Length(max=60)])
    topics = EnumSetField(lazy("Themen"), kinds=Topic)
    audiences = EnumSetField(lazy("Für wen"), kinds=Audience)
    languages = EnumSetField(lazy("Sprachen"), kinds=Language)
    contact_way = RadioField(
        lazy("Wie erreicht man Sie?"),
        [InputRequired()],
        coerce=ContactWay,  # type: ignore[arg-type]
        choices=[SelectChoice(way.value, way.label) for way in ContactWay],
        default=ContactWay.BROKERED,
    )
    contact_name = StringField(lazy("Ansprechperson"), [Optional(), Length(max=120)])
    contact_email = EmailField(
        lazy("E-Mail der Ansprechperson"),
        [Optional(), Email(NO_ADDRESS), Length(max=254)],
    )
    contact_phone = TelField(
        lazy("Telefon der Ansprechperson"), [Optional(), Length(max=40)]
    )
    capacity = IntegerField(
        lazy("Wie viele Vorstellungen schaffen Sie gleichzeitig?"),
        [InputRequired(), Between(1, 20)],
        default=3,
    )

    @property
    def entry(self) -> OrganisationEntry:
        """What was entered about the organisation."""
        return OrganisationEntry(**_words(self.values, OrganisationEntry))


class RegisterForm(Form):
    """An organisation in few words, with its first place; the rest comes later."""

    name = StringField(
        lazy("Name der Organisation"),
        [DataRequired(), Length(max=160)],
        render_kw={"autocomplete": "organization"},
    )
    kinds = EnumSetField(
        lazy("Was sind Sie?"), [InputRequired()], kinds=OrganisationKind
    )
    place = StringField(
        lazy("Ort"),
        [DataRequired(), Length(max=80)],
        render_kw={"autocomplete": "address-level2"},
    )
    website = website_field()
    register_number = StringField(lazy("Registernummer"), [Optional(), Length(max=60)])

    @property
    def entry(self) -> OrganisationEntry:
        """What was entered about the organisation."""
        return OrganisationEntry(**_words(self.values, OrganisationEntry))

    @property
    def site_entry(self) -> SiteEntry:
        """Where it is."""
        return SiteEntry(place=self.place.data or "")


class EditForm(OrganisationFields, VersionedForm):
    """The same for an organisation that is there."""


class EditSiteForm(SiteFields, VersionedForm):
    """The same for a place that is there."""


def _words(values: dict[str, Any], kind: type) -> dict[str, Any]:
    """Takes of the values what an entry knows; an empty text is a text."""
    return {
        name: "" if values[name] is None and field.type is str else values[name]
        for name, field in kind.__dataclass_fields__.items()  # type: ignore[attr-defined]
        if name in values
    }

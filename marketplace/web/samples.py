"""What the styleguide shows in its components: invented entries, and one form."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Email, InputRequired, NumberRange, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from marketplace.foundation.geometry import Point, on_map
from marketplace.web.charts import Bar, chart_of
from marketplace.web.forms import Form
from marketplace.web.maps import (
    Frame,
    Glow,
    Label,
    Map,
    Spot,
    glowing_map,
    glows_of,
    locator_map,
    map_of,
)
from marketplace.web.navigation import Link

LEIPZIG, DRESDEN, JENA = Point(51.34, 12.37), Point(51.05, 13.74), Point(50.93, 11.59)
ERFURT, GERA, MAGDEBURG = Point(50.98, 11.03), Point(50.88, 12.08), Point(52.13, 11.63)
DELITZSCH, GRIMMA, HALLE = Point(51.52, 12.34), Point(51.24, 12.73), Point(51.48, 11.97)
TOWNS = (
    ("Leipzig", LEIPZIG),
    ("Dresden", DRESDEN),
    ("Jena", JENA),
    ("Erfurt", ERFURT),
    ("Magdeburg", MAGDEBURG),
    ("Halle", HALLE),
)

SIGNS = (
    ("m", "Mathematik"),
    ("i", "Informatik"),
    ("n", "Naturwissenschaft"),
    ("t", "Technik"),
)
LAYERS = (SelectChoice("praktika", "Praktika"), SelectChoice("angebote", "Angebote"))
HERE = "#inhalt"
TRAIL = (Link("Start", HERE), Link("Praktika", HERE), Link("Messlabor Jena", HERE))
TABS = (Link("Liste", HERE, is_current=True), Link("Karte", HERE))
CHIPS = (Link("50 km um Leipzig", HERE), Link("Klasse 9", HERE))
STEPS = ("Über dich", "Zeitraum", "Warum", "Eltern", "Prüfen")
NOTES = {
    "winter": "Winterferien in Thüringen, 2 Plätze frei",
    "spring": "Osterferien, 1 Platz frei",
    "open": "Der Betrieb schlägt dir eine Woche vor.",
}
COLOURS = (
    ("paper", "Kreide", "Grund"),
    ("band", "Kalk", "Band, Fuß"),
    ("ink", "Tinte", "Text, 16,5 : 1"),
    ("ink-soft", "Schiefer", "Nebentext, 7,4 : 1"),
    ("line", "Haarlinie", "Gliederung"),
    ("line-strong", "Rahmen", "Felder, 4,2 : 1"),
    ("accent", "Kobalt", "Drücken, 9,0 : 1"),
    ("accent-tint", "Kobalt hell", "gewählt"),
    ("glow", "Natrium", "Leuchten, Fokus"),
    ("night", "Nacht", "Kartenplatte"),
    ("topic-m", "Mangan", "Mathematik, 7,4 : 1"),
    ("topic-i", "Vitriol", "Informatik, 6,6 : 1"),
    ("topic-n", "Chromgrün", "Naturwissenschaft, 6,3 : 1"),
    ("topic-t", "Eisenoxid", "Technik, 6,1 : 1"),
    ("good", "Gut", "mit Häkchen"),
    ("warn", "Warnung", "mit Dreieck"),
    ("bad", "Fehler", "mit Dreieck"),
)
DONE_AT = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)


@dataclass(frozen=True)
class Part:
    """A part of a score, as `matching` tells it."""

    name: str
    points: float
    maximum: int
    start: int
    reason: str
    track: float = 0.0

    @property
    def fill(self) -> float:
        """How much of its track is reached."""
        return round(self.points / self.maximum * self.track, 2)

    @property
    def shown(self) -> str:
        """The points in words."""
        return f"{self.points:.2f} von {self.maximum}".replace(".", ",")


PARTS = (
    Part(
        "Themen",
        19.95,
        35,
        0,
        "2 von 3: Elektronik und Technik, die Optik fehlt.",
        34.2,
    ),
    Part("Zielgruppe", 15, 15, 35, "2 von 2: Klassen 7 und 8, 9 und 10.", 14.2),
    Part("Nähe", 7.08, 20, 50, "39 km von höchstens 60 km.", 19.2),
    Part("Zeitraum", 10, 10, 70, "3 von 3 Monaten: Februar bis April.", 9.2),
    Part("Umfang", 6.25, 20, 80, "Deckt die Werkstatt und ein Viertel des Geldes.", 20),
)


@dataclass(frozen=True)
class Need:
    """A line of need: shares of 100 that are agreed and possible."""

    icon: str
    name: str
    amount: str
    agreed: int
    possible: int
    words: str


NEEDS = (
    Need("money", "Fahrten", "500 von 1.200 €", 42, 75, "300 € fehlen"),
    Need("material", "12 Lötstationen", "8 von 12", 67, 100, "4 möglich"),
    Need("venue", "Werkstatt", "0 von 6", 0, 100, "alle 6 Samstage möglich"),
    Need("mentors", "4 Fachleute", "0 von 4", 0, 0, "noch nichts zugesagt"),
)


@dataclass(frozen=True)
class Tile:
    """A district among the tiles."""

    sign: str
    name: str
    count: int
    step: int
    x: int
    y: int
    link: str = HERE


TILES = (
    Tile("HAL", "Halle (Saale)", 1, 1, 5, 4),
    Tile("SK", "Saalekreis", 3, 2, 6, 4),
    Tile("TDO", "Nordsachsen", 6, 3, 7, 4),
    Tile("BLK", "Burgenlandkreis", 6, 3, 5, 5),
    Tile("L", "Leipzig, Stadt", 0, 0, 6, 5),
    Tile("BNA", "Leipzig, Landkreis", 9, 4, 7, 5),
    Tile("ABI", "Anhalt-Bitterfeld", 0, 5, 7, 3),
)
BORDERS = "M6 3V4H5V5"
CHART = chart_of(
    [
        Bar(name[0], name, count, str(count))
        for name, count in [
            ("September", 15),
            ("Oktober", 21),
            ("November", 18),
            ("Dezember", 6),
        ]
    ],
    "Säulen: im Oktober am meisten mit 21, im Dezember am wenigsten mit 6",
)


class SampleForm(Form):
    """One field of each kind."""

    class Meta:
        csrf = False

    name = StringField("Vorname", [InputRequired("Der Vorname fehlt.")])
    email = EmailField("E-Mail-Adresse", [Email("Das ist keine E-Mail-Adresse.")])
    postal_code = StringField(
        "Postleitzahl", [Regexp(r"^\d{5}$", message="Gib fünf Ziffern ein.")]
    )
    grade = SelectField(
        "Klasse",
        choices=[SelectChoice(n, n) for n in ("7", "8", "9", "10")],
        default="9",
    )
    places = IntegerField("Plätze", [NumberRange(1, 20, "Zwischen 1 und 20.")])
    born_on = DateField("Geburtsdatum", [InputRequired("Der Tag fehlt.")])
    reason = TextAreaField("Warum", [InputRequired("Drei Sätze reichen.")])
    week = RadioField(
        "In welcher Woche möchtest du kommen?",
        [InputRequired("Wähl eine Woche.")],
        choices=[
            SelectChoice("winter", "1. bis 5. Februar"),
            SelectChoice("spring", "22. bis 25. März"),
            SelectChoice("open", "Ich bin noch offen"),
        ],
        default="winter",
    )
    interests = SelectMultipleField(
        "Interessen",
        [InputRequired("Wähl mindestens eins.")],
        choices=[
            SelectChoice("stars", "Sterne"),
            SelectChoice("lab", "Chemie im Alltag"),
        ],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    agreed = BooleanField("Ich bin einverstanden", [InputRequired("Das fehlt noch.")])


def wrong_form() -> SampleForm:
    """The form with a mistake in each field."""
    form = SampleForm(
        formdata=MultiDict({"email": "mila", "postal_code": "0774", "places": "0"})
    )
    form.validate()
    return form


def home_map() -> Map:
    """The region with what is on offer."""
    points = [(LEIPZIG, 9), (DRESDEN, 5), (JENA, 3), (ERFURT, 1), (MAGDEBURG, 6)]
    return glowing_map(glows_of(points), labels=TOWNS, description="Wo es leuchtet")


def list_map() -> Map:
    """A map beside a list, with numbers and the radius that was asked for."""
    points = (LEIPZIG, DELITZSCH, GRIMMA, HALLE)
    return map_of(
        [
            Spot(point, number, f"Eintrag {number}", f"#karte-{number}", sign)
            for number, (point, (sign, _name)) in enumerate(
                zip(points, SIGNS, strict=True), 1
            )
        ],
        centre=LEIPZIG,
        radius_km=50,
        labels=TOWNS,
        description="50 km um Leipzig",
    )


def stamp() -> Map:
    """The stamp of a detail page."""
    return locator_map(JENA, description="Lage in der Region: Jena")


def stars() -> Map:
    """Partners as a constellation."""
    names = (("Funkenkiste", JENA), ("Haargenau", ERFURT), ("Elsternest", GERA))
    (x, y), *others = (on_map(point) for _name, point in names)
    return replace(
        stamp(),
        frame=Frame(108, 378, 208, 118),
        description="Sternbild: Funkenkiste, Haargenau und Elsternest",
        glows=[Glow(*on_map(point), 2.4, is_still=True) for _name, point in names],
        labels=[Label(*on_map(point), name, is_quiet=False) for name, point in names],
        lines=[f"M{x} {y}L{to_x} {to_y}" for to_x, to_y in others],
    )

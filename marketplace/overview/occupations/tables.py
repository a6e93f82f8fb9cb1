"""What somebody likes who does not know the word for it, as plain facts."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel.speaklater import LazyString

from marketplace.foundation.language import lazy
from marketplace.region.topics.enums import Topic

_T = Topic


@dataclass(frozen=True)
class Liking:
    """Something one likes to do: its drawing, and the topics it leads to."""

    label: LazyString
    thing: str
    topics: Sequence[Topic]


LIKINGS = (
    Liking(
        lazy("Bauen und basteln"),
        "saw",
        (_T.MAKING, _T.WOODWORKING, _T.CONSTRUCTION),
    ),
    Liking(
        lazy("Computer und Apps"),
        "laptop",
        (_T.PROGRAMMING, _T.COMPUTING, _T.DIGITAL_MEDIA),
    ),
    Liking(
        lazy("Tiere und Pflanzen"),
        "paw",
        (_T.ZOOLOGY, _T.BOTANY, _T.AGRICULTURE, _T.NATURE),
    ),
    Liking(
        lazy("Menschen helfen"),
        "heart",
        (_T.HUMAN_HEALTH, _T.MEDICAL_TECHNOLOGY),
    ),
    Liking(
        lazy("Experimente im Labor"),
        "flask",
        (_T.CHEMISTRY, _T.LAB_ANALYSIS, _T.GENETICS_BIOTECH, _T.BIOLOGY),
    ),
    Liking(
        lazy("Strom und Roboter"),
        "robot",
        (_T.ELECTRONICS, _T.ROBOTICS, _T.AUTOMATION_SENSORS, _T.MICROELECTRONICS),
    ),
    Liking(
        lazy("Autos, Züge, Flugzeuge"),
        "car",
        (_T.VEHICLES_MOBILITY, _T.RAIL, _T.AVIATION_DRONES),
    ),
    Liking(
        lazy("Maschinen und Metall"),
        "gear",
        (_T.MECHANICAL_ENGINEERING, _T.MATERIALS),
    ),
    Liking(
        lazy("Klima, Energie, Umwelt"),
        "wind",
        (_T.ENERGY, _T.SOLAR, _T.ENVIRONMENT, _T.WATER, _T.WEATHER_CLIMATE),
    ),
    Liking(
        lazy("Rätsel und Zahlen"),
        "cube",
        (_T.MATHEMATICS, _T.DATA_STATISTICS, _T.CYBERSECURITY),
    ),
    Liking(
        lazy("Sterne, Licht und Schall"),
        "telescope",
        (_T.ASTRONOMY_SPACE, _T.PHYSICS, _T.OPTICS, _T.ACOUSTICS_MUSIC),
    ),
    Liking(
        lazy("Kochen, backen, gestalten"),
        "bread",
        (_T.FOOD, _T.DESIGN_PRINT, _T.TEXTILES, _T.COLOURS_COSMETICS),
    ),
)

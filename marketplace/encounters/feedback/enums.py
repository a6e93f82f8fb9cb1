from collections.abc import Mapping
from enum import StrEnum

from flask_babel.speaklater import LazyString

from marketplace.foundation.language import NamedEnum, lazy


class Asked(NamedEnum):
    """Who is asked how it was."""

    PUPIL = "pupil", lazy("Jugendliche")
    COMPANY = "company", lazy("Betriebe")
    SCHOOL = "school", lazy("Schulen")


class Matter(StrEnum):
    """What is asked; each is answered from 1, not at all, to 4, very."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    FOURTH = "fourth"
    FIFTH = "fifth"


MARKS: Mapping[int, LazyString] = {
    4: lazy("ja, sehr"),
    3: lazy("eher ja"),
    2: lazy("eher nicht"),
    1: lazy("gar nicht"),
}
QUESTIONS: Mapping[Asked, Mapping[Matter, LazyString]] = {
    Asked.PUPIL: {
        Matter.FIRST: lazy("Hast du etwas Neues erfahren?"),
        Matter.SECOND: lazy("Hat sich jemand um dich gekümmert?"),
        Matter.THIRD: lazy("War es so, wie es in der Anzeige stand?"),
        Matter.FOURTH: lazy("Hast du dich wohl und sicher gefühlt?"),
        Matter.FIFTH: lazy("Würdest du es weiterempfehlen?"),
    },
    Asked.COMPANY: {
        Matter.FIRST: lazy("War vorher klar, wie es läuft?"),
        Matter.SECOND: lazy("Waren die Regeln für Jugendliche verständlich?"),
        Matter.THIRD: lazy("War der Aufwand für Sie vertretbar?"),
        Matter.FOURTH: lazy("Würden Sie wieder einen Platz anbieten?"),
    },
    Asked.SCHOOL: {
        Matter.FIRST: lazy("Wussten Sie rechtzeitig Bescheid?"),
        Matter.SECOND: lazy("Waren die Papiere vollständig?"),
        Matter.THIRD: lazy("War der Betrieb für Sie erreichbar?"),
        Matter.FOURTH: lazy("Würden Sie den Betrieb weiterempfehlen?"),
    },
}

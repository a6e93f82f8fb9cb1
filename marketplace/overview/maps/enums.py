from enum import StrEnum

from marketplace.foundation.language import NamedEnum, lazy


class Layer(NamedEnum):
    """What the map shows, each to be switched on and off.

    Needs are the offers that ask companies for something; where all offers are shown
    they are among them and are not counted twice.
    """

    INTERNSHIP = "praktika", lazy("Praktika")
    OFFER = "angebote", lazy("Angebote")
    EVENT = "veranstaltungen", lazy("Veranstaltungen")
    SPONSORSHIP = "foerderungen", lazy("Förderungen")
    NEED = "bedarf", lazy("Angebote, denen etwas fehlt")


class Wish(StrEnum):
    """What a reader wants of streets below the map: this once, for the visit, none."""

    SHOW = "ja"
    KEEP = "merken"
    HIDE = "nein"

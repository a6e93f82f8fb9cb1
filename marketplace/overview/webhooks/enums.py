from marketplace.foundation.language import NamedEnum, lazy


class Subject(NamedEnum):
    """What a subscriber wants to hear of, by its name in the interface."""

    INTERNSHIPS = "internships", lazy("Praktika")
    OFFERS = "offers", lazy("Angebote")
    SPONSORSHIPS = "sponsorships", lazy("Förderungen")
    EVENTS = "events", lazy("Veranstaltungen")


class Happening(NamedEnum):
    """What a message tells."""

    CHANGED = "changed", lazy("neu oder geändert")
    WITHDRAWN = "withdrawn", lazy("nicht mehr öffentlich")
    TEST = "test", lazy("Probe")

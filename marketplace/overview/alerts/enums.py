from marketplace.foundation.language import NamedEnum, lazy


class Rhythm(NamedEnum):
    """How soon a letter tells of something new."""

    INSTANT = "instant", lazy("bald, höchstens ein Brief am Tag")
    DAILY = "daily", lazy("einmal am Tag")
    WEEKLY = "weekly", lazy("einmal in der Woche, am Montag")
    NEVER = "never", lazy("kein Brief, nur hier ansehen")


class Scope(NamedEnum):
    """Where somebody looked: in one of the lists, or in the search over everything."""

    INTERNSHIPS = "praktika", lazy("Praktika")
    OFFERS = "angebote", lazy("Angebote")
    EVENTS = "veranstaltungen", lazy("Veranstaltungen")
    EVERYTHING = "suche", lazy("Suche")

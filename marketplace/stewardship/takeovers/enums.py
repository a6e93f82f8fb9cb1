from marketplace.foundation.language import NamedEnum, lazy


class TakeoverKind(NamedEnum):
    """What the entries of a file become."""

    EVENTS = "events", lazy("Veranstaltungen")
    OFFERS = "offers", lazy("Angebote")
    INTERNSHIPS = "internships", lazy("Praktika")
    SPONSORSHIPS = "sponsorships", lazy("Förderungen")


class TakeoverState(NamedEnum):
    """Where a file stands.

    reading -> chosen -> taking -> done. Until it is being taken over it can be thrown
    away.
    """

    READING = "reading", lazy("wird angesehen")
    CHOSEN = "chosen", lazy("angesehen")
    TAKING = "taking", lazy("wird übernommen")
    DONE = "done", lazy("übernommen")


class Fate(NamedEnum):
    """What is said about an entry that is probably there already."""

    LEAVE = "leave", lazy("weglassen")
    SAME = "same", lazy("ist dasselbe")
    OTHER = "other", lazy("ist etwas anderes")


class LaidState(NamedEnum):
    """Where a file stands that lay in the folder of an organisation."""

    WAITING = "waiting", lazy("wartet")
    TAKEN = "taken", lazy("übernommen")
    REFUSED = "refused", lazy("nicht übernommen")

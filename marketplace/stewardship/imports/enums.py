from enum import StrEnum

from marketplace.foundation.language import NamedEnum, lazy


class ImportKind(NamedEnum):
    """What the rows of a file become, in the order in which a folder is read."""

    DISTRICTS = "districts", lazy("Umrisse der Kreise")
    PLACES = "places", lazy("Orte und Postleitzahlen")
    HOLIDAYS = "holidays", lazy("Ferien und Feiertage")
    SCHOOLS = "schools", lazy("Schulen")
    OCCUPATIONS = "occupations", lazy("Berufe")
    ORGANISATIONS = "organisations", lazy("Organisationen")
    OFFERS = "offers", lazy("Angebote")
    INTERNSHIPS = "internships", lazy("Praktika")
    SPONSORSHIPS = "sponsorships", lazy("Förderungen der Vergangenheit")
    PROGRAMMES = "programmes", lazy("Förderprogramme")
    ACTIONS = "actions", lazy("Aktionen")


class Outcome(StrEnum):
    """What became of a row; each row of a file has exactly one."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"
    HELD = "held"


class HeldReason(NamedEnum):
    """Why a row waits for a person."""

    LIKELY_DUPLICATE = "likely_duplicate", lazy("vermutlich schon vorhanden")
    AMBIGUOUS_PLACE = "ambiguous_place", lazy("Ort nicht eindeutig")


class HeldState(NamedEnum):
    """What a person decided about a row that was held."""

    WAITING = "waiting", lazy("wartet")
    TAKEN = "taken", lazy("übernommen")
    DISMISSED = "dismissed", lazy("nicht übernommen")


class UploadState(NamedEnum):
    """Where a file stands that somebody gave on the desk.

    looking -> chosen -> waiting -> taking -> done; the first is passed over where the
    preview is quick. A file that cannot be read when its turn has come is refused. What
    was only chosen can be thrown away.
    """

    LOOKING = "looking", lazy("wird angesehen")
    CHOSEN = "chosen", lazy("ausgewählt")
    WAITING = "waiting", lazy("wartet")
    TAKING = "taking", lazy("wird übernommen")
    DONE = "done", lazy("fertig")
    REFUSED = "refused", lazy("abgelehnt")

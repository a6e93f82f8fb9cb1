from marketplace.foundation.language import NamedEnum, lazy


class Kind(NamedEnum):
    """What can be found, in the order in which equals are shown."""

    INTERNSHIP = "internship", lazy("Praktika")
    OFFER = "offer", lazy("Angebote")
    SPONSORSHIP = "sponsorship", lazy("Förderungen")
    EVENT = "event", lazy("Veranstaltungen")
    OCCUPATION = "occupation", lazy("Berufe")
    ROLEMODEL = "rolemodel", lazy("Vorbilder")
    ACTION = "action", lazy("Aktionen zum Übernehmen")
    PROGRAMME = "programme", lazy("Förderprogramme")
    ORGANISATION = "organisation", lazy("Organisationen")
    PAGE = "page", lazy("Informationen")


class Words(NamedEnum):
    """How many of the words must be there."""

    ALL = "alle", lazy("Alle Wörter")
    SOME = "einige", lazy("Einige der Wörter")


class Order(NamedEnum):
    """What decides which comes first."""

    FIT = "relevanz", lazy("Passendes zuerst")
    NEAR = "nah", lazy("Nahes zuerst")
    DATE = "datum", lazy("Nach Beginn")
    NEW = "neu", lazy("Neues zuerst")

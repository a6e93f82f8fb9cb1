from marketplace.foundation.language import NamedEnum, lazy


class Telling(NamedEnum):
    """How somebody tells of her work."""

    FILM = "film", lazy("mit Film")
    WORDS = "text", lazy("zum Lesen")


class ConsentWay(NamedEnum):
    """How a person said that she may be shown."""

    PAPER = "paper", lazy("auf Papier unterschrieben")
    MAIL = "mail", lazy("per E-Mail bestätigt")

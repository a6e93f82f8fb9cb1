from marketplace.foundation.language import NamedEnum, lazy


class ReportReason(NamedEnum):
    """What is wrong."""

    DANGER = "danger", lazy("Jemand ist in Gefahr")
    ILLEGAL = "illegal", lazy("Das ist rechtswidrig")
    WRONG = "wrong", lazy("Das stimmt nicht mehr")
    UNKIND = "unkind", lazy("Das verletzt jemanden")
    BARRIER = "barrier", lazy("Eine Barriere hindert mich")
    OTHER = "other", lazy("Etwas anderes")


class ReportState(NamedEnum):
    """How far a report has come."""

    NEW = "new", lazy("neu")
    CLOSED = "closed", lazy("erledigt")

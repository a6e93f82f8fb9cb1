from marketplace.foundation.language import NamedEnum, lazy


class WayIn(NamedEnum):
    """How one becomes it."""

    DUAL = "D", lazy("Ausbildung im Betrieb")
    SCHOOL = "S", lazy("Ausbildung an einer Schule")
    STUDY = "U", lazy("Studium")
    BOTH = "B", lazy("Ausbildung oder Studium")
    COURSE = "F", lazy("Fortbildung oder Laufbahn")

from marketplace.foundation.language import NamedEnum, lazy


class Rhythm(NamedEnum):
    """How the days of a class lie in its period; the words are those of internships."""

    BLOCK = "block", lazy("am Stück, an jedem Schultag")
    WEEKLY_DAY = "weekly_day", lazy("ein Tag in jeder Woche")
    FORTNIGHTLY_DAY = "fortnightly_day", lazy("ein Tag in jeder zweiten Woche")
    SINGLE_DAYS = "single_days", lazy("einzelne Tage")


class DayKind(NamedEnum):
    """What a school says of some of its days."""

    MOVABLE = "movable", lazy("Frei: beweglicher Ferientag")
    NAMED = "named", lazy("Praktikum, obwohl Ferien sind")

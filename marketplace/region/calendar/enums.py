from marketplace.foundation.language import NamedEnum, lazy


class DayKind(NamedEnum):
    """Why there is no school on a day."""

    SCHOOL_HOLIDAY = "school_holiday", lazy("Ferien")
    # A single or movable day; for the law no school holiday (U9).
    FREE_DAY = "free_day", lazy("unterrichtsfreier Tag")
    PUBLIC_HOLIDAY = "public_holiday", lazy("gesetzlicher Feiertag")


class Weekday(NamedEnum):
    """A day of the week, as an address says it."""

    MONDAY = "mo", lazy("Montag")
    TUESDAY = "di", lazy("Dienstag")
    WEDNESDAY = "mi", lazy("Mittwoch")
    THURSDAY = "do", lazy("Donnerstag")
    FRIDAY = "fr", lazy("Freitag")
    SATURDAY = "sa", lazy("Samstag")
    SUNDAY = "so", lazy("Sonntag")

    @property
    def bit(self) -> int:
        """Its place in a number that holds several; Monday is 1."""
        return 1 << list(Weekday).index(self)

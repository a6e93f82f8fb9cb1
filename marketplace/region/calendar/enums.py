from marketplace.foundation.language import NamedEnum, lazy


class DayKind(NamedEnum):
    """Why there is no school on a day."""

    SCHOOL_HOLIDAY = "school_holiday", lazy("Ferien")
    # A single or movable day; for the law no school holiday (U9).
    FREE_DAY = "free_day", lazy("unterrichtsfreier Tag")
    PUBLIC_HOLIDAY = "public_holiday", lazy("gesetzlicher Feiertag")

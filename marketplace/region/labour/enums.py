from marketplace.foundation.language import NamedEnum, lazy


class Basis(NamedEnum):
    """On what ground a pupil works: of her school, or of her own will."""

    SCHOOL = "school", lazy("Schulpraktikum")
    VOLUNTARY = "voluntary", lazy("freiwilliges Praktikum")


class Branch(NamedEnum):
    """What kind of business it is, for the exceptions of the law."""

    NONE = "none", lazy("keine Ausnahme (Büro, Industrie in einer Schicht, Labor)")
    HOSPITALITY = "hospitality", lazy("Gaststätten, Hotels")
    FAIRGROUND = "fairground", lazy("Schausteller")
    MULTI_SHIFT = "multi_shift", lazy("Betrieb in mehreren Schichten")
    BAKERY = "bakery", lazy("Bäckerei")
    CONFECTIONER = "confectioner", lazy("Konditorei")
    FARMING = "farming", lazy("Landwirtschaft")
    ANIMALS = "animals", lazy("Tierhaltung, Zoo, Tierheim")
    BUILDING_SITE = "building_site", lazy("Bau- und Montagestelle")
    HOSPITAL = "hospital", lazy("Krankenhaus, Klinik")
    CARE_HOME = "care_home", lazy("Alten-, Pflege-, Kinderheim")
    SHOP = "shop", lazy("Laden, offene Verkaufsstelle")
    MARKET = "market", lazy("Markt")
    HAIRDRESSER = "hairdresser", lazy("Friseur")
    TRANSPORT = "transport", lazy("Verkehr, Bahn, Bus, Spedition")
    HOUSEHOLD = "household", lazy("Familienhaushalt")
    PERFORMANCE = "performance", lazy("Musik, Theater, Film, Rundfunk")
    EXTERNAL_TRAINING = "external_training", lazy("Ausbildung außerhalb des Betriebs")
    SPORT = "sport", lazy("Sport, Sportverein")
    EMERGENCY_DOCTOR = "emergency_doctor", lazy("Ärztlicher Notdienst")
    CAR_REPAIR = "car_repair", lazy("Kfz-Werkstatt")


class Danger(NamedEnum):
    """What minors may not be asked to do (§§ 22 to 24 JArbSchG)."""

    STRENGTH = "strength", lazy("Arbeit über die eigene Kraft")
    MORALS = "morals", lazy("sittliche Gefahren")
    ACCIDENT = "accident", lazy("besondere Unfallgefahr")
    CLIMATE = "climate", lazy("große Hitze, Kälte oder Nässe")
    NOISE = "noise", lazy("Lärm, Erschütterung oder Strahlung")
    HAZARDOUS = "hazardous", lazy("Gefahrstoffe")
    BIOLOGICAL = "biological", lazy("biologische Arbeitsstoffe")
    PIECEWORK = "piecework", lazy("Akkord oder vorgegebenes Tempo")
    UNDERGROUND = "underground", lazy("Arbeit unter Tage")


class Reason(NamedEnum):
    """Why a plan is not possible; of several the first in this order is told."""

    SCHOOL_UNCONFIRMED = "school_unconfirmed", lazy("Schule hat nicht bestätigt")
    UNDER_13 = "under_13", lazy("unter 13 Jahren")
    VOLUNTARY_UNDER_15 = "voluntary_under_15", lazy("freiwillig unter 15 Jahren")
    UNDERGROUND = "underground", lazy("unter Tage")
    DANGEROUS = "dangerous", lazy("gefährliche Arbeit")
    PUBLIC_HOLIDAY = "public_holiday", lazy("gesetzlicher Feiertag")
    EVE_AFTER_14 = "eve_after_14", lazy("24. oder 31. Dezember nach 14 Uhr")
    SUNDAY = "sunday", lazy("Sonntag")
    SATURDAY = "saturday", lazy("Samstag")
    NOT_A_SCHOOL_DAY = "not_a_school_day", lazy("kein Schultag")
    NOT_SCHOOL_HOLIDAYS = "not_school_holidays", lazy("keine Schulferien")
    HOLIDAY_DAYS_USED_UP = "holiday_days_used_up", lazy("Ferientage aufgebraucht")
    SCHOOL_NOT_RELEASED = "school_not_released", lazy("Schule hat nicht freigestellt")
    OUTSIDE_HOURS = "outside_hours", lazy("zu früh oder zu spät")
    DAY_TOO_LONG = "day_too_long", lazy("Tag zu lang")
    WEEK_TOO_LONG = "week_too_long", lazy("Woche zu lang")
    BREAK_MISSING = "break_missing", lazy("Pause fehlt")
    SHIFT_TOO_LONG = "shift_too_long", lazy("Schicht zu lang")
    REST_TOO_SHORT = "rest_too_short", lazy("Ruhezeit zu kurz")
    SIX_DAYS = "six_days", lazy("mehr als fünf Tage")
    ADULT_REST_DAY = "adult_rest_day", lazy("Sonn- oder Feiertag")
    ADULT_DAY_TOO_LONG = "adult_day_too_long", lazy("Tag zu lang")
    ADULT_BREAK_MISSING = "adult_break_missing", lazy("Pause fehlt")
    ADULT_REST_TOO_SHORT = "adult_rest_too_short", lazy("Ruhezeit zu kurz")
    CALENDAR_MISSING = "calendar_missing", lazy("Kalender fehlt")
    OFFICE_DECIDES = "office_decides", lazy("Koordinationsstelle entscheidet")


# These stop confirming alone; before that they say "fehlt noch".
STILL_MISSING = frozenset({Reason.SCHOOL_UNCONFIRMED, Reason.SCHOOL_NOT_RELEASED})

from typing import Self

from flask_babel.speaklater import LazyString

from marketplace.foundation.kinds import Choice, Hours, Kind, Number, Words, YesNo
from marketplace.foundation.language import NamedEnum, lazy
from marketplace.foundation.licences import OWN, OWN_LICENCES


class SettingGroup(NamedEnum):
    """What belongs together on the page; the value is its anchor."""

    YOUTH = "jugendschutz", lazy("Jugendschutz")
    DEADLINES = "fristen", lazy("Fristen und Grenzen")
    DESK = "koordination", lazy("Zusagen der Koordination")
    LIMITS = "anfragen", lazy("Schutz vor zu vielen Anfragen")
    CONTACT = "kontakt", lazy("Kontakt und Notruf")
    OPERATOR = "betreiberin", lazy("Betreiberin")


class Setting(NamedEnum):
    """Every setting there is: its name, words, group, kind and a hint for the page."""

    group: SettingGroup
    kind: Kind
    hint: LazyString | None

    def __new__(
        cls,
        value: str,
        label: LazyString,
        group: SettingGroup,
        kind: Kind,
        hint: LazyString | None = None,
    ) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label, member.group, member.kind, member.hint = label, group, kind, hint
        return member

    FULL_TIME_YEARS_SN = (
        *("full_time_years_sn", lazy("Vollzeitschulpflicht in Sachsen: Schuljahre")),
        *(SettingGroup.YOUTH, Number(9, 8, 12)),
        lazy("Sie endet am 31. Juli dieses Schuljahres (U1)."),
    )
    FULL_TIME_YEARS_ST = (
        "full_time_years_st",
        lazy("Vollzeitschulpflicht in Sachsen-Anhalt: Schuljahre"),
        *(SettingGroup.YOUTH, Number(9, 8, 12)),
    )
    FULL_TIME_YEARS_TH = (
        *("full_time_years_th", lazy("Vollzeitschulpflicht in Thüringen: Schuljahre")),
        *(SettingGroup.YOUTH, Number(10, 8, 12)),
    )
    SCHOOL_EVENT_MIN_AGE = (
        *("school_event_min_age", lazy("Mindestalter im Schulpraktikum")),
        *(SettingGroup.YOUTH, Number(13, 12, 16)),
        lazy("Das Gesetz nennt keines (U2, § 5 Abs. 2 Nr. 2 JArbSchG)."),
    )
    SCHOOL_EVENT_DAY = (
        *("school_event_day", lazy("Längster Tag im Schulpraktikum")),
        *(SettingGroup.YOUTH, Hours(7 * 60, 4 * 60, 8 * 60)),
        lazy("Stunden ohne Pausen, etwa 7:00 (U3)."),
    )
    SCHOOL_EVENT_WEEK = (
        *("school_event_week", lazy("Längste Woche im Schulpraktikum")),
        *(SettingGroup.YOUTH, Hours(35 * 60, 20 * 60, 40 * 60)),
        lazy("Stunden ohne Pausen, etwa 35:00 (U3)."),
    )
    IS_VOLUNTARY_UNDER_15 = (
        *("voluntary_under_15_ft_over", lazy("Leichte Arbeit unter 15 Jahren")),
        *(SettingGroup.YOUTH, YesNo(False)),
        lazy("Freiwillig, wenn die Vollzeitschulpflicht vorbei ist (U4)."),
    )
    IS_SCHOOL_EVENT_EARLY_LATE = (
        *("school_event_early_late", lazy("Schulpraktikum früh und spät")),
        *(SettingGroup.YOUTH, YesNo(False)),
        lazy("Mit den Ausnahmen der Branchen nach § 14 JArbSchG (U5)."),
    )
    IS_SCHOOL_EVENT_WEEKEND = (
        *("school_event_weekend", lazy("Schulpraktikum am Wochenende")),
        *(SettingGroup.YOUTH, YesNo(False)),
        lazy("Mit den Ausnahmen der §§ 16 und 17 JArbSchG (U5)."),
    )
    IS_SCHOOL_EVENT_ON_HOME_HOLIDAY = (
        *("school_event_on_home_holiday", lazy("Schulpraktikum am Feiertag zu Hause")),
        *(SettingGroup.YOUTH, YesNo(False)),
        lazy("Wenn am Ort der Arbeit kein Feiertag ist (U6)."),
    )
    IS_RELEASE_NEEDED = (
        *("voluntary_on_school_day", lazy("Freistellung durch die Schule nötig")),
        *(SettingGroup.YOUTH, YesNo(True)),
        lazy("Für ein freiwilliges Praktikum an einem Schultag (U8)."),
    )
    IS_FREE_DAY_HOLIDAY = (
        *("free_day_is_holiday", lazy("Einzelne freie Tage gelten als Ferien")),
        *(SettingGroup.YOUTH, YesNo(False)),
        lazy("Sonst zählen nur die Ferien selbst (U9)."),
    )
    IS_EVENT_IN_HOLIDAYS_SN = (
        *("school_event_in_holidays_sn", lazy("Schulpraktikum in Ferien in Sachsen")),
        *(SettingGroup.YOUTH, YesNo(True)),
        lazy("Nur an Tagen, die die Schule nennt (U10)."),
    )
    IS_EVENT_IN_HOLIDAYS_ST = (
        "school_event_in_holidays_st",
        lazy("Schulpraktikum in Ferien in Sachsen-Anhalt"),
        *(SettingGroup.YOUTH, YesNo(True)),
    )
    IS_EVENT_IN_HOLIDAYS_TH = (
        *("school_event_in_holidays_th", lazy("Schulpraktikum in Ferien in Thüringen")),
        *(SettingGroup.YOUTH, YesNo(False)),
    )
    ARE_HOLIDAY_HOURS_COUNTED = (
        *("holiday_hours", lazy("Feiertage zählen zur Woche")),
        *(SettingGroup.YOUTH, YesNo(True)),
        lazy("Ausgefallene Stunden nach § 4 Abs. 4 JArbSchG (U11)."),
    )
    VOLUNTARY_HOLIDAY_DAYS = (
        *("voluntary_holiday_days", lazy("Ferientage im Jahr")),
        *(SettingGroup.YOUTH, Number(20, 1, 28)),
        lazy("So viele Tage freiwillig, über alle Betriebe (U12)."),
    )
    MUST_BREAK_BE_OVER = (
        *("break_over_before_end", lazy("Pause endet eine Stunde vor Schluss")),
        *(SettingGroup.YOUTH, YesNo(True)),
        lazy("Sonst muss sie bis dahin nur begonnen haben (U13)."),
    )
    ADULT_DAY = (
        *("adult_day", lazy("Längster Tag ab 18 Jahren")),
        *(SettingGroup.YOUTH, Hours(8 * 60, 6 * 60, 10 * 60)),
        lazy("Stunden ohne Pausen (U14)."),
    )
    ARE_ADULT_REST_DAYS_KEPT = (
        *("adult_rest_days", lazy("Sonntag und Feiertag frei ab 18 Jahren")),
        *(SettingGroup.YOUTH, YesNo(True)),
        lazy("Die Koordinationsstelle kann im Einzelfall freigeben (U14)."),
    )
    EMPLOYER_REGISTER = (
        *("employer_register", lazy("Zeilen für Geburtsdatum und Anschrift")),
        *(SettingGroup.YOUTH, YesNo(True)),
        lazy("Auf der Vereinbarung, von Hand auszufüllen (U16, § 49 JArbSchG)."),
    )

    GUARDIANS_REQUIRED = (
        *("guardians_required", lazy("Wie viele Sorgeberechtigte zustimmen")),
        *(SettingGroup.YOUTH, Number(1, 1, 2)),
        lazy("Bei einer Zustimmung gilt sie auch für die andere Person (U15)."),
    )

    MOST_LIVE_APPLICATIONS = (
        *("most_live_applications", lazy("Offene Bewerbungen zugleich")),
        *(SettingGroup.DEADLINES, Number(5, 1, 20)),
        lazy("Höchstens so viele je Schülerin oder Schüler."),
    )
    APPROVAL_DAYS = (
        *("approval_days", lazy("Tage bis zur Freigabe")),
        *(SettingGroup.DEADLINES, Number(30, 14, 60)),
        lazy("Danach verfällt die Anfrage bei den Eltern."),
    )
    ANSWER_DAYS = (
        *("answer_days", lazy("Tage für die Antwort des Betriebs")),
        *(SettingGroup.DEADLINES, Number(14, 7, 42)),
    )
    CONFIRM_DAYS = (
        *("confirm_days", lazy("Tage, um eine Zusage anzunehmen")),
        *(SettingGroup.DEADLINES, Number(5, 2, 14)),
    )
    CONFIRM_DAYS_SOON = (
        *("confirm_days_soon", lazy("Tage dafür, wenn es in einer Woche losgeht")),
        *(SettingGroup.DEADLINES, Number(2, 1, 7)),
    )
    INTRODUCTION_DAYS = (
        *("introduction_days", lazy("Tage für die Antwort auf eine Vorstellung")),
        *(SettingGroup.DEADLINES, Number(14, 7, 21)),
    )
    MOST_OUTGOING_INTRODUCTIONS = (
        *("most_outgoing_introductions", lazy("Offene Anfragen an Partner zugleich")),
        *(SettingGroup.DEADLINES, Number(5, 1, 20)),
        lazy("Höchstens so viele je Angebot oder Standort."),
    )
    DAYS_TO_VERIFY = (
        *("days_to_verify", lazy("Tage, um eine Organisation zu prüfen")),
        *(SettingGroup.DESK, Number(3, 1, 30)),
        lazy("Was länger wartet, gilt auf der Seite der Koordination als überfällig."),
    )
    DAYS_TO_READ = (
        *("days_to_read", lazy("Tage, um einen Eintrag zu lesen")),
        *(SettingGroup.DESK, Number(3, 1, 30)),
    )
    DAYS_TO_INTRODUCE = (
        *("days_to_introduce", lazy("Tage, bis eine Vorstellung auffällt")),
        *(SettingGroup.DESK, Number(7, 1, 30)),
    )
    DAYS_TO_DECIDE = (
        *("days_to_decide", lazy("Tage, um über eine Meldung zu entscheiden")),
        *(SettingGroup.DESK, Number(1, 1, 7)),
        lazy("Ist jemand in Gefahr, antwortet die Koordination in einem Werktag."),
    )
    DAYS_TO_RELEASE = (
        *("days_to_release", lazy("Tage für zurückgehaltene Freigaben")),
        *(SettingGroup.DESK, Number(1, 1, 7)),
    )
    DAYS_TO_MEND = (
        *("days_to_mend", lazy("Tage, um einen Platz zu klären, der Regeln verletzt")),
        *(SettingGroup.DESK, Number(1, 1, 7)),
    )
    DAYS_TO_CLAIM = (
        *("days_to_claim", lazy("Tage, um über eine Übernahme zu entscheiden")),
        *(SettingGroup.DESK, Number(5, 1, 30)),
    )
    PERSON_LIMIT = (
        *("person_limit", lazy("Anfragen je Person und Minute")),
        *(SettingGroup.LIMITS, Number(200, 60, 5000)),
        lazy("Gilt nach höchstens einer halben Minute."),
    )
    ADDRESS_LIMIT = (
        *("address_limit", lazy("Anfragen je Netzadresse und Minute")),
        *(SettingGroup.LIMITS, Number(600, 200, 50_000)),
        lazy("Eine ganze Klasse teilt sich oft eine Adresse."),
    )
    MOST_INVITATIONS_UNSEEN = (
        *("most_invitations_unseen", lazy("Einladungen vor der Prüfung")),
        *(SettingGroup.DEADLINES, Number(2, 0, 20)),
        lazy("So viele dürfen offen sein, bis eine Organisation geprüft ist."),
    )
    MOST_INVITATIONS = (
        *("most_invitations", lazy("Offene Einladungen zugleich")),
        *(SettingGroup.DEADLINES, Number(20, 1, 200)),
        lazy("Höchstens so viele je geprüfter Organisation."),
    )
    MOST_INVITATIONS_A_DAY = (
        *("most_invitations_a_day", lazy("Einladungen am Tag")),
        *(SettingGroup.DEADLINES, Number(10, 1, 200)),
        lazy("Höchstens so viele je Organisation, auch zurückgezogene."),
    )

    EMERGENCY_NUMBERS = (
        *("emergency_numbers", lazy("Notrufnummern")),
        *(SettingGroup.CONTACT, Words("Polizei 110, Rettung 112", 200)),
        lazy("Stehen auf jeder Meldung. Bitte einmal im Jahr prüfen."),
    )
    OFFICE_NAME = (
        *("office_name", lazy("Name der Koordinationsstelle")),
        *(SettingGroup.CONTACT, Words()),
    )
    OFFICE_EMAIL = (
        *("office_email", lazy("E-Mail-Adresse der Koordinationsstelle")),
        *(SettingGroup.CONTACT, Words(longest=254, is_address=True)),
    )
    OFFICE_PHONE = (
        *("office_phone", lazy("Telefon der Koordinationsstelle")),
        *(SettingGroup.CONTACT, Words(longest=40)),
    )

    OPERATOR_NAME = (
        *("operator_name", lazy("Name der Betreiberin")),
        *(SettingGroup.OPERATOR, Words()),
        lazy("Diese Angaben stehen im Impressum."),
    )
    OPERATOR_ADDRESS = (
        *("operator_address", lazy("Anschrift")),
        *(SettingGroup.OPERATOR, Words(longest=400, is_long=True)),
    )
    OPERATOR_DIRECTORS = (
        *("operator_directors", lazy("Vertreten durch")),
        *(SettingGroup.OPERATOR, Words()),
    )
    OPERATOR_REGISTER = (
        *("operator_register", lazy("Register und Aufsicht")),
        *(SettingGroup.OPERATOR, Words()),
    )
    PRIVACY_OFFICER = (
        *("privacy_officer", lazy("Datenschutzbeauftragte Stelle")),
        *(SettingGroup.OPERATOR, Words(longest=400, is_long=True)),
    )
    ENFORCEMENT_BODY = (
        *("enforcement_body", lazy("Durchsetzungsstelle für Barrierefreiheit")),
        *(SettingGroup.OPERATOR, Words(longest=400, is_long=True)),
    )
    TIMETABLE_PLANNER = (
        *("timetable_planner", lazy("Adresse einer Fahrplanauskunft")),
        *(SettingGroup.OPERATOR, Words(longest=300)),
        lazy("Beginnt mit https://. {von} und {nach} werden durch die Orte ersetzt."),
    )
    OWN_LICENCE = (
        *("own_licence", lazy("Lizenz der eigenen Einträge")),
        *(SettingGroup.OPERATOR, Choice(OWN, tuple(OWN_LICENCES))),
        lazy("Gilt auch für frühere Einträge. Fragen Sie vorher alle Organisationen."),
    )


# Without these the imprint is not one, and nobody knows whom to write to.
NEEDED = (
    Setting.OFFICE_NAME,
    Setting.OFFICE_EMAIL,
    Setting.OFFICE_PHONE,
    Setting.OPERATOR_NAME,
    Setting.OPERATOR_ADDRESS,
    Setting.EMERGENCY_NUMBERS,
)

"""The decision table in words, as the office reads it: rule, answer, limit, law."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel.speaklater import LazyString

from marketplace.foundation.language import _, lazy, ngettext
from marketplace.region.labour.tables import (
    YOUTH_LIMIT,
    Limit,
    Settings,
)

# To which state of the law the table was written, and where it stands.
SOURCE = lazy(
    "Jugendarbeitsschutzgesetz in der Fassung vom 16. Juli 2021, "
    "Kinderarbeitsschutzverordnung und Arbeitszeitgesetz, Stand März 2022."
)


@dataclass(frozen=True)
class Rule:
    """One line of the table; `limit` is told the present settings."""

    number: str
    matter: LazyString
    answer: LazyString
    law: str
    limit: Callable[[Settings], str] = lambda _settings: ""


def _told(limit: Limit) -> str:
    day, week = limit.day, limit.week
    return f"{day // 60}:{day % 60:02} / {week // 60}:{week % 60:02}"


def _event(settings: Settings) -> str:
    return _told(settings.school_event_limit)


def _raised(settings: Settings) -> str:
    return f"{_event(settings)}; {_told(settings.school_event_raised_limit)}"


def _youth(_settings: Settings) -> str:
    return _told(YOUTH_LIMIT)


def _in_holidays(settings: Settings) -> str:
    most = settings.voluntary_holiday_days
    days = ngettext("ein Tag im Jahr", "%(num)s Tage im Jahr", most)
    return f"{_youth(settings)}; {days}"


def _from_age(settings: Settings) -> str:
    return _("Schulpraktikum ab %(age)s Jahren", age=settings.school_event_min_age)


def _adult(settings: Settings) -> str:
    return _told(settings.adult_limit)


# Who may work on a day at all, and how long.
WHO: tuple[Rule, ...] = (
    Rule(
        "K1",
        lazy("Unter 13 Jahren, Schulpraktikum oder freiwillig"),
        lazy("Nein."),
        "§ 5 Abs. 1 JArbSchG",
        _from_age,
    ),
    Rule(
        "K2",
        lazy("Schulpraktikum, 13 bis 17 Jahre, Vollzeitschulpflicht läuft"),
        lazy("Ja: leichte Arbeit, mit Bestätigung der Schule."),
        "§ 2 Abs. 3, § 5 Abs. 2 Nr. 2, § 7 JArbSchG",
        _event,
    ),
    Rule(
        "K3",
        lazy("Schulpraktikum, 13 und 14 Jahre, Vollzeitschulpflicht vorbei"),
        lazy("Ja: leichte Arbeit, mit Bestätigung der Schule."),
        "§ 7 Satz 1 Nr. 2 JArbSchG",
        _event,
    ),
    Rule(
        "K4",
        lazy("Schulpraktikum, 15 bis 17 Jahre, Vollzeitschulpflicht vorbei"),
        lazy("Ja, mit Bestätigung der Schule. Sie darf die Grenze anheben."),
        "§ 8 Abs. 1 JArbSchG",
        _raised,
    ),
    Rule(
        "K5",
        lazy("Freiwillig, 13 und 14 Jahre"),
        lazy("Nein. Ausnahme nur mit der Einstellung U4."),
        "§ 5 Abs. 1 und 3 JArbSchG, § 2 KindArbSchV",
    ),
    Rule(
        "K6",
        lazy("Freiwillig, 15 bis 17 Jahre, Vollzeitschulpflicht läuft"),
        lazy("Nur in den Schulferien, mit einer Höchstzahl an Tagen im Jahr."),
        "§ 5 Abs. 4, § 4 Abs. 5, § 15 JArbSchG",
        _in_holidays,
    ),
    Rule(
        "K7",
        lazy("Freiwillig, 15 bis 17 Jahre, Vollzeitschulpflicht vorbei"),
        lazy("Ja. An einem Schultag nur, wenn die Schule freistellt."),
        "§ 8 Abs. 1 JArbSchG",
        _youth,
    ),
    Rule(
        "K8",
        lazy("Ab 18 Jahren"),
        lazy("Ja. Es gilt das Arbeitszeitgesetz."),
        "§ 1 JArbSchG; §§ 3, 4, 5, 9 ArbZG",
        _adult,
    ),
    Rule(
        "K9",
        lazy("MINT-Angebot oder Besuch"),
        lazy("Keine Arbeit. Es gelten Altersangabe und Zustimmung der Eltern."),
        "§ 1 JArbSchG",
    ),
)
# What holds for everybody under 18.
HOW: tuple[Rule, ...] = (
    Rule(
        "C1",
        lazy("Mehrere Betriebe, Feiertage"),
        lazy(
            "Stunden und Tage zählen zusammen. 8:30 an einem Tag geht freiwillig, "
            "wenn ein anderer Tag der Woche kürzer ist."
        ),
        "§ 4 Abs. 4 und 5, § 8 Abs. 2a JArbSchG",
    ),
    Rule(
        "C2",
        lazy("Pausen"),
        lazy(
            "30 Minuten über 4:30 Stunden, 60 Minuten über 6 Stunden. Kein Stück unter "
            "15 Minuten, nie mehr als 4:30 Stunden am Stück."
        ),
        "§ 11 JArbSchG",
    ),
    Rule(
        "C3",
        lazy("Schicht und Ruhe"),
        lazy(
            "Vom Anfang bis zum Ende höchstens 10 Stunden, in einigen Branchen 11. "
            "Dazwischen 12 Stunden frei."
        ),
        "§§ 12, 13 JArbSchG",
    ),
    Rule(
        "C4",
        lazy("Früh und spät"),
        lazy("6 bis 20 Uhr. Freiwillig ab 16 gibt es Ausnahmen nach Branche."),
        "§ 14 Abs. 1 bis 3 JArbSchG",
    ),
    Rule(
        "C5",
        lazy("Tage der Woche"),
        lazy("Höchstens fünf. Im Schulpraktikum Montag bis Freitag an Schultagen."),
        "§ 15 JArbSchG",
    ),
    Rule(
        "C6",
        lazy("Samstag"),
        lazy("Nur in den Branchen des Gesetzes, mit einem freien Tag dafür."),
        "§ 16 JArbSchG",
    ),
    Rule(
        "C7",
        lazy("Sonntag"),
        lazy("Nur in wenigen Branchen; zwei Sonntage im Monat bleiben frei."),
        "§ 17 JArbSchG",
    ),
    Rule(
        "C8",
        lazy("Feiertag am Ort der Arbeit"),
        lazy(
            "Nein, außer in den Sonntagsbranchen. Am 24. und 31. Dezember ist um "
            "14 Uhr Schluss."
        ),
        "§ 18 JArbSchG",
    ),
    Rule(
        "C9",
        lazy("Gefährliche Arbeit"),
        lazy("Ein Ja zu einer der neun Fragen im Eintrag reicht für ein Nein."),
        "§§ 22 bis 24 JArbSchG",
    ),
    Rule(
        "C10",
        lazy("Vor dem ersten Tag"),
        lazy(
            "Gefahren beurteilt, Einweisung gehalten, Eltern unterrichtet, jeweils "
            "mit Datum."
        ),
        "§§ 5, 28a, 29, 32 JArbSchG",
    ),
)

"""What people read when something is not possible: what, why, and what would be."""

from collections.abc import Mapping

from flask_babel import format_date
from flask_babel.speaklater import LazyString

from marketplace.foundation.language import lazy
from marketplace.region.labour.enums import Reason
from marketplace.region.labour.tables import Finding

_R = Reason
# For pupils ("du"), for everybody else ("Sie").
SENTENCES: Mapping[Reason, tuple[LazyString, LazyString]] = {
    _R.SCHOOL_UNCONFIRMED: (
        lazy(
            "Deine Schule muss das Praktikum noch bestätigen (§ 5 Abs. 2 JArbSchG). "
            "Gib ihr das Blatt mit dem Code."
        ),
        lazy(
            "Die Schule muss das Praktikum noch bestätigen (§ 5 Abs. 2 JArbSchG). "
            "Sie bekommt dafür ein Blatt mit einem Code."
        ),
    ),
    _R.UNDER_13: (
        lazy(
            "Unter 13 Jahren geht ein Praktikum noch nicht (§ 5 Abs. 1 JArbSchG). "
            "Angebote von Laboren und Vereinen stehen dir offen."
        ),
        lazy(
            "Unter 13 Jahren ist kein Praktikum möglich (§ 5 Abs. 1 JArbSchG). "
            "Angebote von Laboren und Vereinen gehen."
        ),
    ),
    _R.VOLUNTARY_UNDER_15: (
        lazy(
            "Ein freiwilliges Praktikum geht erst ab 15 Jahren (§ 5 JArbSchG). "
            "Ein Schulpraktikum geht schon jetzt: Frag deine Schule. "
            "Auch Angebote von Laboren und Vereinen stehen dir offen."
        ),
        lazy(
            "Ein freiwilliges Praktikum geht erst ab 15 Jahren (§ 5 JArbSchG). "
            "Ein Schulpraktikum geht ab 13 Jahren."
        ),
    ),
    _R.UNDERGROUND: (
        lazy("Unter Tage arbeiten Jugendliche nicht (§ 24 JArbSchG)."),
        lazy(
            "Unter Tage dürfen Jugendliche nicht arbeiten (§ 24 JArbSchG). "
            "Nehmen Sie die Aufgabe heraus."
        ),
    ),
    _R.DANGEROUS: (
        lazy("Diese Arbeit ist für Jugendliche zu gefährlich (§ 22 JArbSchG)."),
        lazy(
            "Gefährliche Arbeiten sind für Jugendliche verboten (§ 22 JArbSchG). "
            "Nehmen Sie die Aufgabe heraus, oder fragen Sie die Koordinationsstelle."
        ),
    ),
    _R.PUBLIC_HOLIDAY: (
        lazy("%(day)s ist ein Feiertag (§ 18 JArbSchG). Such dir andere Tage aus."),
        lazy("%(day)s ist ein Feiertag (§ 18 JArbSchG). Wählen Sie einen anderen Tag."),
    ),
    _R.EVE_AFTER_14: (
        lazy("%(day)s endet um 14 Uhr (§ 18 Abs. 1 JArbSchG)."),
        lazy("%(day)s endet um 14 Uhr (§ 18 Abs. 1 JArbSchG). Kürzen Sie den Tag."),
    ),
    _R.SUNDAY: (
        lazy("Sonntag ist frei: %(day)s (§ 17 JArbSchG)."),
        lazy("Sonntag ist frei: %(day)s (§ 17 JArbSchG). Wählen Sie einen Werktag."),
    ),
    _R.SATURDAY: (
        lazy("Samstag ist hier frei: %(day)s (§ 16 JArbSchG)."),
        lazy(
            "Samstag ist in dieser Branche frei: %(day)s (§ 16 JArbSchG). "
            "Wählen Sie Montag bis Freitag."
        ),
    ),
    _R.NOT_A_SCHOOL_DAY: (
        lazy(
            "%(day)s ist kein Schultag. Ein Schulpraktikum geht nur an Schultagen "
            "(§ 5 Abs. 2 JArbSchG)."
        ),
        lazy(
            "%(day)s ist kein Schultag. Ein Schulpraktikum geht nur an Schultagen "
            "(§ 5 Abs. 2 JArbSchG). Wählen Sie andere Tage."
        ),
    ),
    _R.NOT_SCHOOL_HOLIDAYS: (
        lazy(
            "%(day)s sind keine Ferien. Solange du schulpflichtig bist, geht ein "
            "freiwilliges Praktikum nur in den Ferien (§ 5 Abs. 4 JArbSchG)."
        ),
        lazy(
            "%(day)s sind keine Ferien. Wer schulpflichtig ist, macht ein "
            "freiwilliges Praktikum nur in den Ferien (§ 5 Abs. 4 JArbSchG)."
        ),
    ),
    _R.HOLIDAY_DAYS_USED_UP: (
        lazy(
            "Deine 20 Ferientage in diesem Jahr sind verbraucht (§ 5 Abs. 4 JArbSchG). "
            "Im neuen Jahr geht es weiter."
        ),
        lazy(
            "Die 20 Ferientage des Jahres sind verbraucht (§ 5 Abs. 4 JArbSchG). "
            "Im neuen Jahr geht es weiter."
        ),
    ),
    _R.SCHOOL_NOT_RELEASED: (
        lazy("%(day)s ist Schule. Dafür muss dich deine Schule noch freistellen."),
        lazy("%(day)s ist Schule. Dafür muss die Schule noch freistellen."),
    ),
    _R.OUTSIDE_HOURS: (
        lazy(
            "Das ist zu früh oder zu spät für dein Alter: %(day)s (§ 14 JArbSchG). "
            "Erlaubt ist 6 bis 20 Uhr."
        ),
        lazy(
            "Zu früh oder zu spät: %(day)s (§ 14 JArbSchG). "
            "Erlaubt ist 6 bis 20 Uhr, in manchen Branchen ab 16 Jahren mehr."
        ),
    ),
    _R.DAY_TOO_LONG: (
        lazy("Der Tag ist zu lang für dein Alter: %(day)s (§§ 7, 8 JArbSchG)."),
        lazy(
            "Der Tag ist zu lang: %(day)s (§§ 7, 8 JArbSchG). Im Schulpraktikum sind "
            "7 Stunden erlaubt, sonst 8."
        ),
    ),
    _R.WEEK_TOO_LONG: (
        lazy("Die Woche ist zu lang für dein Alter: %(day)s (§§ 7, 8 JArbSchG)."),
        lazy(
            "Die Woche ist zu lang: %(day)s (§§ 7, 8 JArbSchG). Im Schulpraktikum "
            "sind 35 Stunden erlaubt, sonst 40."
        ),
    ),
    _R.BREAK_MISSING: (
        lazy("Es fehlt eine Pause: %(day)s (§ 11 JArbSchG)."),
        lazy(
            "Es fehlt eine Pause: %(day)s (§ 11 JArbSchG). Über 4:30 Stunden sind "
            "30 Minuten nötig, über 6 Stunden 60."
        ),
    ),
    _R.SHIFT_TOO_LONG: (
        lazy("Von Anfang bis Ende dauert es zu lange: %(day)s (§ 12 JArbSchG)."),
        lazy(
            "Von Anfang bis Ende dauert es zu lange: %(day)s (§ 12 JArbSchG). "
            "Erlaubt sind 10 Stunden mit Pausen."
        ),
    ),
    _R.REST_TOO_SHORT: (
        lazy("Zwischen zwei Tagen fehlt Ruhe: %(day)s (§ 13 JArbSchG)."),
        lazy(
            "Zwischen zwei Tagen fehlt Ruhe: %(day)s (§ 13 JArbSchG). "
            "Nötig sind 12 Stunden."
        ),
    ),
    _R.SIX_DAYS: (
        lazy("Mehr als fünf Tage in einer Woche gehen nicht (§ 15 JArbSchG)."),
        lazy(
            "Mehr als fünf Tage in einer Woche gehen nicht (§ 15 JArbSchG). "
            "Lassen Sie einen Tag weg."
        ),
    ),
    _R.ADULT_REST_DAY: (
        lazy("%(day)s ist ein Ruhetag (§ 9 ArbZG)."),
        lazy("%(day)s ist ein Ruhetag (§ 9 ArbZG). Wählen Sie einen anderen Tag."),
    ),
    _R.ADULT_DAY_TOO_LONG: (
        lazy("Mehr als 8 Stunden gehen nicht: %(day)s (§ 3 ArbZG)."),
        lazy("Mehr als 8 Stunden gehen nicht: %(day)s (§ 3 ArbZG). Kürzen Sie."),
    ),
    _R.ADULT_BREAK_MISSING: (
        lazy("Es fehlt eine Pause: %(day)s (§ 4 ArbZG)."),
        lazy("Es fehlt eine Pause: %(day)s (§ 4 ArbZG). Nötig sind 30 Minuten."),
    ),
    _R.ADULT_REST_TOO_SHORT: (
        lazy("Zwischen zwei Tagen fehlt Ruhe: %(day)s (§ 5 ArbZG)."),
        lazy("Zwischen zwei Tagen fehlt Ruhe: %(day)s (§ 5 ArbZG), nötig: 11 Stunden."),
    ),
    _R.CALENDAR_MISSING: (
        lazy("Für %(day)s kennen wir die Ferien noch nicht. Frag bei uns nach."),
        lazy("Für %(day)s fehlt der Ferienkalender. Die Koordinationsstelle hilft."),
    ),
    _R.OFFICE_DECIDES: (
        lazy("Das entscheidet die Koordinationsstelle. Melde dich bei uns."),
        lazy("Das entscheidet die Koordinationsstelle. Fragen Sie dort nach."),
    ),
}


def sentence_for(finding: Finding, *, familiar: bool) -> str:
    """Says why not, naming the day: to a pupil `familiar`, else politely."""
    words = str(SENTENCES[finding.reason][0 if familiar else 1])
    day = format_date(finding.day, "EEE, d. MMMM y") if finding.day else ""
    sentence = words % {"day": day} if "%(day)s" in words else words
    return sentence.replace(": (", " (")

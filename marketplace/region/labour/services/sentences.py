"""What people read when something is not possible: what, why, and what would be.

`%(On)s` and `%(on)s` stand for the day, or for the days of a posting in general;
`%(limit)s` and `%(end)s` for what would be allowed.
"""

from collections.abc import Mapping
from typing import NamedTuple

from flask_babel.speaklater import LazyString

from marketplace.foundation.language import lazy
from marketplace.region.labour.enums import Reason


class Sentence(NamedTuple):
    """The same for pupils ("du") and for everybody else ("Sie")."""

    familiar: LazyString
    polite: LazyString


SENTENCES: Mapping[Reason, Sentence] = {
    Reason.SCHOOL_UNCONFIRMED: Sentence(
        lazy(
            "Für das Praktikum %(on)s fehlt noch das Ja deiner Schule "
            "(§ 5 Abs. 2 JArbSchG). Gib ihr das Blatt mit dem Code."
        ),
        lazy(
            "Für das Praktikum %(on)s fehlt noch die Bestätigung der Schule "
            "(§ 5 Abs. 2 JArbSchG). Sie bekommt dafür ein Blatt mit einem Code."
        ),
    ),
    Reason.UNDER_13: Sentence(
        lazy(
            "%(On)s bist du noch zu jung: Ein Praktikum geht ab %(limit)s Jahren "
            "(§ 5 Abs. 1 JArbSchG). Angebote von Laboren und Vereinen stehen dir offen."
        ),
        lazy(
            "%(On)s ist das Praktikum noch nicht möglich: Es geht ab %(limit)s Jahren "
            "(§ 5 Abs. 1 JArbSchG). Angebote von Laboren und Vereinen gehen früher."
        ),
    ),
    Reason.VOLUNTARY_UNDER_15: Sentence(
        lazy(
            "%(On)s bist du noch zu jung: Ein freiwilliges Praktikum geht erst ab 15 "
            "Jahren (§ 5 Abs. 1 und 3 JArbSchG). Ein Schulpraktikum geht früher: Frag "
            "deine Schule. Auch Angebote von Laboren und Vereinen stehen dir offen."
        ),
        lazy(
            "%(On)s ist es noch nicht möglich: Ein freiwilliges Praktikum geht erst ab "
            "15 Jahren (§ 5 Abs. 1 und 3 JArbSchG). Ein Schulpraktikum geht früher."
        ),
    ),
    Reason.UNDERGROUND: Sentence(
        lazy(
            "%(On)s darfst du nicht unter Tage arbeiten (§ 24 JArbSchG). Such dir "
            "einen Platz über Tage. Ein Schaubergwerk kannst du besuchen."
        ),
        lazy(
            "%(On)s dürfen Jugendliche nicht unter Tage arbeiten (§ 24 JArbSchG). "
            "Nehmen Sie die Aufgabe heraus. Eine Führung ist möglich."
        ),
    ),
    Reason.DANGEROUS: Sentence(
        lazy(
            "%(On)s ist die Arbeit für dein Alter zu gefährlich (§§ 22, 23 JArbSchG). "
            "Frag den Betrieb nach anderen Aufgaben."
        ),
        lazy(
            "%(On)s gehören gefährliche Aufgaben zur Arbeit. Die sind für Jugendliche "
            "verboten (§§ 22, 23 JArbSchG). Nehmen Sie diese Aufgaben heraus, oder "
            "fragen Sie die Koordinationsstelle."
        ),
    ),
    Reason.PUBLIC_HOLIDAY: Sentence(
        lazy(
            "%(On)s ist Feiertag. Dann darfst du nicht arbeiten (§ 18 JArbSchG). "
            "Nimm einen anderen Tag."
        ),
        lazy(
            "%(On)s ist am Arbeitsort Feiertag. Dann dürfen Jugendliche nicht arbeiten "
            "(§ 18 JArbSchG). Wählen Sie einen anderen Tag."
        ),
    ),
    Reason.EVE_AFTER_14: Sentence(
        lazy(
            "%(On)s darfst du nur bis %(limit)s Uhr arbeiten (§ 18 Abs. 1 JArbSchG). "
            "Frag, ob du früher gehen kannst."
        ),
        lazy(
            "%(On)s endet die Arbeit um %(limit)s Uhr (§ 18 Abs. 1 JArbSchG). "
            "Lassen Sie den Tag früher enden."
        ),
    ),
    Reason.SUNDAY: Sentence(
        lazy(
            "%(On)s ist Sonntag. Sonntags darfst du nur in wenigen Branchen arbeiten, "
            "und zwei im Monat bleiben frei (§ 17 JArbSchG). Nimm einen anderen Tag."
        ),
        lazy(
            "%(On)s ist Sonntag. Sonntags arbeiten Jugendliche nur in wenigen "
            "Branchen, und zwei im Monat bleiben frei (§ 17 JArbSchG). Wählen Sie "
            "einen anderen Tag."
        ),
    ),
    Reason.SATURDAY: Sentence(
        lazy(
            "%(On)s ist Samstag. Samstags darfst du nur in manchen Branchen arbeiten "
            "(§ 16 JArbSchG). Nimm einen Tag von Montag bis Freitag."
        ),
        lazy(
            "%(On)s ist Samstag. Samstags arbeiten Jugendliche nur in manchen Branchen "
            "(§ 16 JArbSchG). Wählen Sie einen Tag von Montag bis Freitag."
        ),
    ),
    Reason.NOT_A_SCHOOL_DAY: Sentence(
        lazy(
            "%(On)s ist kein Unterricht. Ein Schulpraktikum geht nur an Schultagen "
            "(§§ 5, 15 JArbSchG). Nimm einen Schultag, oder frag deine Schule."
        ),
        lazy(
            "%(On)s ist kein Unterricht. Ein Schulpraktikum geht nur an Schultagen "
            "(§§ 5, 15 JArbSchG). Wählen Sie einen Schultag."
        ),
    ),
    Reason.NOT_SCHOOL_HOLIDAYS: Sentence(
        lazy(
            "%(On)s sind keine Ferien. Solange du schulpflichtig bist, geht ein "
            "freiwilliges Praktikum nur in den Ferien (§ 5 Abs. 4 JArbSchG). Nimm "
            "Ferientage, oder frag deine Schule nach einem Schulpraktikum."
        ),
        lazy(
            "%(On)s sind keine Ferien. Wer schulpflichtig ist, macht ein freiwilliges "
            "Praktikum nur in den Ferien (§ 5 Abs. 4 JArbSchG). Wählen Sie Ferientage."
        ),
    ),
    Reason.HOLIDAY_DAYS_USED_UP: Sentence(
        lazy(
            "%(On)s sind deine Ferientage verbraucht: %(limit)s gehen in einem Jahr "
            "(§ 5 Abs. 4 JArbSchG). Nimm weniger Tage, oder Tage im nächsten Jahr."
        ),
        lazy(
            "%(On)s sind die Ferientage verbraucht: %(limit)s gehen in einem Jahr "
            "(§ 5 Abs. 4 JArbSchG). Wählen Sie weniger Tage, oder Tage im nächsten "
            "Jahr."
        ),
    ),
    Reason.SCHOOL_NOT_RELEASED: Sentence(
        lazy(
            "%(On)s ist Unterricht (Schulgesetz des Landes). Dafür muss dich deine "
            "Schule noch freistellen. Frag sie, oder nimm Ferientage."
        ),
        lazy(
            "%(On)s ist Unterricht (Schulgesetz des Landes). Dafür muss die Schule "
            "noch freistellen. In den Ferien geht es ohne."
        ),
    ),
    Reason.OUTSIDE_HOURS: Sentence(
        lazy(
            "%(On)s liegt die Arbeit zu früh oder zu spät. In deinem Alter geht hier "
            "%(limit)s bis %(end)s Uhr (§ 14 JArbSchG). Frag nach anderen Zeiten."
        ),
        lazy(
            "%(On)s liegt die Arbeit zu früh oder zu spät. In diesem Alter geht hier "
            "%(limit)s bis %(end)s Uhr (§ 14 JArbSchG). Ändern Sie die Zeiten."
        ),
    ),
    Reason.DAY_TOO_LONG: Sentence(
        lazy(
            "%(On)s sind es zu viele Stunden. Erlaubt sind %(limit)s Stunden ohne die "
            "Pausen (§§ 7, 8 JArbSchG). Frag nach einem kürzeren Tag."
        ),
        lazy(
            "%(On)s sind es zu viele Stunden. Erlaubt sind %(limit)s Stunden ohne die "
            "Pausen (§§ 7, 8 JArbSchG). Kürzen Sie den Tag."
        ),
    ),
    Reason.WEEK_TOO_LONG: Sentence(
        lazy(
            "%(On)s ist die Woche schon voll. Erlaubt sind %(limit)s Stunden, in allen "
            "Betrieben zusammen (§§ 7, 8 JArbSchG). Frag nach kürzeren Tagen."
        ),
        lazy(
            "%(On)s ist die Woche schon voll. Erlaubt sind %(limit)s Stunden, in allen "
            "Betrieben zusammen (§§ 7, 8 JArbSchG). Kürzen Sie die Tage."
        ),
    ),
    Reason.BREAK_MISSING: Sentence(
        lazy(
            "%(On)s fehlt eine Pause. Nötig sind %(limit)s Minuten, spätestens nach "
            "4:30 Stunden, nicht am Anfang oder Ende (§ 11 JArbSchG). Frag den Betrieb."
        ),
        lazy(
            "%(On)s fehlt eine Pause. Nötig sind %(limit)s Minuten, spätestens nach "
            "4:30 Stunden, nicht in der ersten oder letzten (§ 11 JArbSchG). Planen "
            "Sie die Pause ein."
        ),
    ),
    Reason.SHIFT_TOO_LONG: Sentence(
        lazy(
            "%(On)s dauert es zu lange. Mit den Pausen sind %(limit)s Stunden erlaubt "
            "(§ 12 JArbSchG). Frag nach kürzeren Pausen oder einem kürzeren Tag."
        ),
        lazy(
            "%(On)s dauert es zu lange. Mit den Pausen sind %(limit)s Stunden erlaubt "
            "(§ 12 JArbSchG). Kürzen Sie den Tag."
        ),
    ),
    Reason.REST_TOO_SHORT: Sentence(
        lazy(
            "%(On)s fehlt die Ruhe. Zwischen zwei Tagen sind %(limit)s Stunden frei "
            "(§ 13 JArbSchG). Frag, ob du später anfangen kannst."
        ),
        lazy(
            "%(On)s fehlt die Ruhe. Zwischen zwei Tagen sind %(limit)s Stunden frei "
            "(§ 13 JArbSchG). Lassen Sie den Tag später beginnen."
        ),
    ),
    Reason.SIX_DAYS: Sentence(
        lazy(
            "%(On)s ist ein Tag zu viel. In einer Woche gehen %(limit)s Tage "
            "(§ 15 JArbSchG). Lass einen weg."
        ),
        lazy(
            "%(On)s ist ein Tag zu viel. In einer Woche gehen %(limit)s Tage "
            "(§ 15 JArbSchG). Lassen Sie einen weg."
        ),
    ),
    Reason.ADULT_REST_DAY: Sentence(
        lazy(
            "%(On)s ist Ruhetag. An Sonntagen und Feiertagen arbeitest du nicht "
            "(§ 9 ArbZG). Nimm einen Werktag, oder frag die Koordinationsstelle."
        ),
        lazy(
            "%(On)s ist Ruhetag. An Sonntagen und Feiertagen wird nicht gearbeitet "
            "(§ 9 ArbZG). Wählen Sie einen Werktag, oder fragen Sie die "
            "Koordinationsstelle."
        ),
    ),
    Reason.ADULT_DAY_TOO_LONG: Sentence(
        lazy(
            "%(On)s sind es zu viele Stunden. Erlaubt sind %(limit)s Stunden an sechs "
            "Tagen (§ 3 ArbZG). Frag nach einem kürzeren Tag."
        ),
        lazy(
            "%(On)s sind es zu viele Stunden. Erlaubt sind %(limit)s Stunden an sechs "
            "Tagen (§ 3 ArbZG). Kürzen Sie den Tag."
        ),
    ),
    Reason.ADULT_BREAK_MISSING: Sentence(
        lazy(
            "%(On)s fehlt eine Pause. Nötig sind %(limit)s Minuten, spätestens nach 6 "
            "Stunden (§ 4 ArbZG). Frag den Betrieb."
        ),
        lazy(
            "%(On)s fehlt eine Pause. Nötig sind %(limit)s Minuten, spätestens nach 6 "
            "Stunden (§ 4 ArbZG). Planen Sie die Pause ein."
        ),
    ),
    Reason.ADULT_REST_TOO_SHORT: Sentence(
        lazy(
            "%(On)s fehlt die Ruhe. Zwischen zwei Tagen sind %(limit)s Stunden frei "
            "(§ 5 ArbZG). Frag, ob du später anfangen kannst."
        ),
        lazy(
            "%(On)s fehlt die Ruhe. Zwischen zwei Tagen sind %(limit)s Stunden frei "
            "(§ 5 ArbZG). Lassen Sie den Tag später beginnen."
        ),
    ),
    Reason.CALENDAR_MISSING: Sentence(
        lazy(
            "%(On)s kennen wir Ferien und Feiertage noch nicht (§§ 5, 18 JArbSchG). "
            "Nimm einen früheren Tag, oder frag die Koordinationsstelle."
        ),
        lazy(
            "%(On)s sind Ferien und Feiertage noch nicht bekannt (§§ 5, 18 JArbSchG). "
            "Wählen Sie einen früheren Tag, oder fragen Sie die Koordinationsstelle."
        ),
    ),
    Reason.OFFICE_DECIDES: Sentence(
        lazy(
            "Für das Praktikum %(on)s wissen wir nicht, was dein Land erlaubt "
            "(§ 5 JArbSchG). Trag das Land deiner Schule in dein Konto ein. Liegt sie "
            "woanders, entscheidet die Koordinationsstelle."
        ),
        lazy(
            "Für das Praktikum %(on)s fehlt das Land der Schule (§ 5 JArbSchG). Liegt "
            "sie außerhalb von Sachsen, Sachsen-Anhalt und Thüringen, entscheidet die "
            "Koordinationsstelle."
        ),
    ),
}

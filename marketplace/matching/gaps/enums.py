from collections.abc import Mapping
from enum import StrEnum

from marketplace.foundation.language import NamedEnum, lazy


class GapReason(NamedEnum):
    """How near any company came; a later one is nearer, and can be acted on."""

    NO_KIND = "no_kind", lazy("Das gibt bisher niemand")
    NO_ITEM = "no_item", lazy("Genau das gibt bisher niemand")
    TOO_FAR = "too_far", lazy("Zu weit entfernt")
    WRONG_TOPIC = "wrong_topic", lazy("Das Thema passt nicht")
    WRONG_AUDIENCE = "wrong_audience", lazy("Die Zielgruppe passt nicht")
    TIME = "time", lazy("Der Zeitraum passt nicht")
    NOT_STATED = "not_stated", lazy("Angaben fehlen")
    AMOUNT_TOO_SMALL = "amount_too_small", lazy("Was da ist, reicht nicht")
    SAFEGUARDING = "safeguarding", lazy("Erklärung zum Schutz Minderjähriger fehlt")
    FULL = "full", lazy("Die Unternehmen sind ausgelastet")
    NO_ANSWER = "no_answer", lazy("Keine Antwort auf die Anfrage")
    DECLINED = "declined", lazy("Ein Unternehmen hat abgesagt")

    @property
    def stage(self) -> int:
        """How far somebody came before it failed."""
        return list(GapReason).index(self)


class GapEnd(NamedEnum):
    """Why a row was closed within its quarter."""

    COVERED = "covered", lazy("gedeckt")
    GONE = "gone", lazy("nicht mehr gesucht")


class PupilSource(NamedEnum):
    """What of pupils is counted: who got no place, and whose search finds nothing."""

    UNPLACED = "unplaced", lazy("Jugendliche ohne Platz")
    SEARCH = "search", lazy("Suchen ohne Treffer")


class Measure(StrEnum):
    """What the drawing over time counts."""

    LINES = "lines"
    MISSING = "missing"


class CallAnswer(NamedEnum):
    """What came of a letter to a company."""

    WAITING = "waiting", lazy("noch keine Antwort")
    WILLING = "willing", lazy("möchte helfen")
    UNWILLING = "unwilling", lazy("diesmal nicht")


# So many organisations must stand behind a number that is shown.
FEWEST_ORGANISATIONS = 3
# The same of numbers of pupils, and of their schools.
FEWEST_PUPILS, FEWEST_SCHOOLS = 10, 2
# A need line is a gap only after so many days, a company is called at most once in so
# many, and of rows older than so many months nobody can tell whose they were.
AGE_DAYS, CALL_DAYS, NAMED_MONTHS = 14, 30, 24
# How the steps of the map begin, in open lines, and in pupils.
STEPS: Mapping[int, int] = {1: 1, 2: 3, 3: 6, 4: 9}
PUPIL_STEPS: Mapping[int, int] = {1: 1, 2: 20, 3: 40, 4: 80}

"""What all sides of an agreement promise one another, in the words of each version."""

from collections.abc import Mapping, Sequence
from typing import Any

# Of the words that new agreements get; whoever changes them gives them a new name.
TEXT_VERSION = "2026-12"
# An agreement keeps these as it was made with them, whatever is new since.
WORDING = ("text", "promises")

KEPT_HOURS = (
    "Das Unternehmen beschäftigt nur mit den genannten Aufgaben, hält Zeiten und Pausen"
    " ein und beaufsichtigt die ganze Zeit."
)
RISKS_OF_MINORS = (
    "Es beurteilt vor dem ersten Tag die Gefährdungen, unterweist über Gefahren und"
    " informiert die Eltern darüber (§§ 5, 28a, 29 JArbSchG)."
)
RISKS_OF_ADULTS = (
    "Es beurteilt vor dem ersten Tag die Gefährdungen und unterweist über Gefahren"
    " (§§ 5, 12 ArbSchG)."
)
CONDUCT = (
    "Wer das Praktikum macht, kommt pünktlich, hält sich an Anweisungen und Regeln zur"
    " Sicherheit und behält Betriebsgeheimnisse für sich."
)
ABSENCE = "Wer nicht kommen kann, sagt am selben Morgen im Unternehmen Bescheid"
ABSENCE_AT_SCHOOL = f"{ABSENCE}, bei einem Schulpraktikum auch in der Schule."
EVENT = (
    "Das Praktikum ist eine Schulveranstaltung. Die Schule benennt, wer sie betreut."
)
FREE_WILL = (
    "Das Praktikum ist freiwillig. Es begründet kein Arbeits- und kein"
    " Ausbildungsverhältnis."
)
END = (
    "Jede Seite kann die Vereinbarung aus wichtigem Grund sofort beenden. Ändert sich"
    " das Praktikum, gibt es eine neue Fassung, der alle wieder zustimmen."
)


def promises(*, is_minor: bool, is_school: bool) -> list[str]:
    """The paragraphs of a new agreement, in their order."""
    return [
        KEPT_HOURS,
        RISKS_OF_MINORS if is_minor else RISKS_OF_ADULTS,
        CONDUCT,
        ABSENCE_AT_SCHOOL if is_school else f"{ABSENCE}.",
        EVENT if is_school else FREE_WILL,
        END,
    ]


def promises_of(words: Mapping[str, Any]) -> Sequence[str]:
    """The paragraphs under which an agreement was made.

    The first ones (2026-11) do not hold them; they said to adults what they said to
    minors.
    """
    told: Sequence[str] | None = words.get("promises")
    return told or promises(is_minor=True, is_school=words["is_school"])

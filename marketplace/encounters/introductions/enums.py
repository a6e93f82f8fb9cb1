from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from marketplace.foundation.language import NamedEnum, lazy


class IntroductionState(NamedEnum):
    """How far an introduction has come.

    (office proposes) open --one side agrees--> half --the other agrees--> agreed
                        |                        |
                        +-> declined, expired, withdrawn <-+

    A side that proposes has agreed: its introduction begins as half.
    """

    OPEN = "open", lazy("vorgeschlagen")
    HALF = "half", lazy("eine Seite hat zugesagt")
    AGREED = "agreed", lazy("beide haben zugesagt")
    DECLINED = "declined", lazy("kommt nicht zustande")
    EXPIRED = "expired", lazy("abgelaufen")
    WITHDRAWN = "withdrawn", lazy("zurückgezogen")


LIVE = frozenset({IntroductionState.OPEN, IntroductionState.HALF})


class Side(NamedEnum):
    """Who acts in an introduction."""

    PROVIDER = "provider", lazy("Anbieter")
    COMPANY = "company", lazy("Unternehmen")
    COORDINATION = "coordination", lazy("Koordinationsstelle")
    PROGRAM = "program", lazy("Programm")


class Act(StrEnum):
    """What moves an introduction on."""

    AGREE = "agree"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


@dataclass(frozen=True)
class Move:
    """Who may take this step, and where it leads."""

    by: frozenset[Side]
    to: IntroductionState


_BOTH = frozenset({Side.PROVIDER, Side.COMPANY})
_OFFICE = frozenset({Side.COORDINATION})
_S = IntroductionState

# `half` asks besides: only the silent side agrees or declines, only the side that
# agreed (or the office) withdraws.
MOVES: Mapping[tuple[IntroductionState, Act], Move] = {
    (_S.OPEN, Act.AGREE): Move(_BOTH, _S.HALF),
    (_S.HALF, Act.AGREE): Move(_BOTH, _S.AGREED),
    (_S.OPEN, Act.DECLINE): Move(_BOTH, _S.DECLINED),
    (_S.HALF, Act.DECLINE): Move(_BOTH, _S.DECLINED),
    (_S.OPEN, Act.WITHDRAW): Move(_OFFICE, _S.WITHDRAWN),
    (_S.HALF, Act.WITHDRAW): Move(_BOTH | _OFFICE, _S.WITHDRAWN),
    (_S.OPEN, Act.EXPIRE): Move(frozenset({Side.PROGRAM}), _S.EXPIRED),
    (_S.HALF, Act.EXPIRE): Move(frozenset({Side.PROGRAM}), _S.EXPIRED),
}


class DeclineCode(NamedEnum):
    """Why a side declines; the other side does not learn it."""

    TOO_FAR = "too_far", lazy("zu weit")
    WRONG_TOPIC = "wrong_topic", lazy("Thema passt nicht")
    WRONG_AUDIENCE = "wrong_audience", lazy("Zielgruppe passt nicht")
    AMOUNT_TOO_SMALL = "amount_too_small", lazy("Umfang zu klein")
    AMOUNT_TOO_LARGE = "amount_too_large", lazy("Umfang zu groß")
    TIME = "time", lazy("Zeitraum passt nicht")
    NO_CAPACITY = "no_capacity", lazy("gerade keine Kraft dafür")
    ALREADY_PARTNER = "already_partner", lazy("schon Partner")
    NOT_NOW = "not_now", lazy("später gern")
    POLICY = "policy", lazy("Regeln des Hauses")
    OTHER = "other", lazy("anderer Grund")

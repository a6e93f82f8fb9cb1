from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from marketplace.encounters.introductions.enums import Side
from marketplace.foundation.language import NamedEnum, lazy


class PartnershipState(NamedEnum):
    """How far a partnership has come.

    arranging --both confirm--> active --last day, nothing renewed--> done
        |                          |
        +------> ended_early <-----+

    Who changes lines or days takes back both confirmations.
    """

    ARRANGING = "arranging", lazy("wird verabredet")
    ACTIVE = "active", lazy("läuft")
    DONE = "done", lazy("abgeschlossen")
    ENDED_EARLY = "ended_early", lazy("vorzeitig beendet")


RUNNING = frozenset({PartnershipState.ARRANGING, PartnershipState.ACTIVE})


class Act(StrEnum):
    """What happens to a partnership."""

    REVISE = "revise"
    DECIDE = "decide"
    CONFIRM = "confirm"
    RENEW = "renew"
    SHOW = "show"
    END_EARLY = "end_early"
    FINISH = "finish"


@dataclass(frozen=True)
class Move:
    """Who may take this step, where it leads, and what is written then."""

    by: frozenset[Side]
    to: PartnershipState
    letter: str = ""


_BOTH = frozenset({Side.PROVIDER, Side.COMPANY})
_ALL = _BOTH | {Side.COORDINATION}
_PROGRAM = frozenset({Side.PROGRAM})
_SCHOOL = frozenset({Side.PROVIDER, Side.COORDINATION})
_S = PartnershipState

# `confirm` asks besides: by a side that has not yet, and it is active with the second.
# `decide` is for schools alone.
MOVES: Mapping[tuple[PartnershipState, Act], Move] = {
    (_S.ARRANGING, Act.REVISE): Move(_BOTH, _S.ARRANGING, "partnership_revised"),
    (_S.ARRANGING, Act.DECIDE): Move(_SCHOOL, _S.ARRANGING),
    (_S.ARRANGING, Act.CONFIRM): Move(_BOTH, _S.ACTIVE, "partnership_active"),
    (_S.ARRANGING, Act.END_EARLY): Move(_ALL, _S.ENDED_EARLY, "partnership_ended"),
    (_S.ACTIVE, Act.RENEW): Move(_BOTH, _S.ACTIVE, "partnership_renewed"),
    (_S.ACTIVE, Act.SHOW): Move(_BOTH, _S.ACTIVE),
    (_S.ACTIVE, Act.END_EARLY): Move(_ALL, _S.ENDED_EARLY, "partnership_ended"),
    (_S.ACTIVE, Act.FINISH): Move(_PROGRAM, _S.DONE, "partnership_ended"),
    (_S.DONE, Act.SHOW): Move(_BOTH, _S.DONE),
}


class EndCode(NamedEnum):
    """Why a partnership ends before its day; the other side reads it."""

    PLANS = "plans", lazy("Pläne haben sich geändert")
    CAPACITY = "capacity", lazy("keine Kraft mehr dafür")
    MONEY = "money", lazy("Geld oder Material fehlt")
    NO_CONTACT = "no_contact", lazy("nicht zueinander gefunden")
    UNSUITABLE = "unsuitable", lazy("passt doch nicht")
    OTHER = "other", lazy("anderer Grund")


class Renewal(NamedEnum):
    """What a side wants when the last day comes near."""

    RENEW = "renew", lazy("So weitermachen")
    CHANGE = "change", lazy("Weitermachen, aber anders")
    END = "end", lazy("Enden lassen")


class Moment(NamedEnum):
    """When both tell how it went."""

    FIRST = "first", lazy("nach dem ersten Termin")
    END = "end", lazy("am Ende")

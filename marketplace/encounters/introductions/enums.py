from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from flask_babel.speaklater import LazyString

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


class Proposer(StrEnum):
    """Where an introduction came from; a click in the Monday letter is its own way."""

    PROVIDER = "provider"
    COMPANY = "company"
    COORDINATOR = "coordinator"
    DIGEST = "digest"


class FirstWord(NamedEnum):
    """What a side may say with the proposal; the order is that of the bits."""

    CALL_ME = "call_me", lazy("Wir möchten zuerst telefonieren.")
    VISIT_US = "visit_us", lazy("Kommen Sie uns gern besuchen.")
    VISIT_YOU = "visit_you", lazy("Wir kommen gern zu Ihnen.")
    ONCE = "once", lazy("Es geht um einen Termin.")
    FOR_LONG = "for_long", lazy("Wir suchen etwas für länger.")
    SMALL_FIRST = "small_first", lazy("Wir würden gern klein anfangen.")


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
    # To whom it does not come about, or to both who agreed.
    letter: str = ""


_BOTH = frozenset({Side.PROVIDER, Side.COMPANY})
_OFFICE = frozenset({Side.COORDINATION})
_PROGRAM = frozenset({Side.PROGRAM})
_ENDED = "introduction_ended"
_S = IntroductionState

# `half` asks besides: only the silent side agrees or declines, only the side that
# agreed (or the office) withdraws.
MOVES: Mapping[tuple[IntroductionState, Act], Move] = {
    (_S.OPEN, Act.AGREE): Move(_BOTH, _S.HALF),
    (_S.HALF, Act.AGREE): Move(_BOTH, _S.AGREED, "introduction_agreed"),
    (_S.OPEN, Act.DECLINE): Move(_BOTH, _S.DECLINED, _ENDED),
    (_S.HALF, Act.DECLINE): Move(_BOTH, _S.DECLINED, _ENDED),
    (_S.OPEN, Act.WITHDRAW): Move(_OFFICE, _S.WITHDRAWN, _ENDED),
    (_S.HALF, Act.WITHDRAW): Move(_BOTH | _OFFICE, _S.WITHDRAWN, _ENDED),
    (_S.OPEN, Act.EXPIRE): Move(_PROGRAM, _S.EXPIRED, _ENDED),
    (_S.HALF, Act.EXPIRE): Move(_PROGRAM, _S.EXPIRED, _ENDED),
}


class Event(NamedEnum):
    """What the broker log knows of a pair, up to the partnership that follows."""

    PROPOSED = "proposed", lazy("vorgeschlagen")
    AGREED = "agreed", lazy("zugesagt")
    RELEASED = "released", lazy("Kontakte geöffnet")
    DECLINED = "declined", lazy("abgesagt")
    WITHDRAWN = "withdrawn", lazy("zurückgezogen")
    EXPIRED = "expired", lazy("nicht geantwortet")
    LETTER = "letter", lazy("Brief")
    PROFILE_PAUSED = "profile_paused", lazy("dreimal ohne Antwort, pausiert")
    FOLLOWED_UP = "followed_up", lazy("nachgefasst")
    ARRANGING = "arranging", lazy("Partnerschaft begonnen")
    REVISED = "revised", lazy("Verabredung geändert")
    CONFIRMED = "confirmed", lazy("Verabredung bestätigt")
    ACTIVE = "active", lazy("Partnerschaft läuft")
    DECIDED = "decided", lazy("Entscheidung der Schulleitung eingetragen")
    RENEWAL = "renewal", lazy("zur Verlängerung geantwortet")
    RENEWED = "renewed", lazy("verlängert")
    FEEDBACK = "feedback", lazy("Rückmeldung gegeben")
    DONE = "done", lazy("Partnerschaft abgeschlossen")
    ENDED_EARLY = "ended_early", lazy("Partnerschaft vorzeitig beendet")


# What the log calls the letters.
LETTERS: Mapping[str, LazyString] = {
    "introduction_proposed": lazy("Anfrage"),
    "introduction_reminder": lazy("Erinnerung"),
    "introduction_agreed": lazy("beide haben zugesagt"),
    "introduction_ended": lazy("kommt nicht zustande"),
    "partnership_begun": lazy("Partnerschaft verabreden"),
    "partnership_reminder": lazy("Erinnerung an die Verabredung"),
    "partnership_revised": lazy("Verabredung geändert"),
    "partnership_active": lazy("Partnerschaft läuft"),
    "partnership_renewal": lazy("Verlängern?"),
    "partnership_renewed": lazy("verlängert"),
    "partnership_feedback": lazy("Bitte um Rückmeldung"),
    "partnership_ended": lazy("Partnerschaft beendet"),
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

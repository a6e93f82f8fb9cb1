from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from marketplace.foundation.language import NamedEnum, lazy


class ApplicationState(NamedEnum):
    """How far an application has come.

        send            approve           accept            confirm
    draft ---> waiting ---------> open ----------> offered ---------> confirmed
                 | refuse           | put on list    ^ place freed       | first day
                 v                  v                |                   v
              refused           waitlisted ----------+                running
                                                                         | finish
    placed by a round: it begins as offered
    ends: withdrawn, unapproved, declined, unanswered, missed,           v
          cancelled_by_pupil, cancelled_by_company, broken_off,   attended, partly,
                                                                  excused, no_show
    """

    DRAFT = "draft", lazy("Entwurf")
    WAITING = "waiting", lazy("wartet auf die Eltern")
    REFUSED = "refused", lazy("nicht freigegeben")
    UNAPPROVED = "unapproved", lazy("ohne Freigabe abgelaufen")
    OPEN = "open", lazy("beim Unternehmen")
    WAITLISTED = "waitlisted", lazy("auf der Warteliste")
    OFFERED = "offered", lazy("Zusage, noch zu bestätigen")
    CONFIRMED = "confirmed", lazy("bestätigt")
    RUNNING = "running", lazy("läuft")
    DECLINED = "declined", lazy("abgesagt")
    UNANSWERED = "unanswered", lazy("ohne Antwort")
    MISSED = "missed", lazy("nicht bestätigt")
    WITHDRAWN = "withdrawn", lazy("zurückgezogen")
    CANCELLED_BY_PUPIL = "cancelled_by_pupil", lazy("abgesagt, Bewerberseite")
    CANCELLED_BY_COMPANY = "cancelled_by_company", lazy("abgesagt, Unternehmen")
    BROKEN_OFF = "broken_off", lazy("abgebrochen")
    ATTENDED = "attended", lazy("teilgenommen")
    PARTLY = "partly", lazy("teilweise teilgenommen")
    EXCUSED = "excused", lazy("entschuldigt gefehlt")
    NO_SHOW = "no_show", lazy("nicht erschienen")


class HoldReason(NamedEnum):
    """What fell on when a guardian approved; new ones come last, for they are bits."""

    SAME_PLACE = "same_place", lazy("Absenden und Freigabe kamen von derselben Stelle")
    MANY_FAMILIES = "many_families", lazy("eine Adresse für mehrere Familien")
    OWN_BROWSER = "own_browser", lazy("im Browser der Bewerbung freigegeben")
    OTHER_SIDE = "other_side", lazy("Eltern arbeiten im Betrieb")
    PUPIL = "pupil", lazy("freigegeben mit der Adresse eines Schülerkontos")
    FROZEN = "frozen", lazy("der Betrieb ist gerade nicht öffentlich")
    SHUT = "shut", lazy("Konto gesperrt")


class Obstacle(NamedEnum):
    """What beside the rules for minors themselves keeps somebody from a place."""

    NO_DAY = "no_day", lazy("kein Arbeitstag im Zeitraum")
    TAKEN = "taken", lazy("zwei feste Plätze an einem Tag")
    AGE_UNKNOWN = "age_unknown", lazy("Geburtsdatum fehlt")


class Act(NamedEnum):
    """What moves an application on."""

    SEND = "send", lazy("Absenden")
    APPROVE = "approve", lazy("Freigeben")
    RELEASE = "release", lazy("Zurückgehaltene freigeben")
    REFUSE = "refuse", lazy("Nicht freigeben")
    LIFT = "lift", lazy("Ablehnung zurücknehmen")
    CONFIRM_ONESELF = "confirm_oneself", lazy("Selbst absenden")
    LAPSE = "lapse", lazy("Verfallen")
    ACCEPT = "accept", lazy("Zusagen")
    PUT_ON_LIST = "put_on_list", lazy("Auf die Warteliste setzen")
    DECLINE = "decline", lazy("Absagen")
    CONFIRM = "confirm", lazy("Platz bestätigen")
    WITHDRAW = "withdraw", lazy("Zurückziehen")
    MOVE_UP = "move_up", lazy("Nachrücken")
    CANCEL = "cancel", lazy("Absagen")
    BEGIN = "begin", lazy("Beginnen")
    BREAK_OFF = "break_off", lazy("Abbrechen")
    FINISH = "finish", lazy("Abschließen")


class Side(StrEnum):
    """As whom somebody works on an application."""

    PUPIL = "pupil"
    GUARDIAN = "guardian"
    COMPANY = "company"
    SCHOOL = "school"
    COORDINATION = "coordination"
    PROGRAM = "program"


class DeclineCode(NamedEnum):
    """Why a company declines; the pupil reads the sentence that goes with it."""

    FULL = "full", lazy("Alle Plätze sind vergeben")
    DATES = "dates", lazy("Die Termine passen nicht")
    AGE_OR_LAW = "age_or_law", lazy("Alter oder Arbeitsschutz lassen es nicht zu")
    DISTANCE = "distance", lazy("Der Weg ist zu weit")
    OTHER_FIELD = "other_field", lazy("Ein anderes Gebiet passt besser")
    CLOSED_DOWN = "closed_down", lazy("Das Praktikum findet nicht statt")
    NO_CAPACITY = "no_capacity", lazy("Gerade kann niemand betreuen")
    OTHER = "other", lazy("Ein anderer Grund")


class CancelCode(NamedEnum):
    """Why a place that was promised is given back."""

    ILL = "ill", lazy("Krankheit")
    OTHER_PLACE = "other_place", lazy("Anderer Platz")
    SCHOOL = "school", lazy("Schule")
    TRAVEL = "travel", lazy("Weg")
    CHANGED_MIND = "changed_mind", lazy("Anders überlegt")
    COMPANY_REASON = "company_reason", lazy("Grund beim Unternehmen")
    RULE_BROKEN = "rule_broken", lazy("Regel verletzt")


# Who may give which reason.
OWN_REASONS = (
    *(CancelCode.ILL, CancelCode.OTHER_PLACE, CancelCode.SCHOOL),
    *(CancelCode.TRAVEL, CancelCode.CHANGED_MIND),
)
COMPANY_REASONS = (CancelCode.COMPANY_REASON, CancelCode.RULE_BROKEN)


class ApprovalWay(NamedEnum):
    """How a guardian approved."""

    LETTER = "letter", lazy("Link im Brief")
    ACCOUNT = "account", lazy("Konto")
    PAPER = "paper", lazy("Papier")


class Question(NamedEnum):
    """What a pupil may ask along with the application."""

    MEETING_POINT = "meeting_point", lazy("Wo melde ich mich am ersten Tag?")
    CLOTHING = "clothing", lazy("Was soll ich anziehen und mitbringen?")
    LUNCH = "lunch", lazy("Wie läuft die Mittagspause?")
    TASKS = "tasks", lazy("Was mache ich an einem gewöhnlichen Tag?")
    FRIEND = "friend", lazy("Kann ich zusammen mit jemandem kommen?")


@dataclass(frozen=True)
class Move:
    """Who may take this step, and where it leads."""

    by: frozenset[Side]
    to: ApplicationState


def _moves(
    states: tuple[ApplicationState, ...], act: Act, to: ApplicationState, *by: Side
) -> dict[tuple[ApplicationState, Act], Move]:
    return {(state, act): Move(frozenset(by), to) for state in states}


_S = ApplicationState
_YOUNG = (_S.DRAFT, _S.WAITING, _S.OPEN, _S.OFFERED, _S.WAITLISTED)
_PROMISED = (_S.OFFERED, _S.CONFIRMED)

# `send` leads on to open at once for adults; `cancel` tells by its actor which of
# the two cancelled states it means; `finish` by the days attended.
MOVES: Mapping[tuple[ApplicationState, Act], Move] = {
    **_moves((_S.DRAFT,), Act.SEND, _S.WAITING, Side.PUPIL),
    **_moves(
        (_S.WAITING,),
        Act.APPROVE,
        _S.OPEN,
        *(Side.GUARDIAN, Side.SCHOOL, Side.COORDINATION),
    ),
    **_moves((_S.WAITING,), Act.RELEASE, _S.OPEN, Side.COORDINATION),
    **_moves((_S.WAITING,), Act.REFUSE, _S.REFUSED, Side.GUARDIAN, Side.COORDINATION),
    **_moves((_S.REFUSED,), Act.LIFT, _S.WAITING, Side.GUARDIAN, Side.COORDINATION),
    **_moves((_S.WAITING,), Act.CONFIRM_ONESELF, _S.OPEN, Side.PUPIL),
    **_moves((_S.WAITING,), Act.LAPSE, _S.UNAPPROVED, Side.PROGRAM),
    **_moves((_S.OPEN,), Act.ACCEPT, _S.OFFERED, Side.COMPANY),
    **_moves((_S.OPEN,), Act.PUT_ON_LIST, _S.WAITLISTED, Side.COMPANY, Side.PROGRAM),
    **_moves((_S.OPEN, _S.WAITLISTED), Act.DECLINE, _S.DECLINED, Side.COMPANY),
    **_moves((_S.OPEN,), Act.LAPSE, _S.UNANSWERED, Side.PROGRAM),
    **_moves((_S.OFFERED,), Act.CONFIRM, _S.CONFIRMED, Side.PUPIL),
    **_moves((_S.OFFERED,), Act.LAPSE, _S.MISSED, Side.PROGRAM),
    **_moves(_YOUNG, Act.WITHDRAW, _S.WITHDRAWN, Side.PUPIL, Side.GUARDIAN),
    **_moves((_S.WAITLISTED,), Act.MOVE_UP, _S.OFFERED, Side.PROGRAM),
    **_moves((_S.WAITLISTED,), Act.LAPSE, _S.DECLINED, Side.PROGRAM),
    **_moves(
        _PROMISED,
        Act.CANCEL,
        _S.CANCELLED_BY_PUPIL,
        *(Side.PUPIL, Side.GUARDIAN, Side.COMPANY),
    ),
    **_moves((_S.CONFIRMED,), Act.BEGIN, _S.RUNNING, Side.PROGRAM),
    **_moves(
        (_S.RUNNING,),
        Act.BREAK_OFF,
        _S.BROKEN_OFF,
        *(Side.PUPIL, Side.GUARDIAN, Side.COMPANY),
    ),
    **_moves((_S.RUNNING,), Act.FINISH, _S.ATTENDED, Side.PROGRAM),
}

# Those that count against the limit of applications at a time.
LIVE = frozenset({_S.WAITING, _S.OPEN, _S.WAITLISTED, _S.OFFERED})
# A place is reserved for these.
HOLDS_A_PLACE = frozenset({_S.OFFERED, _S.CONFIRMED, _S.RUNNING})
# Some days of these were worked.
TOOK_PART = frozenset({_S.ATTENDED, _S.PARTLY, _S.BROKEN_OFF})
# Promised and given up: the company keeps a bare line, no name and no field.
GIVEN_UP = frozenset({_S.MISSED, _S.CANCELLED_BY_PUPIL, _S.CANCELLED_BY_COMPANY})
# What the company may read.
HANDED_OVER = frozenset(
    {
        _S.OPEN,
        _S.WAITLISTED,
        _S.OFFERED,
        _S.CONFIRMED,
        _S.RUNNING,
        _S.BROKEN_OFF,
        _S.ATTENDED,
        _S.PARTLY,
        _S.EXCUSED,
        _S.NO_SHOW,
    }
)

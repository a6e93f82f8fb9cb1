"""Who learns what: letters to the sides, and the log of the office."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from marketplace.encounters.introductions.enums import (
    LETTERS,
    DeclineCode,
    Event,
    Side,
)
from marketplace.encounters.introductions.models import Introduction, IntroductionEvent
from marketplace.encounters.introductions.queries import log_of
from marketplace.encounters.introductions.rules import has_agreed
from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.people.accounts.enums import Notice
from marketplace.people.accounts.queries import willing
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.queries import addresses_of
from marketplace.upkeep.mail.enums import LetterState
from marketplace.upkeep.mail.models import Letter
from marketplace.upkeep.mail.queries import states_by_message
from marketplace.upkeep.mail.services import queue

BOTH = (Side.PROVIDER, Side.COMPANY)
NO_ANSWER = "no_answer"


@dataclass(frozen=True)
class LogLine:
    """A line of the broker log, and how its letter fared, if it is one."""

    event: IntroductionEvent
    delivery: LetterState | None

    @property
    def words(self) -> str:
        """What happened, and of a letter which one to whom."""
        if self.event.to_side:
            return _(
                "Brief an %(side)s: %(letter)s",
                side=self.event.to_side.label,
                letter=LETTERS.get(self.event.code, self.event.code),
            )
        return str(next(e.label for e in Event if e == self.event.event))

    @property
    def reason(self) -> str:
        """The coded reason in words."""
        codes = [code for code in DeclineCode if code == self.event.code]
        return str(codes[0].label) if codes else ""


def note(
    introduction: Introduction,
    event: Event,
    *,
    side: Side,
    at: datetime,
    code: str = "",
) -> None:
    """Adds a line to the broker log; the introduction must have its id already."""
    _add(introduction, event, side=side, at=at, code=code)


def tell(
    letter: Callable[..., Letter],
    introduction: Introduction,
    sides: Iterable[Side],
    *,
    at: datetime,
    notice: Notice | None = None,
) -> None:
    """Writes to some sides, and notes each letter in the log.

    A letter that is a notice goes only to whom wants it.
    """
    for side in sides:
        words = letter(introduction, to_provider=side is Side.PROVIDER)
        addresses = addresses_of(party(introduction, side))
        if notice:
            addresses = willing(addresses, notice)
        for entry in queue(words, addresses, at=at):
            _add(
                introduction,
                Event.LETTER,
                side=Side.PROGRAM,
                at=at,
                code=words.name,
                to_side=side,
                message_id=entry.message_id,
            )


def broker_log(introduction: Introduction) -> list[LogLine]:
    """The log of an introduction for the office, each letter with how it fared."""
    events = log_of(introduction)
    states = states_by_message([e.message_id for e in events if e.message_id])
    return [LogLine(event, states.get(event.message_id)) for event in events]


def party(introduction: Introduction, side: Side) -> Organisation:
    """The organisation that is this side."""
    return introduction.provider if side is Side.PROVIDER else introduction.company


def others(side: Side) -> tuple[Side, ...]:
    """The two sides without this one; for the office both."""
    return tuple(other for other in BOTH if other is not side)


def silent(introduction: Introduction) -> Sequence[Side]:
    """The sides that have not agreed."""
    return tuple(side for side in BOTH if not has_agreed(introduction, side))


def _add(introduction: Introduction, event: Event, **values: object) -> None:
    line = IntroductionEvent(
        introduction_id=introduction.id, event=event.value, **values
    )
    db.session.add(line)

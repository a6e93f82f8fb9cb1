"""What every act of a partnership does first and last."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from marketplace.encounters.introductions.enums import Event, Side
from marketplace.encounters.introductions.services.telling import note, tell
from marketplace.encounters.partnerships.enums import Act
from marketplace.encounters.partnerships.mails import Writing
from marketplace.encounters.partnerships.models import Partnership
from marketplace.encounters.partnerships.rules import can_act, sides_of
from marketplace.foundation.database import locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.models import Letter


def held(
    partnership: Partnership, act: Act, *, side: Side, actor: User | None
) -> Partnership:
    """Holds a partnership for one act of a side; refuses what the table lacks."""
    partnership = locked(partnership)
    is_program = actor is None and side is Side.PROGRAM
    if not is_program and side not in sides_of(actor, partnership):
        raise Refusal(_("Das entscheiden die beiden Seiten."))
    if not can_act(side, partnership, act):
        raise Refusal(_("Das geht nicht mehr. Sehen Sie sich den neuen Stand an."))
    return partnership


def noted(
    partnership: Partnership,
    event: Event,
    *,
    side: Side,
    actor: User | None,
    at: datetime,
    code: str = "",
) -> None:
    """Leaves an act in the record and in the broker log of the pair."""
    record(f"partnership.{event}", partnership, actor=actor, at=at)
    note(partnership.introduction, event, side=side, code=code, at=at)


def write(
    letter: Callable[..., Letter],
    partnership: Partnership,
    sides: Iterable[Side],
    *,
    at: datetime,
) -> None:
    """Writes to some sides, as the log of the pair notes."""
    words = partial(letter, Writing(partnership))
    tell(words, partnership.introduction, sides, at=at)

"""A file is looked at, or taken over, a part of its entries at a time.

Each part is a transaction of its own, which also says how far it came: a worker that
dies leaves the part it was at undone, and the next one goes on there; meanwhile
others can write. The first part is done where somebody waits for it, so that a short
file needs no worker.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime
from math import inf
from time import perf_counter
from typing import Any

from flask_babel import force_locale
from sqlalchemy.exc import OperationalError

from marketplace.foundation.database import db, locked_all, unlocked
from marketplace.foundation.language import _
from marketplace.people.accounts.models import User
from marketplace.postings.lives.enums import PostingState
from marketplace.stewardship.imports.enums import Outcome
from marketplace.stewardship.takeovers.enums import Fate, TakeoverState
from marketplace.stewardship.takeovers.models import Takeover
from marketplace.stewardship.takeovers.queries import ALIVE, postings_by_keys
from marketplace.stewardship.takeovers.services.crafts import CRAFTS
from marketplace.stewardship.takeovers.services.likeness import days_of, with_day
from marketplace.stewardship.takeovers.services.reading import read_entries
from marketplace.stewardship.takeovers.services.taking import Item, Taker
from marketplace.stewardship.takeovers.services.told import Told
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.files.queries import content_of
from marketplace.upkeep.files.services import drop_file
from marketplace.upkeep.jobs.services import ask_for

GO_ON, TELL = "takeovers.go_on", "takeovers.tell_of_failure"
# So long a part may take at most: who writes meanwhile waits for no more than that.
SECONDS = 0.5
UNDERWAY = (TakeoverState.READING, TakeoverState.TAKING)
log = logging.getLogger(__name__)


def read_again(takeover: Takeover) -> list[Told]:
    """The entries of a file that is kept, the same whenever it is asked.

    Its series are followed from the day on which it was given.
    """
    content = content_of(takeover.file) if takeover.file else b""
    return read_entries(content, takeover.kind, at=takeover.given_at)


def begin_taking(takeover: Takeover, entries: Sequence[Told]) -> None:
    """Forgets what the look showed: from here on it is what became of each entry."""
    takeover.state, takeover.entry_count = TakeoverState.TAKING, len(entries)
    takeover.items, takeover.done_count = [], 0


def go_on(number: int, *, at: datetime) -> Takeover | None:
    """Does the next part of a file in the language of whoever gave it.

    Gives the file, if there was something left to do.
    """
    # Nobody else waits for us while the file is read.
    with unlocked():
        takeover = db.session.get(Takeover, number)
        if takeover is None or takeover.state not in UNDERWAY:
            return None
        entries = read_again(takeover)
    locked_all(Takeover, [number])  # it may have been thrown away meanwhile
    takeover = db.session.get(Takeover, number)
    if takeover is None or takeover.state not in UNDERWAY:
        return None
    with force_locale(takeover.locale):
        do_part(takeover, entries, at=at)
    return takeover


def do_part(
    takeover: Takeover,
    entries: Sequence[Told],
    *,
    at: datetime,
    is_whole: bool = False,
) -> None:
    """Looks at the next entries, or takes them over, and asks for those behind them.

    With `is_whole` there are none behind them, however long it takes. An entry at
    which the program fails is set aside with a reason, the others go on.
    """
    is_look = takeover.state is TakeoverState.READING
    if takeover.given_by is None:  # whoever gave it has left: what is done stands
        _end(takeover, is_look=is_look, at=at)
        return
    rest = entries[takeover.done_count :]
    with _undone() if is_look else nullcontext():
        taker = _taker_of(takeover, takeover.given_by, entries, is_look=is_look, at=at)
        items, failed = _taken(taker, rest, inf if is_whole else SECONDS)
        is_last = len(items) == len(rest)
        vanished = _vanished(taker) if is_last else []
    takeover.items = [*takeover.items, *(_told(item, is_look) for item in items)]
    takeover.done_count, takeover.vanished = len(takeover.items), vanished
    for line in failed:
        name = f"takeover {takeover.public_id} line {line}"
        ask_for(TELL, {"takeover": takeover.public_id}, name=name, due_at=at)
    if is_last:
        _end(takeover, is_look=is_look, at=at)
    else:
        _ask_for_part(takeover, at=at)


def _taker_of(
    takeover: Takeover,
    actor: User,
    entries: Sequence[Told],
    *,
    is_look: bool,
    at: datetime,
) -> Taker:
    """Goes on behind what is done; of an entry that stands twice the first counts."""
    told, done = takeover.fates.items(), entries[: takeover.done_count]
    return Taker(
        takeover.organisation,
        takeover.file_name,
        actor,
        at,
        is_submitted=is_look or takeover.is_submitted,
        fates={int(line): Fate(fate) for line, fate in told},  # type: ignore[call-arg]
        told={(one.kind, one.key) for one in entries},
        seen={(one.kind, one.key): one.entry.line for one in reversed(done)},
    )


def _taken(
    taker: Taker, entries: Sequence[Told], seconds: float
) -> tuple[list[dict[str, Any]], list[int]]:
    """What became of the entries for which there was time, and where it failed."""
    began, items, failed = perf_counter(), list[dict[str, Any]](), list[int]()
    for told in entries:
        try:
            items.append(taker.take(told).stored)
        except OperationalError:  # the database is away; no entry can help it
            raise
        except Exception:
            failed.append(told.entry.line)
            log.exception("Line %s of a file failed", failed[-1])
            why = _("Hier ist unser Programm gescheitert. Wir sehen uns das an.")
            items.append(Item(told, Outcome.REJECTED, why).stored)
        if perf_counter() - began > seconds:
            break
    return items, failed


@contextmanager
def _undone() -> Iterator[None]:
    """Leaves no trace of the block in the database."""
    trial = db.session.begin_nested()
    try:
        yield
    finally:
        trial.rollback()


def _told(item: dict[str, Any], is_look: bool) -> dict[str, Any]:
    """What is kept of an entry; what would be new has no page yet."""
    is_new = is_look and item["outcome"] == Outcome.CREATED
    return item | {"key": ""} if is_new else item


def _end(takeover: Takeover, *, is_look: bool, at: datetime) -> None:
    if is_look:
        takeover.state = TakeoverState.CHOSEN
        return
    takeover.state, takeover.taken_at = TakeoverState.DONE, at
    file, takeover.file = takeover.file, None
    db.session.flush()  # nothing points to the file any more
    if file:
        drop_file(file)
    record("takeover.taken", takeover, actor=takeover.given_by, at=at)


def _ask_for_part(takeover: Takeover, *, at: datetime) -> None:
    name = f"{takeover.state} {takeover.public_id} from {takeover.done_count}"
    ask_for(GO_ON, {"takeover": takeover.id}, name=f"takeover {name}", due_at=at)


def _vanished(taker: Taker) -> list[dict[str, Any]]:
    """What earlier files of this name had, is still there, and is told no more."""
    # What somebody said is the same is told under another key.
    still = {row.posting_key for key, row in taker.known.items() if key in taker.told}
    gone = [
        row
        for key, row in taker.known.items()
        if row.file_name == taker.file_name and row.posting_key not in still
    ]
    lost: list[dict[str, Any]] = []
    for kind, craft in CRAFTS.items():
        keys = [row.posting_key for row in gone if row.kind is kind]
        for key, posting in postings_by_keys(craft.model, keys).items() if keys else ():
            if posting.state not in ALIVE:
                continue
            lost.append(
                {
                    "kind": kind.value,
                    "key": key,
                    "title": with_day(posting.title, days_of(posting)),
                    "may_rest": posting.state is PostingState.PUBLISHED,
                }
            )
    return lost

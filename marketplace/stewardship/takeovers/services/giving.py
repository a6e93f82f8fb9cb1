"""A file is given, looked into, taken over or thrown away; what vanished is rested."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from pathlib import PurePath
from typing import Any

from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.postings.lives.enums import Act, PostingState
from marketplace.postings.lives.services import require_member
from marketplace.stewardship.takeovers.enums import (
    Fate,
    TakeoverKind,
    TakeoverState,
)
from marketplace.stewardship.takeovers.models import Takeover
from marketplace.stewardship.takeovers.queries import ALIVE, postings_by_keys
from marketplace.stewardship.takeovers.services.crafts import CRAFTS
from marketplace.stewardship.takeovers.services.likeness import days_of, with_day
from marketplace.stewardship.takeovers.services.reading import read_entries
from marketplace.stewardship.takeovers.services.taking import Taker
from marketplace.stewardship.takeovers.services.told import Told
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.files.models import StoredFile
from marketplace.upkeep.files.queries import content_of
from marketplace.upkeep.files.services import drop_file, keep_file

NO_FATES: Mapping[int, Fate] = {}


def give_file(
    organisation: Organisation,
    content: bytes,
    *,
    name: str,
    kind: TakeoverKind,
    actor: User,
    at: datetime,
) -> Takeover:
    """Keeps a file and writes down what would become of its entries.

    Refuses strangers, and with one sentence what cannot be read.
    """
    require_member(actor, organisation)
    entries = read_entries(content, kind, at=at)
    name = PurePath(name.replace("\\", "/")).name[-200:] or _("ohne Namen")
    stored = keep_file(
        content,
        name=name,
        content_type="application/octet-stream",
        kind="takeover",
        at=at,
    )
    takeover = Takeover(
        organisation=organisation,
        given_by=actor,
        file_name=name,
        kind=entries[0].kind,
        file=stored,
        given_at=at,
    )
    db.session.add(takeover)
    db.session.flush()  # the record needs its id
    _look(takeover, entries, actor=actor, at=at)
    record("takeover.given", takeover, actor=actor, at=at)
    return takeover


def take_file(
    takeover: Takeover,
    *,
    is_submitted: bool,
    fates: Mapping[int, Fate] = NO_FATES,
    actor: User,
    at: datetime,
) -> None:
    """Takes the entries over, each whole or not at all; refuses a second time.

    With `is_submitted` new ones are handed in at once, as far as they are complete.
    """
    require_member(actor, takeover.organisation)
    file = _require_chosen(locked(takeover))
    entries = read_entries(content_of(file), takeover.kind, at=at)
    taker = Taker(
        takeover.organisation,
        takeover.file_name,
        actor,
        at,
        is_submitted=is_submitted,
        fates=fates,
    )
    takeover.items = [taker.take(one).stored for one in entries]
    takeover.vanished = _vanished(taker, entries)
    takeover.state, takeover.taken_at = TakeoverState.DONE, at
    takeover.file = None
    db.session.flush()  # nothing points to the file any more
    drop_file(file)
    record("takeover.taken", takeover, actor=actor, at=at)


def discard_file(takeover: Takeover, *, actor: User | None, at: datetime) -> None:
    """Throws a file away that was only looked at."""
    file = _require_chosen(takeover)
    record("takeover.discarded", takeover, actor=actor, at=at)
    takeover.file = None
    db.session.delete(takeover)
    db.session.flush()  # nothing points to the file any more
    drop_file(file)


def rest_vanished(
    takeover: Takeover, keys: Collection[str], *, actor: User, at: datetime
) -> int:
    """Lets rest what is no longer in the file, as far as somebody ticked it."""
    require_member(actor, takeover.organisation)
    count = 0
    for kind, craft in CRAFTS.items():
        chosen = [
            one["key"]
            for one in takeover.vanished
            if one["kind"] == kind and one["key"] in keys
        ]
        for posting in postings_by_keys(craft.model, chosen).values():
            if posting.state is PostingState.PUBLISHED:
                why = _("Steht nicht mehr in %(file)s.", file=takeover.file_name)
                craft.move(posting, Act.PAUSE, actor=actor, at=at, words=why)
                count += 1
    return count


def _look(
    takeover: Takeover, entries: Sequence[Told], *, actor: User, at: datetime
) -> None:
    """Takes everything over as a trial and leaves no trace but what it showed."""
    trial = db.session.begin_nested()
    try:
        taker = Taker(
            takeover.organisation, takeover.file_name, actor, at, is_submitted=True
        )
        items = [taker.take(one).stored for one in entries]
        vanished = _vanished(taker, entries)
        db.session.flush()
    finally:
        trial.rollback()
    takeover.items = [
        # What would be new has no page yet.
        item | {"key": ""} if item["outcome"] == "created" else item
        for item in items
    ]
    takeover.vanished = vanished


def _vanished(taker: Taker, entries: Sequence[Told]) -> list[dict[str, Any]]:
    """What earlier files of this name had, is still there, and is told no more."""
    told = {(one.kind, one.key) for one in entries}
    gone = [
        row
        for key, row in taker.known.items()
        if key not in told and row.file_name == taker.file_name
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


def _require_chosen(takeover: Takeover) -> StoredFile:
    if takeover.state is not TakeoverState.CHOSEN or takeover.file is None:
        raise Refusal(_("Diese Datei ist schon übernommen."))
    return takeover.file

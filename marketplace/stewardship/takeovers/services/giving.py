"""A file is given, looked into, taken over or thrown away; what vanished is rested."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from pathlib import PurePath

from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _, chosen_locale
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
from marketplace.stewardship.takeovers.queries import postings_by_keys
from marketplace.stewardship.takeovers.services.crafts import CRAFTS
from marketplace.stewardship.takeovers.services.parts import (
    begin_taking,
    do_part,
    read_again,
)
from marketplace.stewardship.takeovers.services.reading import read_entries
from marketplace.stewardship.takeovers.services.told import Told
from marketplace.upkeep.audit.services import record
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
    """Keeps a file and looks at its first entries; the worker looks at those behind.

    Refuses strangers, and with one sentence what cannot be read.
    """
    require_member(actor, organisation)
    entries = read_entries(content, kind, at=at)
    takeover = _begun(organisation, name, content, entries, actor=actor, at=at)
    do_part(takeover, entries, at=at)
    return takeover


def take_file(
    takeover: Takeover,
    *,
    is_submitted: bool,
    fates: Mapping[int, Fate] = NO_FATES,
    actor: User,
    at: datetime,
) -> None:
    """Takes the first entries over, and lets the worker take those behind.

    Each comes whole or not at all. With `is_submitted` new ones are handed in at once,
    as far as they are complete. Refuses what is not looked at yet, and a second time.
    """
    require_member(actor, takeover.organisation)
    takeover = locked(takeover)
    if takeover.state is not TakeoverState.CHOSEN or takeover.file is None:
        raise Refusal(_("Diese Datei ist schon unterwegs oder übernommen."))
    entries = read_again(takeover)
    takeover.is_submitted = is_submitted
    takeover.fates = {str(line): fate.value for line, fate in fates.items()}
    begin_taking(takeover, entries)
    do_part(takeover, entries, at=at)


def take_unseen(
    organisation: Organisation,
    content: bytes,
    *,
    name: str,
    kind: TakeoverKind,
    is_submitted: bool,
    is_whole: bool = False,
    actor: User,
    at: datetime,
) -> Takeover:
    """Takes a file over that nobody looks at before, as `take_file` does.

    With `is_whole` the worker has nothing left to do. Refuses as `give_file` does.
    """
    require_member(actor, organisation)
    entries = read_entries(content, kind, at=at)
    takeover = _begun(organisation, name, content, entries, actor=actor, at=at)
    takeover.is_submitted = is_submitted
    begin_taking(takeover, entries)
    do_part(takeover, entries, at=at, is_whole=is_whole)
    return takeover


def discard_file(takeover: Takeover, *, actor: User | None, at: datetime) -> None:
    """Throws a file away that was only looked at; refuses what is on its way or in."""
    takeover = locked(takeover)
    if takeover.state not in (TakeoverState.READING, TakeoverState.CHOSEN):
        raise Refusal(_("Diese Datei ist schon unterwegs oder übernommen."))
    record("takeover.discarded", takeover, actor=actor, at=at)
    file, takeover.file = takeover.file, None
    db.session.delete(takeover)
    db.session.flush()  # nothing points to the file any more
    if file:
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


def _begun(
    organisation: Organisation,
    name: str,
    content: bytes,
    entries: Sequence[Told],
    *,
    actor: User,
    at: datetime,
) -> Takeover:
    """A file of which nothing is looked at yet."""
    name = PurePath(name.replace("\\", "/")).name[-200:] or _("ohne Namen")
    takeover = Takeover(
        organisation=organisation,
        given_by=actor,
        file_name=name,
        kind=entries[0].kind,
        file=keep_file(
            content,
            name=name,
            content_type="application/octet-stream",
            kind="takeover",
            at=at,
        ),
        locale=chosen_locale(),
        entry_count=len(entries),
        given_at=at,
    )
    db.session.add(takeover)
    db.session.flush()  # the record needs its id
    record("takeover.given", takeover, actor=actor, at=at)
    return takeover

"""Files that organisations lay into folders of their own are seen, taken, laid aside.

Three steps, each in a transaction of its own: what was seen is written down, what
became of it stands beside it in one transaction, and only then the file moves. A
crash between two of them is caught up by whoever looks next.
"""

import csv
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from time import time

from sqlalchemy.exc import IntegrityError

from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.foundation.spreadsheets_writing import neutral
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.queries import organisation_by_key
from marketplace.stewardship.takeovers.enums import LaidState, TakeoverState
from marketplace.stewardship.takeovers.models import LaidFile
from marketplace.stewardship.takeovers.queries import files_underway, refusal_before
from marketplace.stewardship.takeovers.services.reading import MAX_BYTES
from marketplace.stewardship.takeovers.services.watching import (
    take_watched,
    tell_of_file,
    tell_of_watched,
)

DONE, REJECTED = "done", "rejected"
# A file that changed a moment ago may still be written; so may one of these names.
QUIET_SECONDS = 60.0
UNFINISHED = (".part", ".partial", ".filepart", ".tmp", ".crdownload", ".lock", "~")
# So many are seen at one look; the others are seen at the next.
MOST_FILES = 200
# Of a name so much is kept: a moment stands before it, an ending behind it.
LONGEST_NAME = 180
COLUMNS = ("line", "title", "outcome", "reason")


def look_into(root: Path, *, at: datetime) -> list[LaidFile]:
    """Writes down what lies still in the folders below, and gives what is underway.

    A file is underway until it is laid aside, and is written down once.
    """
    root = root.absolute()
    underway = [
        laid
        for laid in db.session.scalars(files_underway())
        if Path(laid.folder).parent == root
    ]
    known = {(laid.folder, laid.file_name) for laid in underway}
    for path in _still_files(root):
        if len(underway) >= MOST_FILES:
            break
        if (str(path.parent), path.name) not in known and (laid := _seen(path, at=at)):
            underway.append(laid)
    return underway


def take_laid(laid: LaidFile, *, at: datetime) -> None:
    """Takes a file over that was seen, or notes why not; a second time does nothing.

    Of a long one the first part; it waits until the worker took the rest. One that is
    gone, or is being written after all, is forgotten: whoever looks next sees it anew.
    """
    laid = locked(laid)
    if laid.state is not LaidState.WAITING:
        return
    if laid.takeover is None and not _begin(laid, at=at):
        return
    if laid.takeover:
        if laid.takeover.state is not TakeoverState.DONE:
            return
        tell_of_watched(laid.takeover, at=at)
        laid.state = LaidState.TAKEN
    folder = DONE if laid.state is LaidState.TAKEN else REJECTED
    name = f"{at:%Y%m%dT%H%M%S}_{laid.public_id}-{_short(laid.file_name)}"
    laid.aside = f"{folder}/{name}"


def _begin(laid: LaidFile, *, at: datetime) -> bool:
    """Begins to take a file over, or notes why not; says whether it is still there."""
    organisation = organisation_by_key(Path(laid.folder).name.partition("-")[0])
    laid.organisation_id = organisation.id if organisation else None
    try:
        content = _content_of(laid)
        if content is None:
            db.session.delete(laid)
            return False
        with db.session.begin_nested():
            laid.takeover = take_watched(
                _known(organisation), content, name=laid.file_name, at=at
            )
    except Refusal as refusal:
        laid.state, laid.refusal = LaidState.REFUSED, refusal.sentence[:400]
        # A program that lays the same file every night is told once.
        if organisation and refusal_before(laid) != laid.refusal:
            tell_of_file(organisation, laid.file_name, [laid.refusal], at=at)
    return True


def lay_aside(laid: LaidFile, *, at: datetime) -> None:
    """Moves a file that was taken or refused, beside its report.

    What lies there under its name but is otherwise by now stays: it is another file.
    """
    laid = locked(laid)
    if laid.state is LaidState.WAITING or laid.laid_aside_at:
        return
    path, goal = Path(laid.folder) / laid.file_name, Path(laid.folder) / laid.aside
    if path.parent.is_dir():
        goal.parent.mkdir(exist_ok=True)
        if goal.parent.is_symlink():
            raise NotADirectoryError(goal.parent)
        _write_report(laid, goal)
        if not goal.exists() and _is_as_read(path, laid):
            path.rename(goal)
    laid.laid_aside_at = at


def is_underway(laid: LaidFile) -> bool:
    """Says whether a file is taken over in part."""
    return laid.state is LaidState.WAITING and laid.takeover is not None


def counts_of(laid: LaidFile) -> Counter[str]:
    """How many entries of a file became what."""
    items = laid.takeover.items if laid.takeover else []
    return Counter(item["outcome"] for item in items)


def _still_files(root: Path) -> Iterator[Path]:
    """What lies in the folders of organisations and is not being written."""
    for place in sorted(root.iterdir()):
        if place.is_symlink() or not place.is_dir() or place.name.startswith("."):
            continue
        for found in sorted(place.iterdir()):
            if found.is_symlink() or not found.is_file():
                continue
            path = _named_in_words(found)
            is_open = path.name.startswith(".") or path.name.endswith(UNFINISHED)
            if not is_open and time() - path.stat().st_mtime >= QUIET_SECONDS:
                yield path


def _named_in_words(path: Path) -> Path:
    """Renames a file whose name is of an older code page, which nothing can keep."""
    try:
        path.name.encode()
    except UnicodeEncodeError:
        words = os.fsencode(path.name).decode("cp1252", "replace")
        return path.rename(path.with_name(words))
    return path


def _seen(path: Path, *, at: datetime) -> LaidFile | None:
    """Writes a file down; nothing, if somebody did so in the same instant."""
    there = path.stat()
    laid = LaidFile(
        folder=str(path.parent),
        file_name=path.name,
        size=there.st_size,
        mtime_ns=there.st_mtime_ns,
        seen_at=at,
    )
    with suppress(IntegrityError), db.session.begin_nested():
        db.session.add(laid)
        db.session.flush()
        return laid
    return None


def _known(organisation: Organisation | None) -> Organisation:
    if organisation is None:
        raise Refusal(_("Der Ordner ist nicht nach einer Organisation benannt."))
    return organisation


def _content_of(laid: LaidFile) -> bytes | None:
    """What is in a file; none if it is gone, leads elsewhere, or changes meanwhile."""
    path = Path(laid.folder) / laid.file_name
    if not _is_as_read(path, laid):
        return None
    if laid.size > MAX_BYTES:
        raise Refusal(_("Die Datei ist größer als 5 MB. Teilen Sie sie bitte auf."))
    content = path.read_bytes()
    return content if _is_as_read(path, laid) else None


def _is_as_read(path: Path, laid: LaidFile) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    there = path.stat()
    return (there.st_size, there.st_mtime_ns) == (laid.size, laid.mtime_ns)


def _short(name: str) -> str:
    """The end of a name, as long as every disk takes it."""
    return name.encode()[-LONGEST_NAME:].decode(errors="ignore")


def _write_report(laid: LaidFile, goal: Path) -> None:
    if laid.takeover is None:
        goal.with_name(f"{goal.name}.txt").write_text(f"{laid.refusal}\n", "utf-8")
        return
    path = goal.with_name(f"{goal.name}.csv")
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for item in laid.takeover.items:
            writer.writerow([neutral(str(item[name])) for name in COLUMNS])

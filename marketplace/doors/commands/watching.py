"""The folder of an operator in which organisations lay their own files."""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import time

from flask_babel import force_locale

from marketplace.foundation.clock import now
from marketplace.foundation.database import transaction
from marketplace.foundation.refusals import Refusal
from marketplace.foundation.spreadsheets_writing import neutral
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.queries import organisation_by_key
from marketplace.stewardship.takeovers.models import Takeover
from marketplace.stewardship.takeovers.services.reading import MAX_BYTES
from marketplace.stewardship.takeovers.services.watching import (
    take_watched,
    tell_of_file,
)

DONE, REJECTED = "done", "rejected"
# A file that changed a moment ago may still be written.
QUIET_SECONDS = 5.0
COLUMNS = ("line", "title", "outcome", "reason")
Line = dict[str, object]


def watch_folder(folder: Path) -> Iterator[Line]:
    """Takes over what lies there, and tells of each file; then where to find it."""
    for place in sorted(folder.iterdir()):
        if place.is_symlink() or not place.is_dir() or place.name.startswith("."):
            continue
        for path in sorted(place.iterdir()):
            is_file = path.is_file() and not path.is_symlink()
            if is_file and not path.name.startswith(".") and _is_quiet(path):
                yield _take(place, path)


def _take(place: Path, path: Path) -> Line:
    """Takes one file over and moves it; a second time after a crash changes nothing."""
    at = now()
    try:
        with force_locale("de"), transaction():
            organisation, content = _owner_of(place), _content_of(path)
            takeover = take_watched(organisation, content, name=path.name, at=at)
            counts = Counter(item["outcome"] for item in takeover.items)
    except Refusal as refusal:
        _tell(place, path, refusal.sentence)
        moved = _move(path, REJECTED)
        moved.with_name(f"{moved.name}.txt").write_text(f"{refusal.sentence}\n")
        return {"file": str(moved), "refused": refusal.sentence}
    moved = _move(path, DONE)
    _write_report(takeover, moved.with_name(f"{moved.name}.csv"))
    return {"file": str(moved), **counts}


def _owner_of(place: Path) -> Organisation:
    organisation = organisation_by_key(place.name.partition("-")[0])
    if organisation is None:
        raise Refusal("Der Ordner ist nicht nach einer Organisation benannt.")
    return organisation


def _content_of(path: Path) -> bytes:
    if path.stat().st_size > MAX_BYTES:
        raise Refusal("Die Datei ist größer als 5 MB.")
    return path.read_bytes()


def _tell(place: Path, path: Path, sentence: str) -> None:
    with transaction():
        organisation = organisation_by_key(place.name.partition("-")[0])
        if organisation:
            tell_of_file(organisation, path.name, [sentence], at=now())


def _move(path: Path, name: str) -> Path:
    folder = path.parent / name
    folder.mkdir(exist_ok=True)
    return path.rename(folder / f"{now():%Y%m%dT%H%M%S%f}-{path.name}")


def _write_report(takeover: Takeover, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for item in takeover.items:
            writer.writerow([neutral(str(item[name])) for name in COLUMNS])


def _is_quiet(path: Path) -> bool:
    return time() - path.stat().st_mtime >= QUIET_SECONDS

"""Files of the instance that go with time: logs, and backups it wrote itself."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from marketplace.foundation.clock import start_of

LOGS, BACKUPS = "logs", "backups.jsonl"


def old_logs(folder: Path, day: date) -> Sequence[Path]:
    """The files in the folder of logs that were last written before a day."""
    latest = start_of(day)
    files = [it for it in (folder / LOGS).glob("*") if it.is_file()]
    return sorted(
        it for it in files if datetime.fromtimestamp(it.stat().st_mtime, UTC) < latest
    )


def note_backup(folder: Path, file: Path, *, at: datetime) -> None:
    """Notes an archive that was written into the instance; others are not ours."""
    place = file.resolve()
    if not place.is_relative_to(folder.resolve()):
        return
    with (folder / BACKUPS).open("a") as stream:
        stream.write(json.dumps({"file": str(place), "at": at.isoformat()}) + "\n")


def old_backups(folder: Path, day: date) -> Sequence[Path]:
    """The archives in the instance that were written before a day, if still there."""
    latest = start_of(day)
    noted = folder / BACKUPS
    lines = noted.read_text().splitlines() if noted.exists() else []
    rows = [json.loads(line) for line in lines]
    old = [Path(it["file"]) for it in rows if datetime.fromisoformat(it["at"]) < latest]
    return sorted({it for it in old if it.exists()})

import json
from dataclasses import dataclass
from datetime import date

from marketplace.region.labour.rules import after_months
from marketplace.stewardship.vetting.models import ConductNote

RENEWED_AFTER = 5 * 12


@dataclass(frozen=True)
class Seen:
    """The four values of § 72a Abs. 5 SGB VIII; the first and third are always yes."""

    dated_on: date
    seen_by: str


def packed(seen: Seen) -> str:
    """The four values as they are kept."""
    values = {"seen": True, "dated_on": seen.dated_on.isoformat(), "no_entry": True}
    return json.dumps(values | {"seen_by": seen.seen_by}, sort_keys=True)


def seen_of(note: ConductNote) -> Seen | None:
    """What was seen; None while it is only asked for."""
    values = json.loads(note.seen) if note.seen else None
    if values is None:
        return None
    return Seen(date.fromisoformat(values["dated_on"]), values["seen_by"])


def is_released(note: ConductNote, day: date) -> bool:
    """Says whether a person may do it: seen, and not older than five years."""
    seen = seen_of(note)
    return seen is not None and day <= after_months(seen.dated_on, RENEWED_AFTER)

"""What a file tells of one entry, whatever the form of the file."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time
from hashlib import sha256
from html import unescape

import nh3

from marketplace.foundation.clock import BERLIN
from marketplace.foundation.text import fold_name
from marketplace.stewardship.imports.services.entries import Entry, cleaned, day_from
from marketplace.stewardship.takeovers.enums import TakeoverKind

MOST_ENTRIES = 200
LONGEST_KEY = 200
# The public id in an address, a UID or a table that this program wrote.
_OWN = re.compile(
    r"(?:/(?:veranstaltungen|angebote|praktika|foerderungen)/)([2-9a-z]{10})\b"
    r"|^([2-9a-z]{10})(?:(?:-\d+)?@mint-boerse)?$"
)
_BREAK = re.compile(r"<(?:br|/p|/li|/div|/h\d)\b[^<>]{0,100}>", re.IGNORECASE)
_CLOCK = re.compile(r"(?P<day>[\d.\-/]{8,10})[ T,]+(?P<h>\d{1,2})[:.](?P<m>\d{2})")


@dataclass(frozen=True)
class Told:
    """One entry, under the names that the rows of a table have."""

    kind: TakeoverKind
    entry: Entry
    # Whether its row has more cells than the table has headings.
    is_broken: bool = False

    @property
    def key(self) -> str:
        """What makes it one: what the file calls it, else its title, day and town."""
        given = self.entry.get("id")
        if given and len(given) <= LONGEST_KEY:
            return given
        names = ("title", "start", "city")
        by_words = [fold_name(self.entry.get(name)) for name in names]
        words = [given] if given else by_words
        return sha256("|".join(words).encode()).hexdigest()

    @property
    def own_key(self) -> str:
        """The public id of ours, where we wrote what the file tells; or nothing."""
        hit = _OWN.search(self.entry.get("id"))
        return (hit[1] or hit[2]) if hit else ""


def told(kind: TakeoverKind, line: int, **words: str) -> Told:
    """Puts words together as an entry; what is blank is not there."""
    clean = {name: cleaned(text.replace("\0", "")) for name, text in words.items()}
    return Told(kind, Entry(line, {name: text for name, text in clean.items() if text}))


def without_tags(text: str) -> str:
    """The words of a text that may be HTML, a line for each paragraph."""
    if "<" not in text and "&" not in text:
        return text
    return unescape(nh3.clean(_BREAK.sub("\n", text), tags=set()))


def moment_from(text: str, *, is_end: bool = False) -> datetime | None:
    """Reads an instant as files write it; a day alone is its beginning, or its end.

    Without a zone the clocks are those of Berlin.
    """
    day = day_from(text.strip())
    if day and (len(text) <= 10 or text.isdecimal()):
        at = time(23, 59) if is_end else time(0)
        return datetime.combine(day, at, BERLIN).astimezone(UTC)
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError:
        return _as_people_write(text)
    try:
        return (read if read.tzinfo else read.replace(tzinfo=BERLIN)).astimezone(UTC)
    except OverflowError:
        return None


def _as_people_write(text: str) -> datetime | None:
    hit = _CLOCK.match(text.strip())
    day = day_from(hit["day"]) if hit else None
    if hit is None or day is None or int(hit["h"]) > 23 or int(hit["m"]) > 59:
        return None
    at = time(int(hit["h"]), int(hit["m"]))
    return datetime.combine(day, at, BERLIN).astimezone(UTC)

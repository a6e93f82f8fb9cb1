"""What is public as a poster for the wall, drawn out of what feeds tell of it."""

from datetime import datetime

from flask_babel import force_locale

from marketplace.doors.feeds.services.records import Record
from marketplace.encounters.papers.services.posters import MOST_TOPICS, paragraphs
from marketplace.encounters.papers.services.printing import qr_of
from marketplace.foundation.documents import document

CLOSING = "Ansehen kostet nichts, auch ohne Konto."


def poster_of(record: Record, kind: str, times: str, *, at: datetime) -> bytes:
    """One page in German with title, kind, place and times, and the way to the entry.

    The description stands there where its licence lets everybody hand it on; so
    `record.text` is empty where it does not.
    """
    with_whom = f" von {record.organisation}" if record.organisation else ""
    data = {
        "lead": f"{kind}{with_whom}",
        "title": record.title,
        "topics": " · ".join(record.topics[:MOST_TOPICS]),
        "tasks": paragraphs(record.text),
        "facts": [
            (name, told)
            for name, told in (("Wo", record.place), ("Wann", times))
            if told
        ],
        "call": "Mehr dazu:",
        "closing": CLOSING,
        "address": record.link.partition("://")[2],
        "qr": qr_of(record.link),
    }
    with force_locale("de"):
        return document("poster", title=f"Aushang: {record.title}", data=data, at=at)

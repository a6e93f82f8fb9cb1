"""Records as Atom (RFC 4287), the newest first."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from marketplace.doors.feeds.services.records import Record
from marketplace.foundation.language import in_german as _

# What XML 1.0 cannot hold, however it is written.
FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Head:
    """What stands over the entries: names, addresses, and when the last change was."""

    title: str
    link: str
    page: str
    updated_at: datetime


def atom_of(head: Head, records: Iterable[Record]) -> Iterator[str]:
    """A feed; each entry tells its licence and where it comes from.

    What an entry is known by stays when its title changes.
    """
    yield (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<id>{_text(head.page)}</id>\n<title>{_text(head.title)}</title>\n"
        f"<updated>{head.updated_at.isoformat()}</updated>\n"
        f'<link rel="self" href={_value(head.link)}/>\n'
        f'<link rel="alternate" type="text/html" href={_value(head.page)}/>\n'
        "<author><name>MINT-Börse Mitteldeutschland</name></author>\n"
    )
    for record in records:
        yield _entry(record)
    yield "</feed>\n"


def _entry(record: Record) -> str:
    title = record.title
    if record.is_hint:
        title = _("Hinweis, nicht bestätigt: %(title)s", title=title)
    rights = f"{record.licence}, {record.source}"
    where = [record.organisation, record.place]
    summary = "\n".join([", ".join(filter(None, where)), record.text]).strip()
    topics = "".join(f"<category term={_value(topic)}/>\n" for topic in record.topics)
    return (
        f"<entry>\n<id>{_text(record.lasting_link)}</id>\n<title>{_text(title)}</title>\n"
        f"<updated>{record.changed_at.isoformat()}</updated>\n"
        f'<link rel="alternate" href={_value(record.link)}/>\n'
        f"{topics}<rights>{_text(rights)}</rights>\n"
        f"<summary>{_text(summary)}</summary>\n</entry>\n"
    )


def _text(words: str) -> str:
    return escape(FORBIDDEN.sub("", words))


def _value(words: str) -> str:
    return quoteattr(FORBIDDEN.sub("", words))

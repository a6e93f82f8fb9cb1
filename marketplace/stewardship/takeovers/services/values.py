"""What an entry of a file says, in the fields of the forms.

Only what the file tells is there: whatever else a posting has stays as it is.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from marketplace.foundation.clock import day_of
from marketplace.foundation.language import NamedEnum, _
from marketplace.foundation.text import fold_name
from marketplace.postings.internships.rules import MOST_OCCUPATIONS, MOST_TOPICS
from marketplace.postings.internships.tables import PeriodEntry
from marketplace.region.labour.enums import Basis
from marketplace.region.occupations.queries import (
    occupations_titled,
    suggested_occupations,
)
from marketplace.region.topics.enums import Audience, CostClass, Topic
from marketplace.region.topics.rules import (
    audiences_from_text,
    cost_class_from_text,
    format_from_text,
    topics_from_text,
)
from marketplace.stewardship.imports.services.entries import (
    Entry,
    RejectedRow,
    number_from,
)
from marketplace.stewardship.imports.services.texts import (
    BETWEEN,
    cut,
    link_of,
    named,
    span_in,
)
from marketplace.stewardship.takeovers.enums import TakeoverKind
from marketplace.stewardship.takeovers.services.lines import lines_from
from marketplace.stewardship.takeovers.services.told import Told, moment_from

LONGEST_TITLE, LONGEST_DESCRIPTION = 80, 1200
MOST_GUESTS, MOST_PLACES = 100_000, 500
Values = dict[str, Any]
# UTF-8 that was saved as something older, and umlauts of old Macs.
_GARBLED = re.compile(r"Ã[¤¶¼Ÿ„–œ]|[A-Za-z][ŸŠ§][a-zß§]|�")
BASES: Mapping[str, Basis] = {"schul": Basis.SCHOOL, "freiwillig": Basis.VOLUNTARY}


@dataclass
class Notes:
    """What a person should know of an entry that is taken over all the same."""

    sentences: list[str] = field(default_factory=list)

    def add(self, sentence: str) -> None:
        """Adds a sentence, if it is one."""
        if sentence:
            self.sentences.append(sentence)

    def __str__(self) -> str:
        return " ".join(self.sentences)


def values_of(told: Told, notes: Notes) -> Values:
    """The fields of an entry, without its site; rejects what cannot be one."""
    entry = told.entry
    title = entry.need("title", _("Titel"))
    if len(title) > LONGEST_TITLE:
        notes.add(_("Der Titel ist gekürzt."))
    description = entry.get("description")
    if len(description) > LONGEST_DESCRIPTION:
        notes.add(_("Die Beschreibung ist gekürzt."))
    if _GARBLED.search(f"{title} {description}"):
        notes.add(_("Die Umlaute sehen falsch aus: Speichern Sie die Datei als UTF-8."))
    values = {
        "title": cut(title, LONGEST_TITLE),
        "description": cut(description, LONGEST_DESCRIPTION),
        "topics": topics_of(entry),
        **OWN[told.kind](entry),
    }
    return {name: value for name, value in values.items() if value}


def proposed(entry: Entry) -> set[str]:
    """The fields read out of other words: they fill in, and replace nothing."""
    pairs = {"topics": "topics", "format": "format"}
    return {name for name, words in pairs.items() if not entry.get(words)}


def ends_on(values: Values) -> date | None:
    """The last day of which the fields tell."""
    days = [values.get(name) for name in ("ends_on", "valid_to", "starts_on")]
    moments = [values.get(name) for name in ("ends_at", "starts_at")]
    days += [day_of(at) for at in moments if at]
    days += [period.ends_on for period in values.get("periods", ())]
    return max((day for day in days if day), default=None)


def topics_of(entry: Entry) -> frozenset[Topic]:
    """Topics by their very names, else what the words propose; five at most."""
    words = entry.get("topics")
    listed = words.replace(", ", "; ")
    exactly = named(Topic, listed) if words else frozenset[Topic]()
    proposed = topics_from_text(f"{words} {entry.get('occupations')}")
    found = exactly or proposed or topics_from_text(entry.get("title"))
    return frozenset([topic for topic in Topic if topic in found][:MOST_TOPICS])


def _event(entry: Entry) -> Values:
    start, end = _moment(entry, "start"), _moment(entry, "end")
    if start and end and end < start:
        raise RejectedRow(_("Das Ende liegt vor dem Beginn."))
    return {
        "starts_at": start,
        "ends_at": end if end and end != start else None,
        "audiences": _audiences(entry),
        "capacity": _number(entry, "capacity", _("Plätze"), MOST_GUESTS),
        "link": link_of(entry.get("url")),
    }


def _offer(entry: Entry) -> Values:
    start, end = _day(entry, "start"), _day(entry, "end")
    span = span_in(entry.get("availability")) if start is None else None
    start, end = span or (start, end)
    _require_order(start, end)
    cost = entry.get("cost")
    ours = _first(CostClass, cost)
    dates = ("" if span else entry.get("availability"), entry.get("duration"))
    return {
        "format": format_from_text(entry.get("format") or entry.get("title")),
        "audiences": _audiences(entry),
        "starts_on": start,
        "ends_on": end,
        "dates_text": cut(" · ".join(filter(None, dates)), 200),
        "group_size": cut(entry.get("group_size"), 120),
        "cost": ours or (cost and cost_class_from_text(cost)),
        "cost_text": "" if ours else cut(cost, 300),
        "funding_today": entry.get("funding"),
        "lines": lines_from(entry.get("lines"), is_need=True),
        "link": link_of(entry.get("url")),
    }


def _sponsorship(entry: Entry) -> Values:
    start, end = _day(entry, "start"), _day(entry, "end")
    _require_order(start, end)
    return {
        "audiences": _audiences(entry),
        "valid_from": start,
        "valid_to": end,
        "lines": lines_from(entry.get("lines"), is_need=False),
        "link": link_of(entry.get("url")),
    }


def _internship(entry: Entry) -> Values:
    kind = entry.get("kind").casefold()
    return {
        "learn": cut(entry.get("learn"), 600),
        "bases": frozenset(basis for word, basis in BASES.items() if word in kind),
        "occupation_ids": _occupations(entry.get("occupations")),
        "periods": _periods(entry),
        "pay": cut(entry.get("pay"), 300),
        "papers": cut(entry.get("conditions"), 300),
    }


OWN: Mapping[TakeoverKind, Callable[[Entry], Values]] = {
    TakeoverKind.EVENTS: _event,
    TakeoverKind.OFFERS: _offer,
    TakeoverKind.SPONSORSHIPS: _sponsorship,
    TakeoverKind.INTERNSHIPS: _internship,
}


def _periods(entry: Entry) -> tuple[PeriodEntry, ...]:
    """One period, where the file tells its days; an offer of a place alone has none."""
    start, end = _day(entry, "start"), _day(entry, "end")
    if start is None:
        start, end = span_in(entry.get("period")) or (start, end)
    if start is None or end is None:
        return ()
    _require_order(start, end)
    return (
        PeriodEntry(
            starts_on=start,
            ends_on=end,
            place_count=_number(entry, "places", _("Plätze"), MOST_PLACES) or 1,
            apply_until=_day(entry, "apply_until"),
        ),
    )


def _occupations(text: str) -> tuple[int, ...]:
    """Those whose very names stand there; others are left to a person."""
    titles = text.split(BETWEEN)
    ours = occupations_titled(titles)
    if len(ours) == len(titles):
        return tuple(job.id for job in ours)[:MOST_OCCUPATIONS]
    found = []
    for name in text.replace(";", ",").split(","):
        folded = fold_name(name)
        near = suggested_occupations(name.strip()) if folded else ()
        found += [job.id for job in near if fold_name(job.title) == folded]
    return tuple(dict.fromkeys(found))[:MOST_OCCUPATIONS]


def _audiences(entry: Entry) -> frozenset[Audience]:
    words = entry.get("audience")
    return (
        named(Audience, words) or audiences_from_text(words) if words else frozenset()
    )


def _first(kind: type[NamedEnum], words: str) -> NamedEnum | None:
    return next(iter(named(kind, words)), None)


def _moment(entry: Entry, name: str) -> datetime | None:
    words = entry.get(name)
    read = moment_from(words, is_end=name == "end") if words else None
    if words and read is None:
        raise RejectedRow(
            _("„%(words)s“ ist kein Tag.", words=words[:40])
            + " "
            + _("Schreiben Sie ihn wie 20.03.2027 oder 20.03.2027 17:00.")
        )
    return read


def _day(entry: Entry, name: str) -> date | None:
    read = _moment(entry, name)
    return day_of(read) if read else None


def _require_order(start: date | None, end: date | None) -> None:
    if start and end and end < start:
        raise RejectedRow(_("Das Ende liegt vor dem Beginn."))


def _number(entry: Entry, name: str, heading: str, most: int) -> int | None:
    words = entry.get(name)
    if not words:
        return None
    number = number_from(words)
    if number is None or not 1 <= number <= most:
        raise RejectedRow(_("„%(heading)s“ ist keine Zahl.", heading=heading))
    return int(number)

"""What pages tell machines (JSON-LD after schema.org), as we and others write it."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.stewardship.takeovers.enums import TakeoverKind
from marketplace.stewardship.takeovers.services.told import (
    MOST_ENTRIES,
    Told,
    told,
    without_tags,
)

_BLOCK = re.compile(
    r"<script\b[^<>]{0,300}application/ld\+json[^<>]{0,300}>(.*?)</script",
    re.IGNORECASE | re.DOTALL,
)
# JSON writes its decimals behind a point.
_CENTS = re.compile(r"\.(?=\d{1,2}$)")
# So many parts of a file are looked at; more is a trap.
MOST_PARTS = 100_000
Node = Mapping[str, Any]


def is_linked(content: bytes) -> bool:
    """Says whether a file begins as JSON or as a page does."""
    head = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head[:1] in (b"{", b"[", b"<")


def read_linked(content: bytes) -> list[Told]:
    """The jobs, events, courses and grants of a file; refuses what cannot be read."""
    try:
        text = content.decode("utf-8-sig")
        blocks = [text] if text.lstrip()[:1] in "{[" else _BLOCK.findall(text)
        trees = [json.loads(block) for block in blocks]
    except (ValueError, RecursionError):
        raise Refusal(_("Diese JSON-Datei lässt sich nicht lesen.")) from None
    found = [
        KINDS[kind](node, line)
        for line, (kind, node) in enumerate(_things(trees), start=1)
    ]
    if not found:
        raise Refusal(
            _("In der Datei steht kein JobPosting, Event, Course oder Grant.")
        )
    if len(found) > MOST_ENTRIES:
        raise Refusal(
            _("Die Datei hat mehr als %(num)s Einträge.", num=MOST_ENTRIES)
            + " "
            + _("Teilen Sie sie bitte auf.")
        )
    return found


def _things(tree: Any) -> Iterator[tuple[TakeoverKind, Node]]:
    """Everything of a kind we know, wherever it stands; what lies in it is its own."""
    waiting, seen = [tree], 0
    while waiting:
        part = waiting.pop()
        seen += 1
        if seen > MOST_PARTS:
            raise Refusal(_("Diese JSON-Datei lässt sich nicht lesen."))
        if isinstance(part, list):
            waiting.extend(reversed(part))
        elif isinstance(part, dict):
            kind = _kind_of(part)
            if kind is None:
                waiting.extend(reversed(part.values()))
            elif not _text(part.get("eventStatus")).endswith("EventCancelled"):
                yield kind, part


def _kind_of(node: Node) -> TakeoverKind | None:
    for name in map(_text, _listed(node.get("@type"))):
        bare = name.rpartition("/")[2].rpartition(":")[2]
        if bare == "JobPosting":
            return TakeoverKind.INTERNSHIPS
        if bare == "Course":
            return TakeoverKind.OFFERS
        if bare in ("Grant", "MonetaryGrant"):
            return TakeoverKind.SPONSORSHIPS
        if bare.endswith("Event") and bare != "PublicationEvent":
            return TakeoverKind.EVENTS
    return None


def _event(node: Node, line: int) -> Told:
    return told(
        TakeoverKind.EVENTS,
        line,
        **_common(node),
        **_place(node.get("location")),
        start=_text(node.get("startDate")),
        end=_text(node.get("endDate")),
        capacity=_text(node.get("maximumAttendeeCapacity")),
    )


def _course(node: Node, line: int) -> Told:
    """Days and place of a course stand in its first instance."""
    first = _node(node.get("hasCourseInstance"))
    is_free = node.get("isAccessibleForFree") is True
    return told(
        TakeoverKind.OFFERS,
        line,
        **_common(node),
        **_place(first.get("location") or node.get("location")),
        start=_text(first.get("startDate")),
        end=_text(first.get("endDate")),
        cost="kostenfrei" if is_free else "",
        audience=_name(node.get("audience")),
        lines="; ".join(map(_name, _listed(node.get("seeks")))),
    )


def _grant(node: Node, line: int) -> Told:
    """What somebody gives: an amount, or things by their names."""
    told_of, amount = _node(node.get("amount")), node.get("amount")
    number = _text(told_of.get("value")) or _text(amount)
    currency = _text(told_of.get("currency")) or _text(node.get("currency"))
    money = f"{_CENTS.sub(',', number)} {currency}" if number else ""
    things = map(_name, _listed(node.get("fundedItem")))
    return told(
        TakeoverKind.SPONSORSHIPS,
        line,
        **_common(node),
        **_place(node.get("location")),
        start=_text(node.get("validFrom")),
        end=_text(node.get("validThrough")),
        lines="; ".join(filter(None, (money, *things))),
    )


def _job(node: Node, line: int) -> Told:
    return told(
        TakeoverKind.INTERNSHIPS,
        line,
        **_common(node),
        **_place(node.get("jobLocation")),
        start=_text(node.get("jobStartDate")),
        apply_until=_text(node.get("validThrough")),
        occupations=_name(node.get("occupationalCategory")),
        pay=_pay(node.get("baseSalary")),
    )


KINDS = {
    TakeoverKind.EVENTS: _event,
    TakeoverKind.OFFERS: _course,
    TakeoverKind.INTERNSHIPS: _job,
    TakeoverKind.SPONSORSHIPS: _grant,
}


def _common(node: Node) -> dict[str, str]:
    url = _text(node.get("url"))
    identifier = _node(node.get("identifier")).get("value") or node.get("identifier")
    return {
        "id": _text(node.get("@id")) or url or _text(identifier),
        "title": without_tags(_text(node.get("name")) or _text(node.get("title"))),
        "description": without_tags(_text(node.get("description"))),
        "url": url,
        "topics": _names(node.get("about")) or _names(node.get("keywords")),
    }


def _place(value: Any) -> dict[str, str]:
    """Street, code and town of a place, or its words."""
    node = _node(value)
    address = _node(node.get("address"))
    words = _text(value) or _text(node.get("address")) or _text(node.get("name"))
    return {
        "street": _text(address.get("streetAddress")),
        "postal_code": _text(address.get("postalCode")),
        "city": _text(address.get("addressLocality")),
        "location": "" if address.get("addressLocality") else words,
    }


def _pay(value: Any) -> str:
    node = _node(value)
    amount = _node(node.get("value"))
    number = _text(amount.get("value")) or _text(node.get("value"))
    currency = _text(node.get("currency"))
    return f"{number} {currency}".strip() if number else ""


def _names(value: Any) -> str:
    return ", ".join(filter(None, map(_name, _listed(value))))


def _name(value: Any) -> str:
    node = _node(value)
    said = node.get("name") or node.get("audienceType") or node.get("educationalRole")
    return _text(said) or _text(value)


def _node(value: Any) -> Node:
    """The first thing of a value, or an empty one."""
    return next((one for one in _listed(value) if isinstance(one, dict)), {})


def _text(value: Any) -> str:
    """The first words or number of a value; of a thing its `@value`."""
    for one in _listed(value):
        bare = one.get("@value") if isinstance(one, dict) else one
        if isinstance(bare, str | int | float) and not isinstance(bare, bool):
            return str(bare)
    return ""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]

"""A file that lay in the watched folder of an organisation is taken over."""

import re
from collections.abc import Mapping
from datetime import datetime

from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.queries import addresses_of, members_of
from marketplace.people.organisations.rules import is_verified
from marketplace.stewardship.imports.enums import Outcome
from marketplace.stewardship.takeovers.enums import TakeoverKind
from marketplace.stewardship.takeovers.mails import file_not_taken
from marketplace.stewardship.takeovers.models import Takeover
from marketplace.stewardship.takeovers.queries import takeover_before
from marketplace.stewardship.takeovers.services.giving import take_unseen
from marketplace.stewardship.takeovers.services.reading import tells_its_kind
from marketplace.upkeep.mail.services import queue

# What the rows of a table are, by the name of its file.
NAMES: Mapping[TakeoverKind, re.Pattern[str]] = {
    TakeoverKind.EVENTS: re.compile("veranstalt|termin|event|kalender", re.IGNORECASE),
    TakeoverKind.INTERNSHIPS: re.compile("praktik|internship", re.IGNORECASE),
    TakeoverKind.OFFERS: re.compile("angebot|kurs|offer", re.IGNORECASE),
    TakeoverKind.SPONSORSHIPS: re.compile("f(?:ö|oe)rder|sponsor", re.IGNORECASE),
}


def take_watched(
    organisation: Organisation, content: bytes, *, name: str, at: datetime
) -> Takeover:
    """Takes a file over in the name of an owner; what is complete is handed in.

    A long one is taken on by the worker. Refuses a file that cannot be read, and an
    organisation that the office did not verify.
    """
    actor = _owner_of(organisation)
    if actor is None or not is_verified(organisation):
        raise Refusal(_("Die Organisation ist nicht geprüft oder hat niemanden."))
    kind = next((k for k, words in NAMES.items() if words.search(name)), None)
    if kind is None and not tells_its_kind(content):
        raise Refusal(
            _("Der Name der Datei sagt nicht, was in der Tabelle steht.")
            + " "
            + _("Nennen Sie sie etwa veranstaltungen.csv.")
        )
    return take_unseen(
        organisation,
        content,
        name=name,
        kind=kind or TakeoverKind.EVENTS,
        is_submitted=True,
        actor=actor,
        at=at,
    )


def tell_of_watched(takeover: Takeover, *, at: datetime) -> None:
    """Writes to the members what of a file was refused, if they do not know it yet."""
    reasons, before = _reasons_of(takeover), takeover_before(takeover)
    # A program that lays the same file every night is told once.
    if reasons and (before is None or _reasons_of(before) != reasons):
        tell_of_file(takeover.organisation, takeover.file_name, reasons, at=at)


def _reasons_of(takeover: Takeover) -> list[str]:
    return [
        _("Zeile %(line)s, %(title)s: %(why)s", line=i["line"], title=i["title"], why=w)
        for i in takeover.items
        if (w := reason_of(i))
    ]


def reason_of(item: Mapping[str, str]) -> str:
    """Why an entry was not taken over; nothing where it was."""
    if item["outcome"] == Outcome.HELD:
        return _("vermutlich schon vorhanden als %(title)s", title=item["like"])
    return item["reason"] if item["outcome"] == Outcome.REJECTED else ""


def tell_of_file(
    organisation: Organisation, name: str, reasons: list[str], *, at: datetime
) -> None:
    """Writes to the members why something of a file, or all of it, was refused."""
    letter = file_not_taken(organisation.name, name, reasons)
    queue(letter, addresses_of(organisation), at=at)


def _owner_of(organisation: Organisation) -> User | None:
    owners = (m.user for m in members_of(organisation) if m.is_owner)
    return next((user for user in owners if user.disabled_at is None), None)

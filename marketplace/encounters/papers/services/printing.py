"""The papers themselves, as tagged PDF; what they say is German."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import force_locale, format_date, format_datetime
from segno import make_qr

from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.rules import is_minor
from marketplace.encounters.papers.enums import Party
from marketplace.encounters.papers.models import Agreement, Instruction
from marketplace.encounters.papers.queries import last_signed_at
from marketplace.encounters.papers.rules import (
    missing_parties,
    signature_of,
    words_of,
)
from marketplace.encounters.papers.services.describing import (
    placement_words,
    told_hours,
)
from marketplace.encounters.papers.tables import promises_of
from marketplace.foundation.clock import day_of
from marketplace.foundation.documents import document
from marketplace.upkeep.settings.enums import Setting
from marketplace.upkeep.settings.queries import value_of

MOMENT = "d. MMMM y, HH:mm"


def agreement_pdf(agreement: Agreement, *, address: str) -> bytes:
    """One version with the signatures it has; the same bytes as long as they are.

    `address` shows who has signed. Where nobody has, there are lines to write on.
    """
    at = last_signed_at(agreement)
    words = words_of(agreement)
    with force_locale("de"):
        data = words | {
            "number": agreement.number,
            "made": str(format_date(day_of(agreement.made_at), "long")),
            "digest": agreement.digest,
            "address": _short(address),
            "qr": qr_of(address),
            "week": told_hours(words["minutes"]) if words["minutes"] else "",
            "promises": promises_of(words),
            "is_minor": Party.GUARDIAN in words["parties"],
            "has_register": value_of(Setting.EMPLOYER_REGISTER),
            "signatures": [_signature(agreement, party, words) for party in Party],
        }
    data["signatures"] = [row for row in data["signatures"] if row]
    title = f"Praktikumsvereinbarung: {words['title']}"
    return document("agreement", title=title, data=data, at=at)


def guardian_information(application: Application, *, at: datetime) -> bytes:
    """What guardians are told of the dangers of the work and how they are met."""
    data = _placement(application, at=at)
    return document(
        "guardian_information", title="Information für Eltern", data=data, at=at
    )


def school_release(application: Application, *, code: str, at: datetime) -> bytes:
    """The sheet on which a school releases somebody for days of school.

    With the code that whoever has seen the signature enters.
    """
    data = _placement(application, at=at) | {"code": code}
    data["is_minor"] = is_minor(application, day_of(at))
    return document(
        "school_release", title="Freistellung vom Unterricht", data=data, at=at
    )


def instruction_record(
    application: Application, instruction: Instruction | None, *, at: datetime
) -> bytes:
    """What the company did before the first day, with the days it told."""
    data = _placement(application, at=at)
    with force_locale("de"):
        data["rows"] = [
            [title, _day(getattr(instruction, name, None))]
            for name, title in _ticks(application, at=at)
        ]
    return document("instruction", title="Nachweis der Unterweisung", data=data, at=at)


def qr_of(address: str) -> str:
    """A QR code as SVG."""
    return make_qr(address).svg_inline(border=0)


def _ticks(application: Application, *, at: datetime) -> list[tuple[str, str]]:
    """The columns and what is said of each; adults have a law of their own."""
    if not is_minor(application, day_of(at)):
        return [
            ("risks_assessed_on", "Gefährdungen beurteilt (§ 5 ArbSchG)"),
            ("instructed_on", "Über Gefahren unterwiesen (§ 12 ArbSchG)"),
        ]
    return [
        ("risks_assessed_on", "Gefährdungen beurteilt (§ 28a JArbSchG)"),
        ("instructed_on", "Über Gefahren unterwiesen (§ 29 JArbSchG)"),
        ("guardians_told_on", "Eltern informiert (§ 5 JArbSchG)"),
    ]


def _placement(application: Application, *, at: datetime) -> dict[str, Any]:
    with force_locale("de"):
        words = placement_words(application, at=at)
        day = str(format_date(day_of(at), "long"))
    office = [value_of(s) for s in (Setting.OFFICE_NAME, Setting.OFFICE_PHONE)]
    return words | {
        "day": day,
        "emergency": value_of(Setting.EMERGENCY_NUMBERS),
        "office": ", ".join(filter(None, office)),
    }


def _signature(
    agreement: Agreement, party: Party, words: Mapping[str, Any]
) -> dict[str, str] | None:
    """A row of the table of signatures; None for who has none to give."""
    signature = signature_of(agreement, party)
    is_missing = party in missing_parties(agreement, day_of(last_signed_at(agreement)))
    if signature is None and not is_missing:
        return None
    first, second = words.get("guardian_names", (words["guardian"], ""))
    named = {
        Party.COMPANY: words["company"],
        Party.SCHOOL: words["school"],
        Party.GUARDIAN: first,
        Party.SECOND_GUARDIAN: second,
        Party.PUPIL: words["pupil"],
    }
    row = {"party": str(party.label), "for": named[party], "name": "", "how": ""}
    if signature and signature.signed_on:
        on = format_date(signature.signed_on, "long")
        row["how"] = f"auf Papier am {on}, gesehen von {signature.seen_by}"
    elif signature:
        row["how"] = f"am Bildschirm am {format_datetime(signature.at, MOMENT)} Uhr"
    row["name"] = signature.name if signature else ""
    return row


def _day(day: Any) -> str:
    return str(format_date(day, "long")) if day else "noch offen"


def _short(address: str) -> str:
    return address.partition("://")[2]

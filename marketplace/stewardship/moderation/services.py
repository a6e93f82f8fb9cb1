from dataclasses import dataclass
from datetime import datetime

from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.accounts.queries import addresses_of_coordinators
from marketplace.stewardship.moderation.enums import ReportReason, ReportState
from marketplace.stewardship.moderation.mails import (
    report_decided,
    report_received,
    report_to_office,
)
from marketplace.stewardship.moderation.models import Report
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import queue


@dataclass(frozen=True, kw_only=True)
class ReportEntry:
    """What somebody reports; name and address are free."""

    reason: ReportReason
    address: str
    words: str
    name: str = ""
    email: str = ""


def report(entry: ReportEntry, *, at: datetime) -> Report:
    """Takes a report in and tells the office at once."""
    row = Report(**vars(entry), reported_at=at)
    db.session.add(row)
    db.session.flush()  # the record needs its id

    record("report.received", row, actor=None, at=at)
    queue(report_to_office(row), addresses_of_coordinators(), at=at)
    if row.email:
        queue(report_received(row), [row.email], at=at)
    return row


def close_report(row: Report, decision: str, *, actor: User, at: datetime) -> None:
    """Decides a report in words; refuses one that is decided, or no words."""
    if row.state is ReportState.CLOSED:
        raise Refusal(_("Über diese Meldung ist schon entschieden."))
    if not decision.strip():
        raise Refusal(_("Schreiben Sie, was Sie entschieden haben und warum."))
    row.state, row.closed_at, row.decision = ReportState.CLOSED, at, decision.strip()

    record("report.closed", row, actor=actor, at=at)
    if row.email:
        queue(report_decided(row), [row.email], at=at)

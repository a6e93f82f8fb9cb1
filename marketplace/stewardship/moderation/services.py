from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete

from marketplace.encounters.applications.rules import same_mailbox
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
    reports_to_office,
)
from marketplace.stewardship.moderation.models import Report
from marketplace.stewardship.moderation.queries import open_reports
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.jobs.services import ask_for
from marketplace.upkeep.mail.queries import count_of_letters, recipients_of
from marketplace.upkeep.mail.services import queue

SUM_UP = "moderation.sum_up"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# How soon there is a further letter where somebody is in danger.
DANGER_PAUSE = timedelta(minutes=5)
MOST_RECEIPTS = 3


@dataclass(frozen=True, kw_only=True)
class ReportEntry:
    """What somebody reports; name and address are free."""

    reason: ReportReason
    address: str
    words: str
    name: str = ""
    email: str = ""


def report(entry: ReportEntry, *, at: datetime) -> Report:
    """Takes a report in and tells the office: at once, or with others in the hour.

    Danger has letters of its own, minutes apart, so that a flood cannot hide it.
    """
    row = Report(**vars(entry), reported_at=at)
    db.session.add(row)
    db.session.flush()  # the record needs its id

    record("report.received", row, actor=None, at=at)
    _tell_office(row, at=at)
    if row.email and _is_reachable(row.email, at):
        queue(report_received(row), [row.email], at=at)
    return row


def sum_up(since: datetime, *, at: datetime) -> int:
    """Tells the office in one letter what came since then; says how much that was."""
    rows = db.session.scalars(open_reports().where(Report.reported_at > since)).all()
    if rows:
        queue(reports_to_office(rows), addresses_of_coordinators(), at=at)
    return len(rows)


def _tell_office(row: Report, *, at: datetime) -> None:
    letter = report_to_office(row)
    is_danger = row.reason is ReportReason.DANGER
    pause = DANGER_PAUSE if is_danger else HOUR
    office = addresses_of_coordinators()
    told = [
        address
        for address in office
        if not count_of_letters(letter.name, address, since=at - pause)
    ]
    queue(letter, told, at=at)
    if told and len(told) == len(office):
        return
    begun = at - (at - datetime.min.replace(tzinfo=at.tzinfo)) % pause
    # The first one of the pause that brought no letter of its own counts, too.
    payload = {"since": (at - timedelta(microseconds=1)).isoformat()}
    name = f"{'danger' if is_danger else 'reports'} of {begun.isoformat()}"
    ask_for(SUM_UP, payload, name=name, due_at=at + pause)


def _is_reachable(email: str, at: datetime) -> bool:
    """Says whether a receipt may go there: nobody's box is filled from here."""
    mailbox = same_mailbox(email)
    host = mailbox.rpartition("@")[2]
    others = recipients_of("report_received", host, since=at - DAY)
    return sum(same_mailbox(one) == mailbox for one in others) < MOST_RECEIPTS


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


def forget_reports(ids: Sequence[int]) -> None:
    """Deletes decided reports with what was decided."""
    db.session.execute(delete(Report).where(Report.id.in_(ids)))

from datetime import date
from typing import Any

from sqlalchemy import Select, select

from marketplace.foundation.clock import start_of
from marketplace.foundation.database import db
from marketplace.stewardship.moderation.enums import ReportReason, ReportState
from marketplace.stewardship.moderation.models import Report


def open_reports() -> Select[Report]:
    """What is not decided yet: danger first, then the oldest."""
    is_danger = Report.reason == ReportReason.DANGER
    return (
        select(Report)
        .where(Report.state == ReportState.NEW)
        .order_by(is_danger.desc(), Report.reported_at, Report.id)
    )


def report_by_key(key: str) -> Report | None:
    """The report of this public id."""
    return db.session.scalar(select(Report).where(Report.public_id == key))


def reports_closed_before(day: date) -> Select[Any]:
    """The numbers of reports that were decided before a day."""
    query = select(Report.id).where(Report.closed_at < start_of(day))
    return query.order_by(Report.id)

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.columns import Public
from marketplace.foundation.database import Base
from marketplace.stewardship.moderation.enums import ReportReason, ReportState


class Report(Public, Base):
    """What somebody reported, with the address of the page."""

    __tablename__ = "reports"
    __table_args__ = (Index(None, "state", "reported_at"),)

    reason: Mapped[ReportReason]
    address: Mapped[str] = mapped_column(String(500))
    words: Mapped[str] = mapped_column(Text)
    # Who reported; may be empty, and is where a child is in danger.
    name: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    state: Mapped[ReportState] = mapped_column(default=ReportState.NEW)
    reported_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    decision: Mapped[str] = mapped_column(Text, default="")

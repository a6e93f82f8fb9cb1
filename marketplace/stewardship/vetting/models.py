from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.database import Base
from marketplace.foundation.secrecy import EncryptedText
from marketplace.people.organisations.models import Organisation
from marketplace.stewardship.vetting.enums import Duty


class ConductNote(Base):
    """That one person of an organisation was asked, and what was seen."""

    __tablename__ = "conduct_notes"
    __table_args__ = (CheckConstraint("starts_on <= ends_on", "starts_before_end"),)

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id"), index=True
    )
    # Whom it is about, as the office knows her.
    person: Mapped[str] = mapped_column(EncryptedText)
    duty: Mapped[Duty]
    # The first and the last day of what she does; the note goes by the last one.
    starts_on: Mapped[date]
    ends_on: Mapped[date] = mapped_column(index=True)
    asked_at: Mapped[datetime]
    # Seen, dated, no entry, by whom: four values as JSON, and never one more.
    seen: Mapped[str | None] = mapped_column(EncryptedText)

    organisation: Mapped[Organisation] = relationship()

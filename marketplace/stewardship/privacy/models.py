from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Base


class RuleRun(Base):
    """When a rule of the table was last kept, and how many records went."""

    __tablename__ = "rule_runs"

    # The rule, by its name.
    rule: Mapped[str] = mapped_column(String(40), unique=True)
    ran_at: Mapped[datetime]
    # On the day of the last run, and since the beginning.
    day_count: Mapped[int] = mapped_column(default=0)
    total_count: Mapped[int] = mapped_column(default=0)


class LeaveNotice(Base):
    """That somebody was told that her account is about to go; it goes with it."""

    __tablename__ = "leave_notices"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), unique=True
    )
    told_at: Mapped[datetime]


class Deletion(Base):
    """That a row is gone for good: its number and a mark, nothing of what it said."""

    __tablename__ = "deletions"
    # The table of what is gone.
    thing: Mapped[str] = mapped_column(String(64))
    thing_id: Mapped[int]
    # Tells it from another thing that got the same number later.
    mark: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(index=True)

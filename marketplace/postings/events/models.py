from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Base
from marketplace.postings.lives.models import Posting
from marketplace.region.topics.enums import FIRST_GRADE, LAST_GRADE


class Event(Posting, Base):
    """Something MINT that happens once, at one place, for whoever comes."""

    __tablename__ = "events"
    kind = "event"

    # Empty in the draft of a copy alone, which asks for new days.
    starts_at: Mapped[datetime | None] = mapped_column(
        CheckConstraint("starts_at IS NOT NULL OR state = 'draft'", "has_a_day")
    )
    # Empty where a list that was taken over does not tell it.
    ends_at: Mapped[datetime | None] = mapped_column(
        CheckConstraint("ends_at >= starts_at", "ends_after_it_begins")
    )
    # How many may come; empty where nobody counts.
    capacity: Mapped[int | None] = mapped_column(
        CheckConstraint("capacity > 0", "capacity_is_positive")
    )

    @property
    def grade_span(self) -> tuple[int, int]:
        """The first and the last class there is: its audiences tell the rest."""
        return FIRST_GRADE, LAST_GRADE


# The order of its list: what comes soon stands first.
Index(
    "ix_events_by_day",
    *(Event.is_in_lists, Event.starts_at, Event.id, Event.organisation_id),
)

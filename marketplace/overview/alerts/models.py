from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.columns import Public, SetOf
from marketplace.foundation.database import Base
from marketplace.overview.alerts.enums import Rhythm, Scope
from marketplace.people.accounts.models import User
from marketplace.region.calendar.enums import Weekday
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import Topic

# So long the address of a list may be that is kept.
LONGEST_QUERY = 1000


class SavedSearch(Public, Base):
    """What somebody looks for in a list or in the search, as that was narrowed."""

    __tablename__ = "saved_searches"
    __table_args__ = (Index(None, "rhythm", "user_id"),)

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    scope: Mapped[Scope] = mapped_column(
        default=Scope.INTERNSHIPS, server_default=Scope.INTERNSHIPS.value
    )
    words: Mapped[str] = mapped_column(String(100), default="")
    place: Mapped[str] = mapped_column(String(80), default="")
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    radius_km: Mapped[int | None]
    state_code: Mapped[FederalState | None]
    district_ags: Mapped[str] = mapped_column(String(5), default="")
    topics: Mapped[frozenset[Topic]] = mapped_column(SetOf(Topic), default=frozenset())
    grade: Mapped[int | None]
    age: Mapped[int | None]
    starts_from: Mapped[date | None]
    ends_by: Mapped[date | None]
    # The value of a member of what `art` chooses from there.
    art: Mapped[str] = mapped_column(String(32), default="", server_default="")
    group_size: Mapped[int | None]
    weekday: Mapped[Weekday | None]
    is_step_free: Mapped[bool] = mapped_column(default=False)
    # The same as it stands in the address of the list.
    query: Mapped[str] = mapped_column(String(LONGEST_QUERY), default="")
    rhythm: Mapped[Rhythm]
    saved_at: Mapped[datetime]
    # What was published by then is not new any more.
    seen_until: Mapped[datetime]
    told_at: Mapped[datetime | None]
    # How much it found when it was last counted; nothing is a gap.
    hit_count: Mapped[int] = mapped_column(default=0)

    user: Mapped[User] = relationship()

    @property
    def name(self) -> str:
        """Addresses of searches carry no words."""
        return ""


class LetterConsent(Base):
    """That somebody at home agrees to such letters to a child under 16."""

    __tablename__ = "letter_consents"

    child_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), unique=True
    )
    guardian_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    given_at: Mapped[datetime]

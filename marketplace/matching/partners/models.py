from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from marketplace.foundation.database import Base


class DigestShowing(Base):
    """That a Monday letter showed one profile another, by the numbers of both."""

    __tablename__ = "digest_showings"
    __table_args__ = (Index(None, "profile_id", "other_id", "shown_on"),)

    profile_id: Mapped[int]
    other_id: Mapped[int]
    shown_on: Mapped[date]

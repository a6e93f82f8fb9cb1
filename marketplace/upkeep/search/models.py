from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Base


class SearchWord(Base):
    """One word by which one thing is found; `kind` and `thing_id` name the thing."""

    __tablename__ = "search_words"
    __table_args__ = (
        UniqueConstraint("kind", "thing_id", "word"),
        Index(None, "kind", "word", "thing_id"),
    )

    kind: Mapped[str] = mapped_column(String(20))
    thing_id: Mapped[int]
    word: Mapped[str] = mapped_column(String(60))

from sqlalchemy import Boolean, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.columns import Public, SetOf
from marketplace.foundation.database import Base
from marketplace.region.occupations.enums import WayIn
from marketplace.region.topics.enums import Topic


class Occupation(Public, Base):
    """An occupation as people call it, with the group of the classification."""

    __tablename__ = "occupations"

    title: Mapped[str] = mapped_column(String(160), unique=True)
    sort_title: Mapped[str] = mapped_column(String(160), index=True)
    # Of its English name.
    sort_title_en: Mapped[str] = mapped_column(String(160), default="", index=True)
    # Further words people type.
    words: Mapped[str] = mapped_column(String(200), default="")
    code: Mapped[str] = mapped_column(String(5), index=True)
    topics: Mapped[frozenset[Topic]] = mapped_column(SetOf(Topic), default=frozenset())
    sentence: Mapped[str] = mapped_column(Text, default="")
    way_in: Mapped[WayIn | None]


class OccupationGroup(Base):
    """One line of the classification, levels 1 to 5."""

    __tablename__ = "occupation_groups"

    code: Mapped[str] = mapped_column(String(5), unique=True)
    level: Mapped[int]
    title: Mapped[str] = mapped_column(String(250))
    is_mint: Mapped[bool] = mapped_column(Boolean, default=False)
    source: Mapped[str] = mapped_column(Text, default="")

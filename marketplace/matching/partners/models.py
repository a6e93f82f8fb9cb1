from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Base

# So many numbers each profile has for the places of its list.
PLACES = 32


class Listed(Base):
    """A place of a stored list: who stands there, with which key and mutual score.

    The parts of the score are computed when they are shown.
    """

    __tablename__ = "top"

    # 32 times the profile and the rank, so that a list lies together.
    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"),
        primary_key=True,
        autoincrement=False,
        sort_order=-1,
    )
    profile_id: Mapped[int] = mapped_column(BigInteger, index=True)
    rank: Mapped[int]
    other_id: Mapped[int] = mapped_column(BigInteger, index=True)
    key: Mapped[int]
    r: Mapped[int]
    weights_version: Mapped[int]


class WeightsVersion(Base):
    """The weights of one night; its number is the version in rows and on pages."""

    __tablename__ = "weights_versions"

    day: Mapped[date]
    made_at: Mapped[datetime]
    # How many profiles of both sides there were.
    profile_count: Mapped[int]
    # When all lists of this version were stored; empty while that goes on.
    stored_at: Mapped[datetime | None]
    # How often changes were taken over into its lists since.
    followed_count: Mapped[int] = mapped_column(default=0)


class TopicWeight(Base):
    """What a topic weighs in one version."""

    __tablename__ = "topic_weights"
    __table_args__ = (UniqueConstraint("version_id", "topic_id"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("weights_versions.id"))
    # Its place in the catalogue.
    topic_id: Mapped[int]
    # How many profiles carry it, and what the votes make of it, in thousandths.
    profile_count: Mapped[int]
    vote_pm: Mapped[int]
    weight: Mapped[int]


class Price(Base):
    """The price of a profile for being shown often, in thousandths."""

    __tablename__ = "prices"

    profile_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    price_pm: Mapped[int]


class Change(Base):
    """That a profile may have changed; its number is the order of changes."""

    __tablename__ = "change_log"
    __table_args__ = (
        Index(
            "ix_change_log_waiting",
            "id",
            sqlite_where=text("NOT is_followed"),
            postgresql_where=text("NOT is_followed"),
        ),
    )

    profile_id: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
    # Whether the stored lists have taken it over.
    is_followed: Mapped[bool] = mapped_column(default=False)


class DigestShowing(Base):
    """That a Monday letter showed one profile another, by the numbers of both."""

    __tablename__ = "digest_showings"
    __table_args__ = (Index(None, "profile_id", "other_id", "shown_on"),)

    profile_id: Mapped[int]
    other_id: Mapped[int]
    shown_on: Mapped[date]

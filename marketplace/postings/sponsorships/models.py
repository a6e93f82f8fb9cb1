from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.database import Base
from marketplace.postings.lives.models import Posting
from marketplace.region.lines.models import LineColumns


class Sponsorship(Posting, Base):
    """What a company would give, from one of its sites."""

    __tablename__ = "sponsorships"
    kind = "sponsorship"

    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    lines: Mapped[list["GiveLine"]] = relationship(
        back_populates="sponsorship",
        cascade="all, delete-orphan",
        order_by="GiveLine.line_no",
    )


class GiveLine(LineColumns, Base):
    """One thing a company would give."""

    __tablename__ = "give_lines"
    __table_args__ = (
        CheckConstraint("quantity > 0", "quantity_is_positive"),
        CheckConstraint("open_quantity BETWEEN 0 AND quantity", "open_is_a_part"),
    )

    sponsorship_id: Mapped[int] = mapped_column(
        ForeignKey("sponsorships.id"), index=True
    )

    sponsorship: Mapped[Sponsorship] = relationship(back_populates="lines")


class PastGrant(Base):
    """Who funded whom, long ago or lately: history, never matched."""

    __tablename__ = "past_grants"
    __table_args__ = (Index(None, "year", "id"),)

    funder: Mapped[str] = mapped_column(String(200))
    recipient: Mapped[str] = mapped_column(String(300))
    title: Mapped[str] = mapped_column(String(300), default="")
    place_name: Mapped[str] = mapped_column(String(120), default="")
    amount_eur: Mapped[int | None]
    amount_text: Mapped[str] = mapped_column(String(120), default="")
    year: Mapped[int | None]
    purpose: Mapped[str] = mapped_column(String(400), default="")
    source: Mapped[str] = mapped_column(String(400))
    licence: Mapped[str] = mapped_column(String(120), default="")
    # Funder, recipient, year, amount, title and place, folded: the same row again.
    source_key: Mapped[str] = mapped_column(String(64), unique=True)

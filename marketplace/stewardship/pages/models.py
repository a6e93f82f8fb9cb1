from datetime import date, datetime

from sqlalchemy import (
    ForeignKey,
    Index,
    ScalarSelect,
    String,
    Text,
    and_,
    func,
    select,
)
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from marketplace.foundation.database import Base


class TextPage(Base):
    """A page that the office writes; its text is that of its newest revision."""

    __tablename__ = "text_pages"

    slug: Mapped[str] = mapped_column(String(60), unique=True)
    # A free page may be taken back; those of duty are always there.
    is_public: Mapped[bool] = mapped_column(default=True)
    # When somebody should read it again; empty for never.
    review_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    # The text that holds: its newest, whatever was written before.
    present: Mapped["Revision"] = relationship(
        primaryjoin=lambda: and_(
            foreign(Revision.page_id) == TextPage.id,
            Revision.number == newest_number(),
        ),
        viewonly=True,
        lazy="joined",
    )

    __mapper_args__ = {"version_id_col": version}


class Revision(Base):
    """One text of a page as it was saved."""

    __tablename__ = "revisions"
    __table_args__ = (Index(None, "page_id", "number", unique=True),)

    page_id: Mapped[int] = mapped_column(ForeignKey("text_pages.id"))
    # Counts from 1 within its page.
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    # As the person was called then; she may be gone later.
    written_by: Mapped[str] = mapped_column(String(121))

    page: Mapped[TextPage] = relationship()


def newest_number() -> ScalarSelect[int]:
    """The number of the newest among the revisions of the same page."""
    others = Revision.__table__.alias()
    newest = select(func.max(others.c.number))
    return newest.where(others.c.page_id == Revision.page_id).scalar_subquery()

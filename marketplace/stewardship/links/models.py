from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.columns import PUBLIC_ID_LENGTH
from marketplace.foundation.database import Base
from marketplace.people.organisations.models import Organisation
from marketplace.stewardship.links.enums import LinkState


class CheckedLink(Base):
    """An address to which something links, and what it said last."""

    __tablename__ = "checked_links"
    __table_args__ = (Index(None, "due_at", "id"), Index(None, "state", "id"))

    address: Mapped[str] = mapped_column(String(300), unique=True)
    # Of one host only one address is asked at a time.
    host: Mapped[str] = mapped_column(String(253))
    state: Mapped[LinkState] = mapped_column(default=LinkState.UNASKED)
    status: Mapped[int | None]
    # Since when it is in this state, and when it was last asked.
    since: Mapped[datetime]
    asked_at: Mapped[datetime | None]
    due_at: Mapped[datetime]
    # How often it failed in a row, and when that was told.
    failed_count: Mapped[int] = mapped_column(default=0)
    told_at: Mapped[datetime | None]


class LinkUse(Base):
    """That an entry or an organisation links to an address."""

    __tablename__ = "link_uses"
    __table_args__ = (
        UniqueConstraint("link_id", "kind", "thing_key"),
        Index(None, "organisation_id", "id"),
    )

    link_id: Mapped[int] = mapped_column(ForeignKey("checked_links.id"))
    # The name of its table, and its public id.
    kind: Mapped[str] = mapped_column(String(20))
    thing_key: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH))
    title: Mapped[str] = mapped_column(String(160))
    # Whose it is; empty for actions.
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))

    link: Mapped[CheckedLink] = relationship(CheckedLink)
    organisation: Mapped[Organisation | None] = relationship(Organisation)

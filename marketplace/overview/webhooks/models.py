from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.columns import SetOf
from marketplace.foundation.database import Base
from marketplace.foundation.secrecy import EncryptedText
from marketplace.overview.webhooks.enums import Happening, Subject
from marketplace.people.organisations.models import Organisation

# Beside a message: it waits until an older one has arrived.
HELD = "held back"


class Subscription(Base):
    """That messages go to an address of an organisation."""

    __tablename__ = "subscriptions"

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id"), index=True
    )
    address: Mapped[str] = mapped_column(String(500))
    subjects: Mapped[frozenset[Subject]] = mapped_column(SetOf(Subject))
    # What messages are signed with; shown once.
    secret: Mapped[str] = mapped_column(EncryptedText)
    made_at: Mapped[datetime]
    # Up to which entry of the record it was told.
    told_until: Mapped[int]
    # Since when nothing arrives; empty where the last message did.
    failing_since: Mapped[datetime | None]
    # Empty while messages go there.
    paused_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship()


class Delivery(Base):
    """One message to one address, and how it went."""

    __tablename__ = "deliveries"
    __table_args__ = (Index(None, "subscription_id", "id"),)

    subscription_id: Mapped[int] = mapped_column(
        ForeignKey("subscriptions.id", ondelete="CASCADE")
    )
    happening: Mapped[Happening]
    # What is sent, as text: each try sends the same.
    body: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(index=True)
    try_count: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime | None]
    # Of the last answer; empty where none came.
    status: Mapped[int | None]
    # Why none came, in a word.
    fault: Mapped[str] = mapped_column(String(80), default="")
    arrived_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]

    subscription: Mapped[Subscription] = relationship()

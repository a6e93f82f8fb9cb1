from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.columns import SetOf
from marketplace.foundation.database import Base
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.people.tokens.enums import Scope


class AccessToken(Base):
    """What a program shows instead of a password."""

    __tablename__ = "access_tokens"

    # As whom it acts: the member who made it.
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    # Empty for one of the coordination office.
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisations.id"), index=True
    )
    # Which program has it, in the words of its maker.
    name: Mapped[str] = mapped_column(String(80))
    scopes: Mapped[frozenset[Scope]] = mapped_column(SetOf(Scope))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    # How it begins, to tell it from the others.
    beginning: Mapped[str] = mapped_column(String(12))
    made_at: Mapped[datetime]
    # Within some minutes; empty for never.
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()
    organisation: Mapped[Organisation | None] = relationship()


class Reservation(Base):
    """That a program sent something under a key, and what it was answered."""

    __tablename__ = "reservations"
    __table_args__ = (UniqueConstraint("token_id", "key"),)

    token_id: Mapped[int] = mapped_column(
        ForeignKey("access_tokens.id", ondelete="CASCADE")
    )
    key: Mapped[str] = mapped_column(String(200))
    # Of method, address and content: under one key they never change.
    fingerprint: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(index=True)
    # Written in the transaction that did the work.
    status: Mapped[int] = mapped_column(default=0)
    body: Mapped[str] = mapped_column(Text, default="")
    location: Mapped[str] = mapped_column(String(300), default="")

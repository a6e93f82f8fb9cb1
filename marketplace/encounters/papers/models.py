from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.encounters.applications.models import Application
from marketplace.encounters.papers.enums import Party, SignatureWay
from marketplace.foundation.database import Base
from marketplace.foundation.secrecy import EncryptedText


class Agreement(Base):
    """One version of what a placement's parties agree on; its words never change."""

    __tablename__ = "agreements"
    __table_args__ = (UniqueConstraint("application_id", "number"),)

    application_id: Mapped[int] = mapped_column(
        ForeignKey("applications.id", ondelete="CASCADE")
    )
    # Counts the versions, from 1.
    number: Mapped[int]
    made_at: Mapped[datetime]
    # All it says, as JSON with sorted keys; `digest` is the SHA-256 of these bytes.
    words: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    # When the placement changed and the next version took its place.
    replaced_at: Mapped[datetime | None]

    application: Mapped[Application] = relationship()
    signatures: Mapped[list["Signature"]] = relationship(
        back_populates="agreement",
        cascade="all, delete-orphan",
        order_by="Signature.id",
    )


class Signature(Base):
    """That one party signed one version: who, when, how."""

    __tablename__ = "agreement_signatures"
    __table_args__ = (UniqueConstraint("agreement_id", "party"),)

    agreement_id: Mapped[int] = mapped_column(
        ForeignKey("agreements.id", ondelete="CASCADE")
    )
    party: Mapped[Party]
    way: Mapped[SignatureWay]
    name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    # The account that signed, or that saw the paper; empty for a link in a letter.
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    # The name of who saw the paper, and the day that stands on it.
    seen_by: Mapped[str] = mapped_column(String(120), default="")
    signed_on: Mapped[date | None]

    agreement: Mapped[Agreement] = relationship(back_populates="signatures")


class Instruction(Base):
    """What the company did before the first day of one placement, and on which day."""

    __tablename__ = "instructions"

    application_id: Mapped[int] = mapped_column(
        ForeignKey("applications.id", ondelete="CASCADE"), unique=True
    )
    # Hazards judged (§ 28a JArbSchG), instruction held (§ 29), guardians told (§ 5).
    risks_assessed_on: Mapped[date | None]
    instructed_on: Mapped[date | None]
    guardians_told_on: Mapped[date | None]
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    # When the company was asked for what was missing.
    reminded_at: Mapped[datetime | None]

    application: Mapped[Application] = relationship()


class Certificate(Base):
    """That taking part was certified; after the rest is gone its check code stays."""

    __tablename__ = "certificates"

    application_id: Mapped[int | None] = mapped_column(
        ForeignKey("applications.id", ondelete="SET NULL"), unique=True
    )
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    issued_on: Mapped[date]
    # All it says, as JSON; goes with the placement.
    words: Mapped[str | None] = mapped_column(Text)

    application: Mapped[Application | None] = relationship()


class SigningKey(Base):
    """The key that badges are signed with; its public half is at a fixed address."""

    __tablename__ = "signing_keys"

    # The thumbprint of the public half (RFC 7638).
    name: Mapped[str] = mapped_column(String(64), unique=True)
    private: Mapped[str] = mapped_column(EncryptedText)
    made_at: Mapped[datetime]

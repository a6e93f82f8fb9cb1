from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.columns import PUBLIC_ID_LENGTH, Public
from marketplace.foundation.database import Base
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.stewardship.claims.enums import ClaimState, LetterWay


class ClaimLetter(Base):
    """A letter that asks an imported organisation to take over what lists say of it."""

    __tablename__ = "claim_letters"

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id"), index=True
    )
    way: Mapped[LetterWay]
    # Of the printed code; the link in a letter by mail is kept with the mail.
    code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    # Where the office sent it by mail.
    recipient: Mapped[str] = mapped_column(String(254), default="")
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    made_at: Mapped[datetime]
    valid_until: Mapped[datetime]
    # When its code or link was first followed, and when it led to a claim.
    opened_at: Mapped[datetime | None]
    claimed_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship()
    made_by: Mapped[User] = relationship()


class Claim(Public, Base):
    """That somebody says to act for an organisation which lists name."""

    __tablename__ = "claims"
    __table_args__ = (
        Index(None, "state", "asked_at", "id"),
        # One truth: nobody is two organisations, and nothing is taken over twice.
        Index(
            "uq_claims_granted",
            "organisation_id",
            unique=True,
            sqlite_where=text("state = 'granted'"),
            postgresql_where=text("state = 'granted'"),
        ),
    )

    # The imported one, whose hints it is about.
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id"), index=True
    )
    # Who gets the drafts: the same one with a code, else the member's verified one.
    claimant_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    letter_id: Mapped[int | None] = mapped_column(
        ForeignKey("claim_letters.id"), index=True
    )
    state: Mapped[ClaimState] = mapped_column(default=ClaimState.ASKED)
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id])
    claimant: Mapped[Organisation] = relationship(foreign_keys=[claimant_id])
    user: Mapped[User] = relationship()

    @property
    def name(self) -> str:
        """Addresses of claims carry no words."""
        return ""


class Chase(Base):
    """That somebody asked the office to find out whether a hint still holds."""

    __tablename__ = "chases"
    __table_args__ = (
        UniqueConstraint("kind", "posting_key", "user_id"),
        Index(None, "done_at", "asked_at"),
    )

    # The kind and public id of the hint; kinds of postings lie in several tables.
    kind: Mapped[str] = mapped_column(String(20))
    posting_key: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    asked_at: Mapped[datetime]
    done_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()

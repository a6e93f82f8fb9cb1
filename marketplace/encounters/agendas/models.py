from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.database import Base
from marketplace.foundation.secrecy import EncryptedText
from marketplace.people.accounts.models import User


class Agenda(Base):
    """The private address of one person's calendar; gone once she ended it."""

    __tablename__ = "agendas"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), unique=True
    )
    # By the hash it is found, the secret itself is shown to its owner.
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    token: Mapped[str | None] = mapped_column(EncryptedText)
    made_at: Mapped[datetime]

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.columns import PUBLIC_ID_LENGTH, Public
from marketplace.foundation.database import Base
from marketplace.stewardship.duplicates.enums import PairState, Sign


class Pair(Public, Base):
    """Two postings of a kind that are probably one.

    It names them by their public ids, since there are several tables of them.
    """

    __tablename__ = "duplicate_pairs"
    __table_args__ = (
        UniqueConstraint("first_key", "second_key"),
        Index(None, "state", "id"),
        Index(None, "organisation_id", "state", "id"),
    )

    kind: Mapped[str] = mapped_column(String(20))
    # The older one first.
    first_key: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH))
    second_key: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH))
    # Whose they both are; empty where one is a hint of another name.
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    sign: Mapped[Sign]
    state: Mapped[PairState] = mapped_column(default=PairState.WAITING)
    found_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]

    @property
    def name(self) -> str:
        """Addresses of pairs carry no words."""
        return ""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.database import Base
from marketplace.people.accounts.models import User


class Guardianship(Base):
    """That a guardian answers for a child; at most two for one child."""

    __tablename__ = "guardianships"
    __table_args__ = (UniqueConstraint("guardian_id", "child_id"),)

    guardian_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    linked_at: Mapped[datetime]

    guardian: Mapped[User] = relationship(foreign_keys=guardian_id)
    child: Mapped[User] = relationship(foreign_keys=child_id)

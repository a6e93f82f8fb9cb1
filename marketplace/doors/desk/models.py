from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.database import Base
from marketplace.people.accounts.models import User


class Care(Base):
    """That somebody of the office looks after one thing that waits.

    It names its thing without a foreign key, since things of several tables wait;
    the queue tells of which.
    """

    __tablename__ = "cares"
    __table_args__ = (UniqueConstraint("queue", "thing_id"),)

    # The queue of the desk in which it waits, by its name.
    queue: Mapped[str] = mapped_column(String(64))
    thing_id: Mapped[int]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    taken_at: Mapped[datetime]

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)

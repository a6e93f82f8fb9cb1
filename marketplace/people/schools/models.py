from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.columns import Public
from marketplace.foundation.database import Base
from marketplace.people.accounts.enums import SchoolKind
from marketplace.people.accounts.models import User
from marketplace.region.places.models import Located


class School(Public, Located, Base):
    """One school; `key` is its number in the list it was taken from."""

    __tablename__ = "schools"

    key: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    sort_name: Mapped[str] = mapped_column(String(200), index=True)
    kind: Mapped[SchoolKind]
    # The kind in the words of the list.
    kind_text: Mapped[str] = mapped_column(String(160), default="")
    street: Mapped[str] = mapped_column(String(120), default="")
    # False for authorities and centres, which pupils cannot attend.
    is_selectable: Mapped[bool] = mapped_column(default=True)
    source: Mapped[str] = mapped_column(String(300), default="")


class SchoolStaff(Base):
    """That a person acts for a school."""

    __tablename__ = "school_staff"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), unique=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)

    user: Mapped[User] = relationship()
    school: Mapped[School] = relationship(lazy="joined", innerjoin=True)

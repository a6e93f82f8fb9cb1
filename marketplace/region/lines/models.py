from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.columns import SetOf
from marketplace.region.lines.enums import HardCondition, LineKind, Slot
from marketplace.region.topics.enums import Audience, Topic


class LineColumns:
    """The columns of one need or give."""

    line_no: Mapped[int]
    kind: Mapped[LineKind]
    # A value of `Item`, for internships three digits of the KldB; empty: any.
    item: Mapped[str] = mapped_column(String(40), default="")
    # In the base unit of the kind; empty where it is open.
    quantity: Mapped[int | None]
    # What partnerships have not taken yet, and what they have.
    open_quantity: Mapped[int | None]
    taken: Mapped[int] = mapped_column(default=0)
    # The first days of the first and the last month; empty: not told.
    months_from: Mapped[date | None]
    months_to: Mapped[date | None]
    slots: Mapped[frozenset[Slot]] = mapped_column(SetOf(Slot), default=frozenset())
    # Of its own; empty: those of the posting.
    topics: Mapped[frozenset[Topic]] = mapped_column(SetOf(Topic), default=frozenset())
    audiences: Mapped[frozenset[Audience]] = mapped_column(
        SetOf(Audience), default=frozenset()
    )
    hard: Mapped[frozenset[HardCondition]] = mapped_column(
        SetOf(HardCondition), default=frozenset()
    )
    note: Mapped[str] = mapped_column(String(200), default="")

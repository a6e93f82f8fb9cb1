from datetime import date, datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.columns import Public, SetOf
from marketplace.foundation.database import Base
from marketplace.foundation.text import source_name_of
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import Topic


class Programme(Public, Base):
    """Money that can be asked for."""

    __tablename__ = "programmes"
    __table_args__ = (Index(None, "closes_on", "id"),)
    # Under which audit and search know it.
    kind = "programme"

    name: Mapped[str] = mapped_column(String(200))
    funder: Mapped[str] = mapped_column(String(200))
    # "Programm", "Preis", "Netzwerk": as the source calls it.
    kind_text: Mapped[str] = mapped_column(String(80), default="")
    who_can_apply: Mapped[str] = mapped_column(Text, default="")
    region_text: Mapped[str] = mapped_column(String(300), default="")
    # Those of the three that the region names; all of them where it is the country.
    states: Mapped[frozenset[FederalState]] = mapped_column(
        SetOf(FederalState), default=frozenset()
    )
    # Empty where it pays for any topic.
    topics: Mapped[frozenset[Topic]] = mapped_column(SetOf(Topic), default=frozenset())
    amount_text: Mapped[str] = mapped_column(Text, default="")
    # Where the text is nothing but an amount.
    amount_eur: Mapped[int | None]
    deadline_text: Mapped[str] = mapped_column(Text, default="")
    # The last day the text names.
    closes_on: Mapped[date | None]
    # That it can be asked for again and again, whatever day is named.
    is_recurring: Mapped[bool] = mapped_column(default=False)
    link: Mapped[str] = mapped_column(String(300), default="")
    source: Mapped[str] = mapped_column(String(400))
    # Name and funder, folded: the same row again.
    source_key: Mapped[str] = mapped_column(String(200), unique=True)
    licence: Mapped[str] = mapped_column(String(120), default="")
    as_of: Mapped[date | None]
    as_of_text: Mapped[str] = mapped_column(String(40), default="")
    changed_at: Mapped[datetime]

    @property
    def source_name(self) -> str:
        """Where it comes from, short: of an address its host alone."""
        return source_name_of(self.source)

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.encounters.introductions.enums import (
    DeclineCode,
    IntroductionState,
    Side,
)
from marketplace.foundation.columns import PUBLIC_ID_LENGTH, Public, stored_as
from marketplace.foundation.database import Base
from marketplace.people.organisations.models import Organisation, Site
from marketplace.postings.offers.models import Offer

_LIVE = "state IN ('open','half')"


class Introduction(Public, Base):
    """That a provider with one offer and a company with one site meet."""

    __tablename__ = "introductions"
    __table_args__ = (
        Index(
            "uq_introductions_live",
            "provider_id",
            "company_id",
            unique=True,
            sqlite_where=text(_LIVE),
            postgresql_where=text(_LIVE),
        ),
        Index(None, "state", "due_at"),
    )

    provider_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id"), index=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"), index=True)
    # Those asked together, to cover one list of needs, share it; drawn when they are.
    bundle_id: Mapped[str | None] = mapped_column(String(PUBLIC_ID_LENGTH), index=True)
    proposed_by: Mapped[Side]
    state: Mapped[IntroductionState]
    created_at: Mapped[datetime]
    provider_ok_at: Mapped[datetime | None]
    company_ok_at: Mapped[datetime | None]
    # The end of the day by which the silent sides answer.
    due_at: Mapped[datetime]
    reminded_count: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None]
    decline_side: Mapped[Side | None] = mapped_column(stored_as("decline_side", Side))
    decline_code: Mapped[DeclineCode | None]
    # At which place of the list the partner stood, and the reasons of both sides then,
    # in words of each language.
    list_rank: Mapped[int | None]
    reasons: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    version: Mapped[int] = mapped_column()

    provider: Mapped[Organisation] = relationship(foreign_keys=provider_id)
    company: Mapped[Organisation] = relationship(foreign_keys=company_id)
    offer: Mapped[Offer] = relationship()
    site: Mapped[Site] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def name(self) -> str:
        """Addresses of introductions carry no words."""
        return ""

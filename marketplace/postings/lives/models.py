from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from marketplace.foundation.columns import PUBLIC_ID_LENGTH, Public, SetOf
from marketplace.foundation.database import Base
from marketplace.foundation.text import source_name_of
from marketplace.people.organisations.models import Organisation, Site
from marketplace.postings.lives.enums import PostingState
from marketplace.region.places.models import Located
from marketplace.region.topics.enums import Accessibility, Audience, Topic


class Posting(Public, Located, Base):
    """What internships, offers and sponsorships have in common."""

    __abstract__ = True

    # The kind under which audit, search and letters know it: the class in lower case.
    kind: str

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id"), index=True
    )
    # Empty for hints without an address; location columns are a copy of the site's.
    site_id: Mapped[int | None] = mapped_column(ForeignKey("sites.id"), index=True)
    title: Mapped[str] = mapped_column(String(160))
    description: Mapped[str] = mapped_column(Text, default="")
    topics: Mapped[frozenset[Topic]] = mapped_column(SetOf(Topic), default=frozenset())
    audiences: Mapped[frozenset[Audience]] = mapped_column(
        SetOf(Audience), default=frozenset()
    )
    accessibility: Mapped[frozenset[Accessibility]] = mapped_column(
        SetOf(Accessibility), default=frozenset()
    )
    link: Mapped[str] = mapped_column(String(300), default="")
    state: Mapped[PostingState] = mapped_column(default=PostingState.DRAFT)
    # Follows from the state. The index of lists begins with it, so that a page is read
    # in order, however many there are.
    is_in_lists: Mapped[bool] = mapped_column(
        Computed("state IN ('published', 'paused', 'filled')", persisted=True)
    )
    # What the office wrote when it returned the posting.
    return_words: Mapped[str] = mapped_column(Text, default="")
    # When it first became public; lists show the newest first.
    published_at: Mapped[datetime | None]
    # The day somebody last said that it still holds; shown to everybody.
    confirmed_on: Mapped[date | None]
    changed_at: Mapped[datetime]
    # Where a hint comes from, and of when it is. Free text stays beside the day.
    source: Mapped[str] = mapped_column(String(400), default="")
    source_key: Mapped[str | None] = mapped_column(String(200))
    licence: Mapped[str] = mapped_column(String(120), default="")
    as_of: Mapped[date | None]
    as_of_text: Mapped[str] = mapped_column(String(40), default="")
    # The public id of the posting that an organisation makes of a hint. The hint stays
    # until that one is public, and leads there ever after.
    successor_key: Mapped[str | None] = mapped_column(String(PUBLIC_ID_LENGTH))
    # Counts the changes, so that of two people at once the second one is told.
    version: Mapped[int] = mapped_column()

    @property
    def source_name(self) -> str:
        """Where a hint comes from, short: of an address its host alone."""
        return source_name_of(self.source)

    @declared_attr
    def organisation(cls) -> Mapped[Organisation]:  # noqa: N805 - SQLAlchemy hands the class
        """The organisation it belongs to."""
        return relationship(Organisation)

    @declared_attr
    def site(cls) -> Mapped[Site | None]:  # noqa: N805
        """The place where it happens."""
        return relationship(Site)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805
        return {"version_id_col": cls.version}

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:  # noqa: N805
        return (
            CheckConstraint(
                "published_at IS NOT NULL OR state IN ('draft','submitted','listed')",
                "public_since_an_instant",
            ),
            CheckConstraint(
                "state <> 'listed' OR source <> ''", "a_hint_names_its_source"
            ),
            Index(None, "is_in_lists", "published_at", "id"),
            Index(None, "state", "changed_at", "id"),
            Index(None, "source_key", unique=True),
        )

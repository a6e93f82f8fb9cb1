from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy import (
    CheckConstraint,
    Computed,
    Enum,
    ForeignKey,
    Index,
    String,
    Text,
)
from sqlalchemy.orm import (
    Mapped,
    declared_attr,
    foreign,
    mapped_column,
    relationship,
)

from marketplace.foundation.columns import PUBLIC_ID_LENGTH, Public, SetOf
from marketplace.foundation.database import Base
from marketplace.foundation.text import source_name_of
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation, Site
from marketplace.postings.lives.enums import PostingState
from marketplace.region.places.models import Located
from marketplace.region.topics.enums import Accessibility, Audience, Topic

# Without a CHECK: a second one of this enum would need every table built anew.
UncheckedState = Enum(
    PostingState,
    values_callable=lambda states: [state.value for state in states],
    native_enum=False,
    length=32,
)


class Written(Protocol):
    """What keeps a history: a posting, or what else is written and changed."""

    kind: str
    id: Any


W = TypeVar("W", bound=Written)


class Posting(Public, Located, Base):
    """What internships, offers, sponsorships and events have in common."""

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
    # Whether anybody may ask for it now; such postings come first in every list.
    is_bookable: Mapped[bool] = mapped_column(
        Computed("state = 'published'", persisted=True)
    )
    # What was written with the last step: why it was returned, frozen or paused.
    return_words: Mapped[str] = mapped_column(Text, default="")
    # When it first became public; lists show the newest first. Of a hint, when it was
    # frozen.
    published_at: Mapped[datetime | None]
    # When the office read it and let it pass; empty where trust did.
    approved_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    # The state a freeze came upon; there it goes back to.
    frozen_from: Mapped[PostingState | None] = mapped_column(UncheckedState)
    # The day somebody last said that it still holds; shown to everybody.
    confirmed_on: Mapped[date | None]
    # How many letters have asked for the next confirmation.
    reminded_count: Mapped[int] = mapped_column(default=0)
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
    def is_needy(self) -> bool:
        """Says whether it asks companies for something."""
        return False

    @property
    def grade_span(self) -> tuple[int, int] | None:
        """The first and the last class it takes; None where nobody asks for a class."""
        return None

    @property
    def youngest(self) -> int | None:
        """From which age one may come, 0 if from any; None where nobody asks for it."""
        return None

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
            # The order of the lists; with the organisation, so that counting need
            # not open the postings.
            Index(
                f"ix_{cls.__tablename__}_in_lists",
                *("is_in_lists", "is_bookable", "published_at", "id"),
                "organisation_id",
            ),
            Index(None, "state", "changed_at", "id"),
            Index(None, "source_key", unique=True),
        )


class PostingChange(Base):
    """What one field of a posting said before and after somebody changed it.

    It names its posting without a foreign key, since there are several tables of
    them, and its author without one, who may leave.
    """

    __tablename__ = "posting_changes"
    __table_args__ = (Index(None, "kind", "posting_id", "at", "id"),)

    kind: Mapped[str] = mapped_column(String(32))
    posting_id: Mapped[int]
    # By its name in the form; old and new in German words, without surnames.
    field: Mapped[str] = mapped_column(String(64))
    old: Mapped[str] = mapped_column(Text)
    new: Mapped[str] = mapped_column(Text)
    actor_id: Mapped[int]
    at: Mapped[datetime]

    # Empty once her account is gone.
    actor: Mapped[User | None] = relationship(
        User,
        primaryjoin=lambda: foreign(PostingChange.actor_id) == User.id,
        viewonly=True,
        lazy="joined",
    )

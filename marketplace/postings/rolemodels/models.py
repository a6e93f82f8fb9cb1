from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.database import Base
from marketplace.postings.lives.models import Posting
from marketplace.postings.rolemodels.enums import ConsentWay
from marketplace.region.occupations.models import Occupation
from marketplace.upkeep.files.models import StoredFile


class RoleModel(Posting, Base):
    """A person who tells of her work; the title is her first name and what she is."""

    __tablename__ = "rolemodels"
    kind = "rolemodel"

    occupation_id: Mapped[int | None] = mapped_column(
        ForeignKey("occupations.id"), index=True
    )
    # When and how she said that this may be shown; the paper stays with her employer.
    consented_on: Mapped[date | None]
    consent_way: Mapped[ConsentWay | None]
    # A film at another address, where it opens; instead of a file of ours.
    film_link: Mapped[str] = mapped_column(String(300), default="")
    film_minutes: Mapped[int | None]
    # What is said in the film, to read.
    transcript: Mapped[str] = mapped_column(Text, default="")

    occupation: Mapped[Occupation | None] = relationship()
    answers: Mapped[list["Answer"]] = relationship(
        back_populates="rolemodel",
        cascade="all, delete-orphan",
        order_by="Answer.line_no",
    )
    portrait: Mapped["Portrait | None"] = relationship(
        back_populates="rolemodel", cascade="all, delete-orphan"
    )
    film: Mapped["Film | None"] = relationship(
        back_populates="rolemodel", cascade="all, delete-orphan"
    )


class Answer(Base):
    """One question and what she says to it."""

    __tablename__ = "rolemodel_answers"

    rolemodel_id: Mapped[int] = mapped_column(ForeignKey("rolemodels.id"), index=True)
    line_no: Mapped[int]
    question: Mapped[str] = mapped_column(String(120))
    words: Mapped[str] = mapped_column(String(600))

    rolemodel: Mapped[RoleModel] = relationship(back_populates="answers")


class Portrait(Base):
    """The picture of a role model, in two sizes."""

    __tablename__ = "portraits"

    rolemodel_id: Mapped[int] = mapped_column(ForeignKey("rolemodels.id"), unique=True)
    # What it shows, for who does not see it.
    alt: Mapped[str] = mapped_column(String(200))
    # Of the large one.
    width: Mapped[int]
    height: Mapped[int]
    large_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), unique=True)
    small_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), unique=True)

    rolemodel: Mapped[RoleModel] = relationship(back_populates="portrait")
    large: Mapped[StoredFile] = relationship(
        foreign_keys=large_id,
        lazy="joined",
        cascade="all, delete-orphan",
        single_parent=True,
    )
    small: Mapped[StoredFile] = relationship(
        foreign_keys=small_id,
        lazy="joined",
        cascade="all, delete-orphan",
        single_parent=True,
    )


class Film(Base):
    """A film that lies with us, with its subtitles."""

    __tablename__ = "films"
    __table_args__ = (CheckConstraint("video_id <> subtitles_id", "two_files"),)

    rolemodel_id: Mapped[int] = mapped_column(ForeignKey("rolemodels.id"), unique=True)
    video_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), unique=True)
    subtitles_id: Mapped[int] = mapped_column(
        ForeignKey("stored_files.id"), unique=True
    )

    rolemodel: Mapped[RoleModel] = relationship(back_populates="film")
    video: Mapped[StoredFile] = relationship(
        foreign_keys=video_id,
        lazy="joined",
        cascade="all, delete-orphan",
        single_parent=True,
    )
    subtitles: Mapped[StoredFile] = relationship(
        foreign_keys=subtitles_id,
        lazy="joined",
        cascade="all, delete-orphan",
        single_parent=True,
    )

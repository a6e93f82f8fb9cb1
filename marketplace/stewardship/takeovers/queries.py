from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import defer, joinedload

from marketplace.foundation.database import db
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.postings.lives.enums import PUBLIC_STATES, PostingState
from marketplace.postings.lives.models import Posting
from marketplace.stewardship.takeovers.enums import TakeoverKind, TakeoverState
from marketplace.stewardship.takeovers.models import (
    LaidFile,
    TakenEntry,
    Takeover,
)

# What one may still be the same as.
ALIVE = (PostingState.DRAFT, PostingState.SUBMITTED, *PUBLIC_STATES)


def takeover_by_key(key: str) -> Takeover | None:
    """The file of this public id, with its organisation."""
    query = select(Takeover).where(Takeover.public_id == key)
    return db.session.scalar(
        query.options(joinedload(Takeover.organisation), joinedload(Takeover.laid))
    )


def takeovers_of(organisation: Organisation, reader: User) -> Select[Takeover]:
    """The files an organisation gave, newest first, with who gave them.

    What is not taken over is seen by whoever gave it alone.
    """
    is_theirs = Takeover.given_by_id == reader.id
    return (
        select(Takeover)
        .where(Takeover.organisation_id == organisation.id)
        .where(is_theirs | (Takeover.state == TakeoverState.DONE))
        .options(
            joinedload(Takeover.given_by),
            joinedload(Takeover.laid),
            defer(Takeover.items),
            defer(Takeover.vanished),
        )
        .order_by(Takeover.given_at.desc(), Takeover.id.desc())
    )


def taken_of(organisation: Organisation) -> Sequence[TakenEntry]:
    """What was taken over of an organisation, of every kind."""
    query = select(TakenEntry).where(TakenEntry.organisation_id == organisation.id)
    return db.session.scalars(query.order_by(TakenEntry.id)).all()


def living_postings(model: type[Any], organisation: Organisation) -> Sequence[Any]:
    """What an organisation wrote of a kind that is not over."""
    query = select(model).where(
        model.organisation_id == organisation.id, model.state.in_(ALIVE)
    )
    return db.session.scalars(query.order_by(model.id)).all()


def postings_by_keys(model: type[Any], keys: Sequence[str]) -> dict[str, Posting]:
    """The postings of these public ids that are still there."""
    found = db.session.scalars(select(model).where(model.public_id.in_(keys)))
    return {posting.public_id: posting for posting in found}


def forgotten_takeovers(before: datetime) -> Select[Takeover]:
    """What was only looked at, before an instant."""
    states = (TakeoverState.READING, TakeoverState.CHOSEN)
    return select(Takeover).where(
        Takeover.state.in_(states), Takeover.given_at < before
    )


def old_takeovers(before: datetime) -> Select[Takeover]:
    """What was taken over before an instant."""
    return select(Takeover).where(
        Takeover.state == TakeoverState.DONE, Takeover.taken_at < before
    )


def kind_named(name: str) -> TakeoverKind | None:
    """The kind of this name, if there is one."""
    return next((kind for kind in TakeoverKind if kind == name), None)


def takeover_before(takeover: Takeover) -> Takeover | None:
    """What was taken over last of a file of the same name, if anything was."""
    query = select(Takeover).where(
        Takeover.organisation_id == takeover.organisation_id,
        Takeover.file_name == takeover.file_name,
        Takeover.state == TakeoverState.DONE,
        Takeover.id < takeover.id,
    )
    return db.session.scalar(query.order_by(Takeover.id.desc()).limit(1))


def laid_file(number: int) -> LaidFile | None:
    """The file of this number that lay in a watched folder."""
    return db.session.get(LaidFile, number)


def laid_files(organisation: Organisation | None = None) -> Select[LaidFile]:
    """What lay in watched folders, of one organisation or of all, with its report."""
    query = select(LaidFile).options(
        joinedload(LaidFile.organisation),
        joinedload(LaidFile.takeover).load_only(Takeover.public_id, Takeover.items),
    )
    if organisation is None:
        return query
    return query.where(LaidFile.organisation_id == organisation.id)


def files_underway() -> Select[LaidFile]:
    """What was seen in a folder and is not laid aside yet, oldest first."""
    query = select(LaidFile).where(LaidFile.laid_aside_at.is_(None))
    return query.order_by(LaidFile.id)


def refusal_before(laid: LaidFile) -> str:
    """Why the file of this name before it was refused; nothing if it was not."""
    query = select(LaidFile.refusal).where(
        LaidFile.folder == laid.folder,
        LaidFile.file_name == laid.file_name,
        LaidFile.id < laid.id,
    )
    return db.session.scalar(query.order_by(LaidFile.id.desc()).limit(1)) or ""


def old_laid_files(before: datetime) -> Select[LaidFile]:
    """What was laid aside before an instant."""
    return select(LaidFile).where(LaidFile.laid_aside_at < before)

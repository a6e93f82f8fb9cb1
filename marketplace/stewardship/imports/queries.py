from datetime import datetime

from sqlalchemy import Select, Text, cast, func, select
from sqlalchemy.orm import joinedload

from marketplace.foundation.database import db
from marketplace.people.organisations.models import FormerName, Organisation, Site
from marketplace.postings.actions.models import Action
from marketplace.postings.internships.models import Internship
from marketplace.postings.offers.models import Offer
from marketplace.postings.programmes.models import Programme
from marketplace.stewardship.imports.enums import HeldState, ImportKind, UploadState
from marketplace.stewardship.imports.models import (
    HeldRow,
    ImportedRow,
    ImportRun,
    Upload,
    UploadRow,
)


def noted_of_kind(kind: ImportKind) -> Select[int, str, str, int, int, str]:
    """What was taken over of one kind, in the order of `Noted`."""
    return select(
        ImportedRow.id,
        ImportedRow.key,
        ImportedRow.digest,
        ImportedRow.thing_id,
        ImportedRow.run_id,
        ImportedRow.file_name,
    ).where(ImportedRow.kind == kind)


def newest_ids() -> tuple[int | None, ...]:
    """What changes when something to compare with was added, by whomever."""
    things = (Organisation, FormerName, Site, Offer, Internship, Action, Programme)
    query = select(
        *(select(func.max(k.id)).scalar_subquery() for k in (ImportedRow, *things))
    )
    return tuple(db.session.execute(query).one())


def held_row(kind: ImportKind, digest: str) -> HeldRow | None:
    """The row with these very words, if it was held before."""
    return db.session.scalar(
        select(HeldRow).where(HeldRow.kind == kind, HeldRow.digest == digest)
    )


def held_row_by_id(row_id: int) -> HeldRow | None:
    """The held row of this number, decided or not."""
    return db.session.get(HeldRow, row_id)


def waiting_rows() -> Select[HeldRow]:
    """What waits for a person, oldest first."""
    return (
        select(HeldRow).where(HeldRow.state == HeldState.WAITING).order_by(HeldRow.id)
    )


def rows_with_differences() -> Select[ImportedRow]:
    """What people edited and the source tells otherwise now."""
    return (
        select(ImportedRow)
        .where(cast(ImportedRow.differences, Text) != "{}")
        .order_by(ImportedRow.kind, ImportedRow.id)
    )


def latest_runs() -> Select[ImportRun]:
    """The files that were taken over, newest first."""
    return select(ImportRun).order_by(ImportRun.started_at.desc(), ImportRun.id.desc())


def upload_by_key(key: str) -> Upload | None:
    """The file of this public id that somebody gave."""
    return db.session.scalar(select(Upload).where(Upload.public_id == key))


def unfinished_uploads() -> Select[Upload]:
    """What was given and is not all in yet, newest first."""
    states = (
        *(UploadState.LOOKING, UploadState.CHOSEN),
        *(UploadState.WAITING, UploadState.TAKING),
    )
    return (
        select(Upload)
        .where(Upload.state.in_(states))
        .options(joinedload(Upload.uploaded_by))
        .order_by(Upload.uploaded_at.desc(), Upload.id.desc())
    )


def uploads_of_runs(run_ids: list[int]) -> dict[int, Upload]:
    """The uploads from which these runs came; others came by the command."""
    query = select(Upload).where(Upload.run_id.in_(run_ids))
    return {upload.run_id or 0: upload for upload in db.session.scalars(query)}


def waiting_upload_rows(upload: Upload, limit: int) -> Select[UploadRow]:
    """The next rows to be taken over."""
    return (
        select(UploadRow)
        .where(UploadRow.upload_id == upload.id, UploadRow.reason == "")
        .order_by(UploadRow.line)
        .limit(limit)
    )


def rejected_upload_rows(upload: Upload) -> Select[UploadRow]:
    """What was rejected, in the order of the file."""
    return (
        select(UploadRow)
        .where(UploadRow.upload_id == upload.id, UploadRow.reason != "")
        .order_by(UploadRow.line)
    )


def forgotten_uploads(before: datetime) -> Select[Upload]:
    """Files that were chosen, or refused, before an instant, and never taken over."""
    states = (UploadState.LOOKING, UploadState.CHOSEN, UploadState.REFUSED)
    return select(Upload).where(Upload.state.in_(states), Upload.uploaded_at < before)


def old_uploads(before: datetime) -> Select[Upload]:
    """What was finished before an instant; its rejected rows are no longer needed."""
    return select(Upload).where(
        Upload.state == UploadState.DONE, Upload.finished_at < before
    )

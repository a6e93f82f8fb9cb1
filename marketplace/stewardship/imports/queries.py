from sqlalchemy import Select, Text, cast, select

from marketplace.foundation.database import db
from marketplace.stewardship.imports.enums import HeldState, ImportKind
from marketplace.stewardship.imports.models import HeldRow, ImportedRow, ImportRun


def rows_of_kind(kind: ImportKind) -> Select[ImportedRow]:
    """What was taken over of one kind."""
    return select(ImportedRow).where(ImportedRow.kind == kind)


def held_row(kind: ImportKind, digest: str) -> HeldRow | None:
    """The row with these very words, if it was held before."""
    return db.session.scalar(
        select(HeldRow).where(HeldRow.kind == kind, HeldRow.digest == digest)
    )


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

from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from marketplace.foundation.database import db
from marketplace.stewardship.vetting.models import ConductNote

LAST_FIRST = (ConductNote.ends_on, ConductNote.id)


def all_notes() -> Select[ConductNote]:
    """Who was asked, with the organisation."""
    return select(ConductNote).options(joinedload(ConductNote.organisation))


def note_by_id(number: int) -> ConductNote | None:
    """One note, by its number."""
    return db.session.get(ConductNote, number)


def notes_ended_before(day: date) -> Select[Any]:
    """The numbers of notes about what ended before a day."""
    query = select(ConductNote.id).where(ConductNote.ends_on < day)
    return query.order_by(ConductNote.id)

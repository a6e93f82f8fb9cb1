from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import delete

from marketplace.foundation.clock import now
from marketplace.foundation.database import db
from marketplace.stewardship.imports.models import UploadRow
from marketplace.stewardship.imports.queries import forgotten_uploads, old_uploads
from marketplace.stewardship.imports.services.taking import (
    TAKE,
    stage_upload,
    take_part,
)
from marketplace.stewardship.imports.services.uploads import (
    discard_upload,
    look_at_upload,
)
from marketplace.upkeep.alarms.services import raise_alarm

# A file that was only looked at is forgotten, and so are rejected rows in the end.
CHOSEN_FOR, REJECTED_FOR = timedelta(days=7), timedelta(days=90)


def look(payload: Mapping[str, Any]) -> None:
    """Makes the preview of a file, where that takes long."""
    look_at_upload(int(payload["upload"]), at=now())


def stage(payload: Mapping[str, Any]) -> None:
    """Lays the rows of a file down that somebody wants to have taken over."""
    stage_upload(int(payload["upload"]), at=now())


def take(payload: Mapping[str, Any]) -> None:
    """Takes the next part of a file over; tells once of a row that was set aside."""
    upload_id, at = int(payload["upload"]), now()
    if take_part(upload_id, at=at):
        recipient = current_app.config["ALARM_MAIL"]
        with force_locale("de"):
            raise_alarm(TAKE, f"upload {upload_id}", recipient=recipient, at=at)


def tidy(_payload: Mapping[str, Any]) -> None:
    """Throws away what was given and never taken, and what was rejected long ago."""
    at = now()
    for upload in db.session.scalars(forgotten_uploads(at - CHOSEN_FOR)).all():
        discard_upload(upload, actor=None, at=at)
    for upload in db.session.scalars(old_uploads(at - REJECTED_FOR)):
        rows = delete(UploadRow).where(UploadRow.upload_id == upload.id)
        db.session.execute(rows)

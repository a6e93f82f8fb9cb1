"""Picture and film of a role model, and the end of it all when consent is withdrawn."""

from datetime import datetime, timedelta

from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.pictures import redrawn
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.postings.lives.queries import ended_by
from marketplace.postings.lives.rules import SHOWN_DAYS, works_on
from marketplace.postings.lives.services import drop_posting, require_revisable
from marketplace.postings.rolemodels.models import Film, Portrait, RoleModel
from marketplace.postings.rolemodels.rules import (
    MOST_FILM_BYTES,
    MOST_SUBTITLE_BYTES,
    are_subtitles,
    film_type,
)
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.files.models import StoredFile
from marketplace.upkeep.files.services import ask_to_drop, keep_file

EDGES = (1200, 480)
# Until the end of the last day on which it is still shown as ended.
SHOWN = timedelta(days=SHOWN_DAYS + 1)


def show_portrait(
    rolemodel: RoleModel, content: bytes, alt: str, *, actor: User, at: datetime
) -> None:
    """Shows a picture instead of the one before; refuses a file that is none."""
    require_revisable(rolemodel, actor=actor)
    large, small = redrawn(content, EDGES)
    locked(rolemodel)  # of two at once, the second finds the first
    _drop(rolemodel.portrait, at=at)
    files = [
        keep_file(
            size.content,
            name=f"{size.width}.webp",
            content_type="image/webp",
            kind="portrait",
            at=at,
        )
        for size in (large, small)
    ]
    rolemodel.portrait = Portrait(
        alt=alt, width=large.width, height=large.height, large=files[0], small=files[1]
    )
    db.session.flush()
    record("rolemodel.portrait_shown", rolemodel, actor=actor, at=at)


def show_film(
    rolemodel: RoleModel, video: bytes, subtitles: bytes, *, actor: User, at: datetime
) -> None:
    """Shows a film instead of the one before; refuses one without subtitles."""
    require_revisable(rolemodel, actor=actor)
    content_type = film_type(video)
    if content_type is None or len(video) > MOST_FILM_BYTES:
        raise Refusal(_("Das ist kein Film als MP4 oder WebM, oder er ist zu groß."))
    if len(subtitles) > MOST_SUBTITLE_BYTES or not are_subtitles(subtitles):
        raise Refusal(_("Diese Untertitel sind nicht im Format WebVTT."))
    locked(rolemodel)
    _drop(rolemodel.film, at=at)
    ending = content_type.rpartition("/")[2]
    rolemodel.film = Film(
        video=keep_file(
            video, name=f"film.{ending}", content_type=content_type, kind="film", at=at
        ),
        subtitles=keep_file(
            subtitles,
            name="untertitel.vtt",
            content_type="text/vtt",
            kind="subtitles",
            at=at,
        ),
    )
    db.session.flush()
    record("rolemodel.film_shown", rolemodel, actor=actor, at=at)


def remove_film(rolemodel: RoleModel, *, actor: User, at: datetime) -> None:
    """Shows the film no longer."""
    require_revisable(rolemodel, actor=actor)
    _drop(rolemodel.film, at=at)
    record("rolemodel.film_removed", rolemodel, actor=actor, at=at)


def withdraw_consent(rolemodel: RoleModel, *, actor: User, at: datetime) -> None:
    """Takes a person away with all that was told of her, in whatever state.

    The record keeps that it happened, and nothing of her.
    """
    if not works_on(actor, rolemodel):
        raise Refusal(_("Das können die Organisation und die Koordinationsstelle."))
    record("rolemodel.consent_withdrawn", rolemodel, actor=actor, at=at)
    _erase(rolemodel, at=at)


def forget_ended(*, at: datetime) -> None:
    """Erases whom nobody sees any more: 30 days after her page has ended.

    Safe to run twice: what is gone it no longer finds.
    """
    for rolemodel in db.session.scalars(ended_by(RoleModel, at - SHOWN)).all():
        record("rolemodel.forgotten", rolemodel, actor=None, at=at)
        _erase(rolemodel, at=at)


def _erase(rolemodel: RoleModel, *, at: datetime) -> None:
    _drop(rolemodel.portrait, at=at)
    _drop(rolemodel.film, at=at)
    drop_posting(rolemodel)


def _drop(shown: Portrait | Film | None, *, at: datetime) -> None:
    """Takes a picture or a film away: its rows now, its bytes afterwards."""
    if shown is None:
        return
    for stored in _files_of(shown):
        ask_to_drop(stored.storage_key, due_at=at)
    rolemodel = shown.rolemodel
    if isinstance(shown, Portrait):
        rolemodel.portrait = None
    else:
        rolemodel.film = None
    db.session.flush()  # the next one takes its place


def _files_of(shown: Portrait | Film) -> tuple[StoredFile, StoredFile]:
    if isinstance(shown, Portrait):
        return shown.large, shown.small
    return shown.video, shown.subtitles

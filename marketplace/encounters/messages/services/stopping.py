"""Pupil and guardian put an end to messages, and everybody marks what was read."""

from datetime import datetime

from marketplace.encounters.applications.models import Application
from marketplace.encounters.messages.enums import Speaker
from marketplace.encounters.messages.models import Reading
from marketplace.encounters.messages.queries import messages_of
from marketplace.encounters.messages.rules import mark_seen
from marketplace.encounters.messages.services.saying import opened
from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.upkeep.audit.services import record


def stop(
    application: Application, *, speaker: Speaker, actor: User | None, at: datetime
) -> None:
    """Ends messages at once; the pupil those with her, the guardian all."""
    _set_stop(application, speaker, at)
    record("messages.stopped", application, actor=actor, at=at)


def resume(
    application: Application, *, speaker: Speaker, actor: User | None, at: datetime
) -> None:
    """Takes back what the same side has ended."""
    _set_stop(application, speaker, None)
    record("messages.resumed", application, actor=actor, at=at)


def read_all(application: Application, *, speaker: Speaker) -> None:
    """Marks as read what a side has before it."""
    heard = messages_of(application, speaker)
    if heard:
        mark_seen(opened(application), speaker, heard[-1].id)


def read_along(
    application: Application, reason: str, *, actor: User, at: datetime
) -> None:
    """Notes why somebody of the office reads; she may do so for an hour."""
    row = Reading(
        application_id=application.id, reader_id=actor.id, reason=reason.strip(), at=at
    )
    db.session.add(row)
    record("messages.read", application, actor=actor, at=at)


def _set_stop(
    application: Application, speaker: Speaker, value: datetime | None
) -> None:
    conversation = opened(application)
    if speaker is Speaker.PUPIL:
        conversation.stopped_by_pupil_at = value
    elif speaker is Speaker.GUARDIAN:
        conversation.stopped_by_guardian_at = value
    else:
        raise Refusal(_("Nachrichten beenden nur die Familien."))

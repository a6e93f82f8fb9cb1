from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from marketplace.encounters.applications.models import Application
from marketplace.encounters.messages.enums import Speaker
from marketplace.encounters.messages.models import Conversation, Message, Reading
from marketplace.encounters.messages.rules import circles_of
from marketplace.foundation.database import db
from marketplace.people.accounts.models import User

# Of one application; more than ten a day and side nobody can say.
MOST = 200
_SEEN: dict[Speaker, InstrumentedAttribute[int]] = {
    Speaker.PUPIL: Conversation.pupil_seen_id,
    Speaker.GUARDIAN: Conversation.guardian_seen_id,
    Speaker.COMPANY: Conversation.company_seen_id,
}


def conversation_of(application: Application) -> Conversation | None:
    """How things stand between the people of an application; None before a word."""
    query = select(Conversation).where(Conversation.application_id == application.id)
    return db.session.scalar(query)


def messages_of(application: Application, speaker: Speaker) -> Sequence[Message]:
    """What a side hears of an application, oldest first; of very many the last."""
    query = select(Message).where(
        Message.application_id == application.id,
        Message.circle.in_(circles_of(speaker)),
    )
    found = db.session.scalars(query.order_by(Message.id.desc()).limit(MOST)).all()
    return found[::-1]


def new_counts(application_ids: Collection[int], speaker: Speaker) -> dict[int, int]:
    """How many messages a side has not read, by application; those without are out."""
    query = (
        select(Message.application_id, func.count(Message.id))
        .join(Conversation, Conversation.application_id == Message.application_id)
        .where(
            Message.application_id.in_(application_ids),
            *_is_new(speaker),
        )
        .group_by(Message.application_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def new_total(applications: Select[Application], speaker: Speaker) -> int:
    """How many messages a side has not read in all of some applications."""
    ids = applications.options().order_by(None).with_only_columns(Application.id)
    query = (
        select(func.count(Message.id))
        .join(Conversation, Conversation.application_id == Message.application_id)
        .where(Message.application_id.in_(ids), *_is_new(speaker))
    )
    return db.session.scalar(query) or 0


def _is_new(speaker: Speaker) -> tuple[ColumnElement[bool], ...]:
    return (
        Message.circle.in_(circles_of(speaker)),
        Message.speaker != speaker,
        Message.id > _SEEN[speaker],
    )


def count_since(application: Application, speaker: Speaker, since: datetime) -> int:
    """How much a side has said about an application since then."""
    query = select(func.count(Message.id)).where(
        Message.application_id == application.id,
        Message.speaker == speaker,
        Message.said_at > since,
    )
    return db.session.scalar(query) or 0


def last_reading(application: Application, reader: User) -> Reading | None:
    """When somebody of the office last said why she reads along."""
    query = select(Reading).where(
        Reading.application_id == application.id, Reading.reader_id == reader.id
    )
    return db.session.scalar(query.order_by(Reading.at.desc()).limit(1))


def readings_of(application: Application) -> Sequence[Reading]:
    """When and why the office read along, newest first."""
    query = select(Reading).where(Reading.application_id == application.id)
    return db.session.scalars(query.order_by(Reading.at.desc()).limit(20)).all()

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta

from flask_babel import format_date

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.rules import is_minor, is_served
from marketplace.encounters.messages.enums import (
    SENTENCES,
    Circle,
    Slot,
    Speaker,
    Thing,
)
from marketplace.encounters.messages.models import Conversation, Message, Reading
from marketplace.foundation.language import format_clock

SPEAKING = frozenset(
    {
        ApplicationState.OPEN,
        ApplicationState.WAITLISTED,
        ApplicationState.OFFERED,
        ApplicationState.CONFIRMED,
        ApplicationState.RUNNING,
    }
)
# So long the office may read on after it has said why.
READING = timedelta(hours=1)
# So many things a day one side may say about one application.
MOST_A_DAY = 10
_SEEN: Mapping[Speaker, str] = {
    Speaker.PUPIL: "pupil_seen_id",
    Speaker.GUARDIAN: "guardian_seen_id",
    Speaker.COMPANY: "company_seen_id",
}


def circles_of(speaker: Speaker) -> Collection[Circle]:
    """What a side hears: the pupil not what adults write to one another."""
    return (Circle.PUPIL,) if speaker is Speaker.PUPIL else tuple(Circle)


def has_begun(application: Application) -> bool:
    """Says whether the application was handed over; before, nothing is said."""
    return application.handed_over_at is not None


def is_stopped(conversation: Conversation | None, circle: Circle) -> bool:
    """Says whether pupil or guardian has put an end to it."""
    if conversation is None:
        return False
    by_pupil = conversation.stopped_by_pupil_at if circle is Circle.PUPIL else None
    return bool(by_pupil or conversation.stopped_by_guardian_at)


def is_stopped_by(conversation: Conversation | None, speaker: Speaker) -> bool:
    """Says whether this side has put an end to it."""
    if conversation is None:
        return False
    if speaker is Speaker.PUPIL:
        return conversation.stopped_by_pupil_at is not None
    return conversation.stopped_by_guardian_at is not None


def is_underway(application: Application) -> bool:
    """Says whether there is something to talk about, and nothing is frozen."""
    is_going_on = has_begun(application) and application.state in SPEAKING
    return is_going_on and is_served(application)


def can_speak(
    application: Application, conversation: Conversation | None, circle: Circle
) -> bool:
    """Says whether something may be said in a circle now."""
    return is_underway(application) and not is_stopped(conversation, circle)


def has_guardian(application: Application, day: date) -> bool:
    """Says whether somebody at home still answers for who applied."""
    return is_minor(application, day) and bool(application.guardian_email)


def seen_by(conversation: Conversation | None, speaker: Speaker) -> int:
    """The last message that a side has marked as read."""
    return getattr(conversation, _SEEN[speaker]) if conversation else 0


def mark_seen(conversation: Conversation, speaker: Speaker, number: int) -> None:
    """Notes that a side has read up to a message."""
    setattr(conversation, _SEEN[speaker], number)


def may_read_on(reading: Reading | None, at: datetime) -> bool:
    """Says whether somebody of the office has just said why she reads."""
    return reading is not None and at - reading.at <= READING


def said_in(message: Message) -> str:
    """The sentence of a message with its gaps filled, in the reader's language.

    Empty where somebody wrote with words of her own.
    """
    if message.phrase is None:
        return ""
    gaps = {slot: _in_words(getattr(message, slot)) for slot in Slot}
    return str(SENTENCES.get(message.phrase, message.phrase.label)) % gaps


def _in_words(filled: date | time | frozenset[Thing] | str | None) -> str:
    if isinstance(filled, date):
        return str(format_date(filled, "full"))
    if isinstance(filled, time):
        return format_clock(filled)
    if isinstance(filled, frozenset):
        return ", ".join(sorted(str(thing.label) for thing in filled))
    return filled or ""

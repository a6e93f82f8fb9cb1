"""Somebody says something: it is kept, told by letter, and copied to the guardian."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.services.moving import (
    write_company,
    write_guardian,
    write_pupil,
)
from marketplace.encounters.messages import mails
from marketplace.encounters.messages.enums import (
    QUESTIONS,
    SENTENCES,
    SLOTS,
    Circle,
    Phrase,
    Slot,
    Speaker,
    Thing,
)
from marketplace.encounters.messages.models import Conversation, Message
from marketplace.encounters.messages.queries import (
    conversation_of,
    count_since,
    new_counts,
)
from marketplace.encounters.messages.rules import (
    MOST_A_DAY,
    can_speak,
    has_guardian,
    is_underway,
    mark_seen,
)
from marketplace.encounters.messages.services.gaps import (
    person_of,
    place_of,
    require_day,
)
from marketplace.foundation.clock import day_of
from marketplace.foundation.contacts import masked
from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.upkeep.audit.services import record

DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Gaps:
    """What a company puts into a sentence; the rest comes from the posting."""

    day: date | None = None
    starts_at: time | None = None
    ends_at: time | None = None
    supervisor_id: int | None = None
    things: frozenset[Thing] = frozenset()


def ask(
    application: Application, phrase: Phrase, words: str, *, actor: User, at: datetime
) -> Message:
    """The pupil asks from the list; of her own words, ways to reach her stay out."""
    if phrase not in QUESTIONS:
        raise Refusal(_("Diese Frage steht nicht in der Liste."))
    message = Message(
        circle=Circle.PUPIL,
        speaker=Speaker.PUPIL,
        phrase=phrase,
        words=masked(words.strip()),
    )
    return _say(application, message, actor=actor, at=at)


def reply(
    application: Application, phrase: Phrase, gaps: Gaps, *, actor: User, at: datetime
) -> Message:
    """The company answers with a sentence whose gaps are filled from the posting."""
    if phrase not in SENTENCES:
        raise Refusal(_("Diese Antwort steht nicht in der Liste."))
    slots = SLOTS.get(phrase, ())
    if Slot.DAY in slots:
        require_day(application, phrase, gaps.day, at=at)
    message = Message(
        circle=Circle.PUPIL,
        speaker=Speaker.COMPANY,
        phrase=phrase,
        day=gaps.day if Slot.DAY in slots else None,
        starts_at=gaps.starts_at if Slot.STARTS in slots else None,
        ends_at=gaps.ends_at if Slot.ENDS in slots else None,
        things=gaps.things if Slot.THINGS in slots else frozenset(),
        place=place_of(application.internship) if Slot.PLACE in slots else "",
        person=person_of(application.internship, gaps.supervisor_id)
        if Slot.PERSON in slots
        else "",
    )
    return _say(application, message, actor=actor, at=at)


def write(
    application: Application,
    words: str,
    *,
    speaker: Speaker,
    actor: User | None,
    at: datetime,
) -> Message:
    """Company and guardian write to one another, in words of their own."""
    if speaker is Speaker.PUPIL or not has_guardian(application, day_of(at)):
        raise Refusal(_("Frei schreiben einander nur Betrieb und Eltern."))
    message = Message(circle=Circle.GUARDIAN, speaker=speaker, words=words.strip())
    return _say(application, message, actor=actor, at=at)


def opened(application: Application) -> Conversation:
    """The row of a conversation, made on its first word; the application is held."""
    found = conversation_of(locked(application))
    if found is None:
        found = Conversation(
            application_id=application.id,
            pupil_seen_id=0,
            guardian_seen_id=0,
            company_seen_id=0,
        )
        db.session.add(found)
        db.session.flush()
    return found


def _say(
    application: Application, message: Message, *, actor: User | None, at: datetime
) -> Message:
    """Keeps a message; refuses where nothing is said any more, or too much today."""
    conversation = opened(application)
    if not can_speak(application, conversation, message.circle):
        raise Refusal(_why_not(application))
    if count_since(application, message.speaker, at - DAY) >= MOST_A_DAY:
        raise Refusal(
            _("Das waren heute schon zehn Nachrichten. Morgen geht es weiter.")
        )
    message.application_id, message.said_at = application.id, at
    message.author_id = actor.id if actor else None
    waiting = _unread(application)
    db.session.add(message)
    db.session.flush()  # reading marks and the record need its number
    mark_seen(conversation, message.speaker, message.id)
    record("message.said", message, actor=actor, at=at)
    _tell(application, message, waiting, at=at)
    return message


def _why_not(application: Application) -> str:
    if not is_underway(application):
        return _("Zu dieser Bewerbung wird gerade nichts mehr geschrieben.")
    return _(
        "Hier möchte jemand keine Nachrichten mehr. Die Koordinationsstelle hilft."
    )


def _unread(application: Application) -> frozenset[Speaker]:
    """Which sides have been told of something that they have not read yet."""
    ids = [application.id]
    return frozenset(one for one in Speaker if new_counts(ids, one))


def _tell(
    application: Application,
    message: Message,
    waiting: frozenset[Speaker],
    *,
    at: datetime,
) -> None:
    """One letter for all that is new, to whom it is said; each copy by itself."""
    if message.speaker is not Speaker.COMPANY and Speaker.COMPANY not in waiting:
        write_company(mails.message_to_company(application), application, at=at)
    if message.circle is Circle.PUPIL:
        copy = mails.message_copy(application, message)
        write_guardian(copy, application, at=at)
    if message.speaker is not Speaker.COMPANY:
        return
    if message.circle is Circle.GUARDIAN:
        letter = mails.message_to_guardian(application)
        write_guardian(letter, application, at=at)
    elif Speaker.PUPIL not in waiting:
        write_pupil(mails.message_to_pupil(application), application, at=at)

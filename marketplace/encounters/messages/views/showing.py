"""What was said, as each side hears it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import (
    applications_of,
    applications_of_children,
    applications_to,
)
from marketplace.encounters.messages.enums import Circle, Speaker
from marketplace.encounters.messages.models import Message
from marketplace.encounters.messages.queries import (
    conversation_of,
    messages_of,
    new_counts,
    new_total,
    readings_of,
)
from marketplace.encounters.messages.rules import (
    can_speak,
    has_begun,
    has_guardian,
    is_stopped_by,
    is_underway,
    said_in,
    seen_by,
)
from marketplace.encounters.messages.views.blueprint import blueprint
from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _, ngettext
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.organisations.queries import organisation_ids_of
from marketplace.web.access import actor
from marketplace.web.navigation import Link, Part

SPEAKERS = {
    Role.PUPIL: Speaker.PUPIL,
    Role.GUARDIAN: Speaker.GUARDIAN,
    Role.MEMBER: Speaker.COMPANY,
}


@dataclass(frozen=True)
class Line:
    """One message as a side hears it."""

    name: str
    said: str
    words: str
    message: Message | None
    is_own: bool = False
    is_new: bool = False


@dataclass(frozen=True)
class Way:
    """The way to the messages of an application, and how many are new."""

    link: str
    new: int


def page_about(
    application: Application, speaker: Speaker, *, is_part: bool = True
) -> dict[str, object]:
    """What every side's page of messages shows; who is no part of it reads along."""
    conversation = conversation_of(application)
    lines = lines_of(application, speaker, is_part=is_part)
    return {
        "application": application,
        "talk": [line for line in lines if _circle(line) is Circle.PUPIL],
        "letters": [line for line in lines if _circle(line) is Circle.GUARDIAN],
        "has_new": any(line.is_new for line in lines),
        "is_stopped": is_stopped_by(conversation, speaker),
        "is_underway": is_underway(application),
        "can_talk": can_speak(application, conversation, Circle.PUPIL),
        "can_write": can_speak(application, conversation, Circle.GUARDIAN)
        and has_guardian(application, day_of(now())),
        "readings": readings_of(application),
    }


def lines_of(
    application: Application, speaker: Speaker, *, is_part: bool = True
) -> Sequence[Line]:
    """What a side hears, oldest first, with the question of the application."""
    seen = seen_by(conversation_of(application), speaker)
    names = _names(application)
    if is_part:
        names[speaker] = _("Du") if speaker is Speaker.PUPIL else _("Sie")
    lines = []
    if application.question:
        asked = str(application.question.label)
        is_own = speaker is Speaker.PUPIL
        lines.append(Line(names[Speaker.PUPIL], asked, "", None, is_own))
    for message in messages_of(application, speaker):
        is_own = message.speaker is speaker
        is_new = not is_own and message.id > seen
        name, said = names[message.speaker], said_in(message)
        lines.append(Line(name, said, message.words, message, is_own, is_new))
    return lines


@blueprint.app_template_global("messages_about")
def messages_about(application: Application) -> Way | None:
    """The way from an application to its messages; None before it was handed over."""
    speaker = SPEAKERS.get(getattr(actor(), "role", Role.OBSERVER))
    if speaker is None or not has_begun(application):
        return None
    new = new_counts([application.id], speaker).get(application.id, 0)
    return Way(url_for("messages.show", key=application), new)


@blueprint.app_template_global("new_messages")
def new_messages(applications: Sequence[Application]) -> dict[int, int]:
    """How many messages of each application the reader has not read."""
    speaker = SPEAKERS.get(getattr(actor(), "role", Role.OBSERVER))
    ids = [application.id for application in applications]
    return new_counts(ids, speaker) if speaker and ids else {}


def account_part(user: User) -> Part | None:
    """Gives what the account page says about new messages."""
    speaker = SPEAKERS.get(user.role)
    if speaker is None:
        return None
    if speaker is Speaker.PUPIL:
        query = applications_of(user)
    elif speaker is Speaker.GUARDIAN:
        query = applications_of_children(user, day_of(now()))
    else:
        query = applications_to(organisation_ids_of(user))
    count = new_total(query, speaker)
    if not count:
        return None
    endpoint = "children" if speaker is Speaker.GUARDIAN else "index"
    words = ngettext("Eine neue", "%(num)s neue", count)
    link = Link(_("Zu den Bewerbungen"), url_for(f"applications.{endpoint}"))
    return Part(_("Nachrichten"), facts=[(_("Ungelesen"), words)], links=[link])


def _circle(line: Line) -> Circle:
    return line.message.circle if line.message else Circle.PUPIL


def _names(application: Application) -> dict[Speaker, str]:
    """How a page calls those who speak."""
    return {
        Speaker.PUPIL: application.pupil.first_name,
        Speaker.GUARDIAN: _("Eltern"),
        Speaker.COMPANY: application.internship.organisation.name,
    }

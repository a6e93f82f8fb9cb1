from typing import Any

from marketplace.encounters.introductions.models import Introduction
from marketplace.foundation.clock import day_of
from marketplace.foundation.language import in_german as _
from marketplace.upkeep.mail.models import Letter


def introduction_proposed(introduction: Introduction, *, to_provider: bool) -> Letter:
    """Asks a side whether it would like to be introduced; tells no contact."""
    other = introduction.company if to_provider else introduction.provider
    subject = _("Passt das? %(name)s und Sie", name=other.name)
    words = _words(introduction, other.name) | {
        "words": [_(word.label) for word in sorted(introduction.first_words)],
        "message": introduction.message,
    }
    return Letter("introduction_proposed", subject, words)


def introduction_agreed(introduction: Introduction, *, to_provider: bool) -> Letter:
    """Tells a side that both agreed; the contact stands on the page."""
    other = introduction.company if to_provider else introduction.provider
    subject = _("Sie sind einander vorgestellt: %(name)s", name=other.name)
    return Letter("introduction_agreed", subject, _words(introduction, other.name))


def introduction_ended(introduction: Introduction, *, to_provider: bool) -> Letter:
    """Tells a side that it does not come about this time; no reason is given."""
    other = introduction.company if to_provider else introduction.provider
    subject = _("Kommt diesmal nicht zustande: %(name)s", name=other.name)
    return Letter("introduction_ended", subject, _words(introduction, other.name))


def introduction_reminder(introduction: Introduction, *, to_provider: bool) -> Letter:
    """Reminds a silent side of the deadline."""
    other = introduction.company if to_provider else introduction.provider
    subject = _("Noch offen: %(name)s", name=other.name)
    agreed_at = introduction.provider_ok_at or introduction.company_ok_at
    words = _words(introduction, other.name) | {"is_waiting": agreed_at is not None}
    return Letter("introduction_reminder", subject, words)


def _words(introduction: Introduction, other: str) -> dict[str, Any]:
    return {
        "key": introduction.public_id,
        "other": other,
        "offer": introduction.offer.title,
        "due": f"{day_of(introduction.due_at):%d.%m.%Y}",
    }

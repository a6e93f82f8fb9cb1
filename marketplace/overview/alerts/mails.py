from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import Any

from marketplace.foundation.language import in_german as _
from marketplace.people.accounts.models import User
from marketplace.upkeep.mail.models import Letter, LinkRequest

# What the link at the end of each letter is good for.
UNSUBSCRIBE, LINK_TIME = "alerts", timedelta(days=365)


def alert_news(
    user: User, sections: Sequence[dict[str, Any]], *, at: datetime
) -> Letter:
    """Tells what is new in the searches of a person; the link ends such letters."""
    count = sum(len(section["found"]) for section in sections)
    subject = _subject(count, {one["kind"] for s in sections for one in s["found"]})
    words = {"is_pupil": user.pupil is not None, "sections": list(sections)}
    link = LinkRequest(UNSUBSCRIBE, user.id, "alerts.unsubscribe", at + LINK_TIME)
    return Letter("alert_news", subject, words, link)


def alert_consent(child: User) -> Letter:
    """Asks a guardian whether such letters may go to a child under 16."""
    subject = _(
        "Dürfen Briefe über neue Praktika an %(name)s gehen?", name=_name(child)
    )
    return Letter("alert_consent", subject, {"child": _name(child)})


def _subject(count: int, kinds: AbstractSet[str]) -> str:
    if kinds == {"internship"}:
        if count == 1:
            return _("Neu: ein passendes Praktikum")
        return _("Neu: %(count)s passende Praktika", count=count)
    if count == 1:
        return _("Neu: ein passender Eintrag")
    return _("Neu: %(count)s passende Einträge", count=count)


def _name(user: User) -> str:
    return user.first_name

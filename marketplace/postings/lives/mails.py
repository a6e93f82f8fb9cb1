from datetime import date

from flask_babel import force_locale, format_date

from marketplace.foundation.clock import end_of
from marketplace.foundation.language import in_german as _
from marketplace.postings.lives.models import Posting
from marketplace.upkeep.mail.models import Letter, LinkRequest


def posting_submitted(posting: Posting) -> Letter:
    """Asks the coordination office to read a posting."""
    subject = _("Bitte prüfen: %(title)s", title=posting.title)
    return Letter("posting_submitted", subject, _words(posting))


def posting_published(posting: Posting) -> Letter:
    """Tells the organisation that everybody can see its posting now."""
    subject = _("Öffentlich: %(title)s", title=posting.title)
    return Letter("posting_published", subject, _words(posting))


def posting_returned(posting: Posting) -> Letter:
    """Tells the organisation what the office would like to see changed."""
    subject = _("Noch eine Bitte zu: %(title)s", title=posting.title)
    words = _words(posting) | {"words": posting.return_words}
    return Letter("posting_returned", subject, words)


def posting_paused(posting: Posting) -> Letter:
    """Tells the organisation that its posting rests, and how to open it again."""
    subject = _("Ruht jetzt: %(title)s", title=posting.title)
    words = _words(posting) | {"why": posting.return_words}
    return Letter("posting_paused", subject, words)


def posting_frozen(posting: Posting) -> Letter:
    """Tells the organisation that nobody else sees its posting, and why."""
    subject = _("Gesperrt: %(title)s", title=posting.title)
    words = _words(posting) | {"why": posting.return_words}
    return Letter("posting_frozen", subject, words)


def posting_thawed(posting: Posting) -> Letter:
    """Tells the organisation that its posting is as it was before the freeze."""
    subject = _("Wieder frei: %(title)s", title=posting.title)
    words = _words(posting) | {"state": _(posting.state.label)}
    return Letter("posting_thawed", subject, words)


def posting_reminder(posting: Posting, until: date) -> Letter:
    """Asks whether a posting still holds; the button behind the link says yes."""
    subject = _("Stimmt das noch? %(title)s", title=posting.title)
    with force_locale("de"):
        words = _words(posting) | {"until": format_date(until, "long")}
    link = LinkRequest(
        freshness(posting.kind),
        posting.id,
        f"{posting.kind}s.confirm_by_letter",
        end_of(until),
    )
    return Letter("posting_reminder", subject, words, link)


def freshness(kind: str) -> str:
    """What the link of a reminder is good for."""
    return f"fresh_{kind}"


def _words(posting: Posting) -> dict[str, str]:
    return {
        "endpoint": f"{posting.kind}s.show",
        "key": posting.public_id,
        "title": posting.title,
        "organisation": posting.organisation.name,
    }

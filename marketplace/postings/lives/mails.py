from marketplace.foundation.language import in_german as _
from marketplace.postings.lives.models import Posting
from marketplace.upkeep.mail.models import Letter


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


def posting_paused(posting: Posting, why: str) -> Letter:
    """Tells the organisation that its posting rests, and how to open it again."""
    subject = _("Ruht jetzt: %(title)s", title=posting.title)
    return Letter("posting_paused", subject, _words(posting) | {"why": why})


def _words(posting: Posting) -> dict[str, str]:
    return {
        "endpoint": f"{posting.kind}s.show",
        "key": posting.public_id,
        "title": posting.title,
        "organisation": posting.organisation.name,
    }

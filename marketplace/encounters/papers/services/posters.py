"""A published internship as a poster for the wall."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import force_locale

from marketplace.encounters.papers.services.describing import hours_of, place_of
from marketplace.encounters.papers.services.printing import qr_of
from marketplace.foundation.clock import day_of
from marketplace.foundation.documents import document
from marketplace.foundation.language import format_span
from marketplace.postings.internships.models import Internship, Period
from marketplace.postings.internships.rules import open_periods

# What fits in a size that is read from afar.
MOST_PERIODS, LONGEST = 3, 360
MOST_TOPICS = 4


def poster(internship: Internship, *, address: str, at: datetime) -> bytes:
    """One page with what is public of an internship, and the way to it."""
    with force_locale("de"):
        topics = sorted(str(topic.label) for topic in internship.topics)
        facts = _facts(internship, at=at)
    data = {
        "lead": f"Praktikum bei {internship.organisation.name}",
        "call": "Ansehen und bewerben:",
        "closing": "Bewerben ist kostenlos. Unter 18 stimmen zuerst die Eltern zu.",
        "title": internship.title,
        "topics": " · ".join(topics[:MOST_TOPICS]),
        "tasks": paragraphs(internship.description),
        "facts": facts,
        "address": address.partition("://")[2],
        "qr": qr_of(address),
    }
    title = f"Aushang: {internship.title}"
    return document("poster", title=title, data=data, at=at)


def _facts(internship: Internship, *, at: datetime) -> list[tuple[str, str]]:
    ahead = open_periods(internship, day_of(at))
    # Hours may fit later than the company asks for.
    youngest = internship.fits_from or internship.minimum_age
    facts = [
        ("Wo", place_of(internship)),
        ("Wann", _periods(ahead)),
        ("Zeiten", hours_of(internship)),
        ("Alter", f"ab {youngest} Jahren" if youngest else ""),
    ]
    return [(name, value) for name, value in facts if value]


def _periods(periods: Sequence[Period]) -> str:
    told = [format_span(one.starts_on, one.ends_on) for one in periods[:MOST_PERIODS]]
    more = " und weitere" if len(periods) > MOST_PERIODS else ""
    return "; ".join(told) + more


def paragraphs(words: str) -> list[str]:
    """The first paragraphs, cut after a sentence where they are too long."""
    if len(words) > LONGEST:
        cut = words[:LONGEST]
        end = max(cut.rfind(". "), cut.rfind(".\n"))
        words = cut[: end + 1] if end > 0 else f"{cut.rsplit(' ', 1)[0]} …"
    return [part.strip() for part in words.splitlines() if part.strip()]

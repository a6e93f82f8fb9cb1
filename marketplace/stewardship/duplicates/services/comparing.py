"""What tells two entries apart that are called the same."""

from dataclasses import dataclass

from marketplace.foundation.language import (
    _,
    format_moment,
    format_span,
)
from marketplace.postings.lives.models import Posting
from marketplace.stewardship.takeovers.services.likeness import days_of
from marketplace.stewardship.takeovers.services.lines import said_lines
from marketplace.stewardship.takeovers.tables import FIELDS


@dataclass(frozen=True)
class Mark:
    """What one entry says, and what the other says of the same."""

    label: str
    here: str
    there: str


def differences(one: Posting, other: Posting) -> list[Mark]:
    """What a person needs to tell two entries apart; what is alike is left out.

    Their numbers are never alike, and stand last.
    """
    return [mark for mark in marks(one, other) if mark.here != mark.there]


def marks(one: Posting, other: Posting) -> list[Mark]:
    """What two entries are known by, alike or not, as far as one of both tells it."""
    there = _marks_of(other)
    both = (Mark(name, words, there[name]) for name, words in _marks_of(one).items())
    return [mark for mark in both if mark.here or mark.there]


def _marks_of(posting: Posting) -> dict[str, str]:
    days, public_at = days_of(posting), posting.published_at
    place = (posting.postal_code, posting.place_name)
    return {
        _("Titel"): posting.title,
        _("Organisation"): posting.organisation.name,
        _("Ort"): " ".join(filter(None, place)),
        _("Wann"): format_span(*days) if days else "",
        str(FIELDS["lines"]): said_lines(getattr(posting, "lines", ())),
        _("Stand"): str(posting.state.label),
        _("Quelle"): _source_of(posting),
        _("Öffentlich seit"): format_moment(public_at) if public_at else "",
        _("Zuletzt geändert"): format_moment(posting.changed_at),
        _("Nummer"): posting.public_id,
    }


def _source_of(posting: Posting) -> str:
    """Where it comes from, and of when that is."""
    if not posting.source:
        return _("von der Organisation")
    day = posting.as_of
    as_of = format_span(day, day) if day else posting.as_of_text
    told = _("Stand %(day)s", day=as_of) if as_of else ""
    return ", ".join(filter(None, (posting.source_name, told)))

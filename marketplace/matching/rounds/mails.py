from datetime import datetime
from typing import Any

from flask_babel import force_locale, format_date

from marketplace.encounters.applications.rules import APPROVAL_LINK_DAYS
from marketplace.foundation.clock import days_after
from marketplace.foundation.language import in_german as _
from marketplace.matching.rounds.models import Round, RoundEntry
from marketplace.upkeep.mail.models import Letter, LinkRequest

CONSENT = "round_consent"


def consent_asked(
    entry: RoundEntry, firms: list[str], guardian: str, *, at: datetime
) -> Letter:
    """Asks a guardian about the companies on a list; the link is good until closing."""
    until = min(days_after(at, APPROVAL_LINK_DAYS), last_moment(entry.round))
    words = _words(entry) | {"firms": firms, "guardian": guardian}
    with force_locale("de"):
        words["until"] = format_date(until, "full")
    return Letter(
        "round_consent_asked",
        _("%(name)s nimmt an einer Verteilrunde teil", name=entry.pupil.first_name),
        words,
        LinkRequest(CONSENT, entry.id, "rounds.consent", until),
    )


def consent_given(entry: RoundEntry) -> Letter:
    """Tells the pupil that somebody at home has answered."""
    subject = _("Zu Hause ist über deine Liste entschieden")
    return Letter("round_consent_given", subject, _words(entry))


def round_unplaced(entry: RoundEntry) -> Letter:
    """Tells a pupil kindly that there is no place yet, and what is free."""
    subject = _("Die Verteilrunde ist entschieden")
    return Letter("round_unplaced", subject, _words(entry))


def round_closed_for_company(round_: Round) -> Letter:
    """Tells the companies of a round that it is published."""
    subject = _("Die Verteilrunde ist entschieden: %(title)s", title=round_.title)
    return Letter("round_published", subject, _of_round(round_))


def last_moment(round_: Round) -> datetime:
    """Until when an approval still counts: the closing, or the late run."""
    return round_.confirm_until or round_.closes_at


def _words(entry: RoundEntry) -> dict[str, Any]:
    return _of_round(entry.round) | {
        "pupil": entry.pupil.first_name,
        "guardian": entry.guardian_name,
    }


def _of_round(round_: Round) -> dict[str, Any]:
    with force_locale("de"):
        closes = format_date(round_.closes_at, "full")
    return {"key": round_.public_id, "title": round_.title, "closes": closes}

"""Says to people what a plan or a posting lacks; the words stand in `sentences`."""

from datetime import date

from flask_babel import format_date

from marketplace.foundation.language import _, lazy
from marketplace.region.labour.enums import Reason
from marketplace.region.labour.services.planning import PostingVerdict
from marketplace.region.labour.services.sentences import SENTENCES
from marketplace.region.labour.tables import HOUR, Finding

# Their allowed numbers are ages, days or the minutes of a break; all others are hours.
COUNTED = frozenset(
    {
        Reason.UNDER_13,
        Reason.HOLIDAY_DAYS_USED_UP,
        Reason.BREAK_MISSING,
        Reason.SIX_DAYS,
        Reason.ADULT_BREAK_MISSING,
    }
)


def sentence_for(finding: Finding, *, familiar: bool) -> str:
    """Says what is not possible, why, and what would be: to a pupil `familiar`."""
    sentence = SENTENCES[finding.reason]
    words = str(sentence.familiar if familiar else sentence.polite)
    write = str if finding.reason in COUNTED else _hours
    numbers = [write(number) for number in finding.allowed]
    names = dict(zip(("limit", "end"), numbers, strict=False))
    return words % (_when(finding.day) | names)


def ages_for(verdict: PostingVerdict) -> str:
    """Tells from which age the hours of a posting fit; nothing where for all."""
    if not verdict.is_for_older_ones:
        return ""
    return str(_("ab %(age)s Jahren", age=verdict.fits_from))


def saturday_warning(day: date, *, familiar: bool) -> str:
    """Warns that a month has few free Saturdays; it refuses nothing (§ 16 Abs. 2)."""
    words = (
        lazy(
            "%(On)s ist Samstag. Zwei Samstage im Monat sollen für dich frei bleiben "
            "(§ 16 Abs. 2 JArbSchG). Frag, ob ein anderer Tag geht."
        )
        if familiar
        else lazy(
            "%(On)s ist Samstag. Zwei Samstage im Monat sollen frei bleiben "
            "(§ 16 Abs. 2 JArbSchG). Prüfen Sie, ob ein anderer Tag geht."
        )
    )
    return str(words) % _when(day)


def _when(day: date | None) -> dict[str, str]:
    """The day at the beginning of a sentence and inside one."""
    if day is None:
        return {"On": _("An diesen Tagen"), "on": _("an diesen Tagen")}
    # Translators: the pattern of a day in your language, as Babel writes it.
    told = format_date(day, _("EEE, d. MMMM y"))
    return {"On": _("Am %(day)s", day=told), "on": _("am %(day)s", day=told)}


def _hours(minutes: int) -> str:
    return f"{minutes // HOUR}:{minutes % HOUR:02d}"

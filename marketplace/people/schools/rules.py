from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from marketplace.people.accounts.models import User
from marketplace.people.accounts.rules import is_confirmed
from marketplace.people.schools.models import (
    ClassPeriod,
    School,
    SchoolClass,
    SchoolDays,
)
from marketplace.region.calendar.tables import school_year_of

# A class with more pupils is none; a code that went round the town is renewed.
MOST_PUPILS = 60


# Behind these anybody has an address, or many schools together.
SHARED_DOMAINS = frozenset(
    {
        *("gmx.de", "gmx.net", "web.de", "t-online.de", "freenet.de", "posteo.de"),
        *("gmail.com", "googlemail.com", "outlook.com", "outlook.de", "hotmail.com"),
        *("hotmail.de", "live.de", "yahoo.de", "yahoo.com", "icloud.com", "me.com"),
        *("aol.com", "mail.de", "mailbox.org", "arcor.de", "proton.me", "gmx.com"),
        *("lernsax.de", "schullogin.de", "smb.sachsen.de", "bildung-lsa.de"),
        *("schule.thueringen.de", "schulportal-thueringen.de"),
    }
)


def is_at_school(user: User, school: School) -> bool:
    """Says whether a confirmed address is one of a school: no more to be checked."""
    host = user.email.rpartition("@")[2].lower()
    return (
        bool(school.mail_domain) and is_confirmed(user) and host == school.mail_domain
    )


def is_of_school(own: SchoolClass, school: School | None) -> bool:
    """Says whether a class is one of a school."""
    return school is not None and own.school_id == school.id


def is_current(own: SchoolClass, day: date) -> bool:
    """Says whether the school year of a class is not over on a day."""
    return own.school_year >= school_year_of(day)


def year_words(year: int) -> str:
    """The school year that begins in a year, as it is written: 2026/27."""
    return f"{year}/{(year + 1) % 100:02}"


def next_period(own: SchoolClass, day: date) -> ClassPeriod | None:
    """The period that runs on a day, else the first one that is still to come."""
    ahead = [period for period in own.periods if period.ends_on >= day]
    return min(ahead, key=lambda period: period.starts_on, default=None)


def days_within(spans: Iterable[SchoolDays | ClassPeriod]) -> Iterator[date]:
    """Each day of some spans, the first and the last included."""
    for span in spans:
        count = (span.ends_on - span.starts_on).days + 1
        yield from (span.starts_on + timedelta(days=k) for k in range(count))

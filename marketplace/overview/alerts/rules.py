from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta

from flask_babel import format_date

from marketplace.foundation.clock import day_of, start_of
from marketplace.foundation.language import _, format_decimal
from marketplace.matching.gaps.enums import FEWEST_PUPILS
from marketplace.overview.alerts.enums import Rhythm, Scope
from marketplace.overview.alerts.models import SavedSearch
from marketplace.overview.alerts.tables import GROUNDS
from marketplace.people.accounts.models import User
from marketplace.postings.lives.queries import Narrowing
from marketplace.region.labour.rules import age_on, may_consent
from marketplace.region.topics.enums import Sign
from marketplace.region.topics.rules import sign_of

# Nobody reads letters about more of them.
MOST = 10
MONTHS_KEPT = 12
WEEK, MONDAY = timedelta(days=7), 0
# So many topics are named one by one, more by their signs.
NAMED_TOPICS = 3
# Which column holds what a list is narrowed by.
COLUMNS = {
    **{name: name for name in ("words", "radius_km", "topics", "grade")},
    **{name: name for name in ("starts_from", "ends_by", "is_step_free")},
    **{name: name for name in ("group_size", "weekday")},
    "state": "state_code",
    "district": "district_ags",
}


def age_of(user: User, day: date) -> int | None:
    """How old a pupil is; of others it is not known, and does not matter."""
    return age_on(user.pupil.birth_on, day) if user.pupil else None


def needs_consent(user: User, day: date) -> bool:
    """Says whether somebody at home agrees to letters to this person."""
    pupil = user.pupil
    return pupil is not None and not may_consent(pupil.birth_on, start_of(day))


def may_write(user: User, agreed: Collection[int], day: date) -> bool:
    """Says whether letters may go to a person now; `agreed` are the children."""
    is_there = user.confirmed_at is not None and user.disabled_at is None
    return is_there and (user.id in agreed or not needs_consent(user, day))


def is_due(search: SavedSearch, at: datetime) -> bool:
    """Says whether the rhythm allows a letter about this search now."""
    today = day_of(at)
    last = day_of(search.told_at or search.saved_at)
    if search.rhythm is Rhythm.WEEKLY:
        is_monday = today.weekday() == MONDAY and last < today
        return is_monday or today - last >= WEEK
    return search.rhythm is not Rhythm.NEVER


def was_told_on(search: SavedSearch, day: date) -> bool:
    """Says whether a letter told of it that day."""
    return search.told_at is not None and day_of(search.told_at) == day


def narrowing_of(search: SavedSearch, age: int | None) -> Narrowing:
    """What is looked for; of a pupil never what she is too young for."""
    ages = [known for known in (search.age, age) if known is not None]
    same = {name: getattr(search, column) for name, column in COLUMNS.items()}
    kind = "" if search.scope is Scope.EVERYTHING else search.art
    youngest = min(ages, default=None)
    return Narrowing(**same, centre=_centre(search), age=youngest, kind=kind)


def _centre(search: SavedSearch) -> tuple[float, float] | None:
    if search.lat is None or search.lon is None:
        return None
    return search.lat, search.lon


def few_words(count: int) -> str:
    """A number of searches in words that do not tell of few people."""
    is_telling = 0 < count < FEWEST_PUPILS
    return _("weniger als zehn") if is_telling else format_decimal(count)


def title_of(search: SavedSearch) -> str:
    """What is looked for, in words."""
    words = ", ".join(_parts(search))
    if search.scope is Scope.INTERNSHIPS:
        return words or _("Alle Praktika")
    where = str(search.scope.label)
    return f"{where}: {words}" if words else where


def _parts(search: SavedSearch) -> Iterator[str]:
    yield from [f"„{search.words}“"] if search.words else []
    yield from _where(search)
    yield from _topic_words(search)
    yield from _for_whom(search)
    yield from _when(search)
    yield from _art(search)
    yield from [_("stufenlos, mit WC")] if search.is_step_free else []


def _where(search: SavedSearch) -> Iterator[str]:
    if search.place and search.radius_km:
        yield _("%(km)s km um %(place)s", km=search.radius_km, place=search.place)
    elif search.place:
        yield search.place
    if search.state_code:
        yield str(search.state_code.label)


def _for_whom(search: SavedSearch) -> Iterator[str]:
    if search.grade:
        yield _("Klasse %(grade)s", grade=search.grade)
    if search.age:
        yield _("%(age)s Jahre", age=search.age)
    if search.group_size:
        yield _("für %(size)s", size=search.group_size)
    if search.weekday:
        yield str(search.weekday.label)


def _art(search: SavedSearch) -> Iterator[str]:
    choices = GROUNDS[search.scope].choices
    if search.art and choices:
        yield str(choices(search.art).label)  # type: ignore[call-arg]


def _when(search: SavedSearch) -> Iterator[str]:
    if search.starts_from:
        yield _("ab %(day)s", day=format_date(search.starts_from))
    if search.ends_by:
        yield _("bis %(day)s", day=format_date(search.ends_by))


def _topic_words(search: SavedSearch) -> list[str]:
    if len(search.topics) <= NAMED_TOPICS:
        return sorted(str(topic.label) for topic in search.topics)
    signs = {sign_of(topic) for topic in search.topics}
    return [str(sign.label) for sign in Sign if sign in signs]

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import date, time, timedelta

from flask_babel.speaklater import LazyString

from marketplace.foundation.geometry import Point, distance_km
from marketplace.foundation.language import _, format_span, lazy, ngettext
from marketplace.foundation.lots import splitmix64
from marketplace.postings.internships.enums import Gap, Shape
from marketplace.postings.internships.models import Internship, Period, Supervisor
from marketplace.postings.internships.tables import Candidate
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.queries import Narrowing
from marketplace.postings.lives.rules import said, year_before
from marketplace.region.calendar.tables import Calendar
from marketplace.region.labour.enums import Basis, Reason
from marketplace.region.labour.rules import is_eve
from marketplace.region.labour.services.planning import PostingVerdict, check_posting
from marketplace.region.labour.tables import EVE_END, DayPlan, Finding, Settings
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import CLASSES, Audience

MOST_TOPICS, MOST_OCCUPATIONS = 5, 3
# How far it is, in bands; what lies farther is in one more, what lies nowhere behind.
BANDS_KM = (5, 10, 25, 50)
NEVER = date.max.toordinal()
ADULT, SATURDAY = 18, 5
# Days from one to the next of a series.
STEPS: Mapping[Shape, int] = {Shape.WEEKLY_DAY: 7, Shape.FORTNIGHTLY_DAY: 14}
# The first of weeks far from every eve.
SAMPLE_MONDAY = date(2027, 3, 1)
# More kinds of weeks are judged when somebody applies.
MOST_WEEKS = 10
# What is entered where nobody says otherwise (youth protection, section 2). Content,
# as the organisation would write it, so it is not translated.
FUNDS: Mapping[FederalState, str] = {
    FederalState.SAXONY: "Unfallkasse Sachsen",
    FederalState.SAXONY_ANHALT: "Unfallkasse Sachsen-Anhalt",
    FederalState.THURINGIA: "Unfallkasse Thüringen",
}
INSURERS: Mapping[Basis, str] = {
    Basis.SCHOOL: "Schulpraktikum: Schülerunfallversicherung{fund}.",
    Basis.VOLUNTARY: "Freiwilliges Praktikum: Berufsgenossenschaft des Betriebs.",
}
LIABILITIES: Mapping[Basis, str] = {
    Basis.SCHOOL: "Schulpraktikum: über den Schulträger, bitte mit der Schule klären.",
    Basis.VOLUNTARY: "Freiwilliges Praktikum: private Haftpflicht der Familie.",
}
# What an entry hands over as it is.
PLAIN = (
    *("title", "description", "learn", "topics", "bases", "shape", "branch"),
    "is_multi_shift",
    *("day_starts_at", "day_ends_at", "grade_from", "grade_to", "minimum_age"),
    *("way_there", "bring", "papers", "pay", "dangers", "risks_assessed_on"),
)
APPLIED_FOR = (PostingState.PUBLISHED, PostingState.FILLED)


def takes_applications(internship: Internship) -> bool:
    """Says whether pupils may apply: for a place, or for the waiting list."""
    return internship.state in APPLIED_FOR


def is_open_on(period: Period, day: date) -> bool:
    """Says whether one can apply for a period on a day."""
    return period.is_open and day <= last_day_to_apply(period)


def last_day_to_apply(period: Period) -> date:
    """The day that was named, at the latest the one before it begins."""
    return min(period.apply_until or date.max, period.starts_on - timedelta(days=1))


def is_ahead(period: Period, day: date) -> bool:
    """Says whether a period has not begun yet."""
    return period.is_open and period.starts_on > day


def open_periods(internship: Internship, day: date) -> list[Period]:
    """The periods one can apply for on a day, the next one first."""
    return [period for period in internship.periods if is_open_on(period, day)]


def is_declared(supervisor: Supervisor, day: date) -> bool:
    """Says whether the declaration after § 25 JArbSchG is there and not too old."""
    declared_on = supervisor.declared_on
    return declared_on is not None and year_before(day) <= declared_on <= day


def place_in_order(one: Candidate, by: Narrowing, day: date) -> tuple[int, ...]:
    """What the list that fits is sorted by, the smallest first; no two are alike.

    Days, own topics, how far it is, when it begins; what is equal takes turns from day
    to day. Only what the reader entered counts, and what is full comes last.
    """
    begins = one.begins_on.toordinal() if one.begins_on else NEVER
    turn = splitmix64(one.id << 32 | day.toordinal())
    fit = (one.days_fit, -len(one.topics & by.topics), _band(one, by))
    return (int(not one.is_bookable), *fit, begins, turn, one.id)


def _band(one: Candidate, by: Narrowing) -> int:
    if by.centre is None:
        return 0
    if one.lat is None or one.lon is None:
        return len(BANDS_KM) + 1
    km = distance_km(Point(*by.centre), Point(one.lat, one.lon))
    return bisect_left(BANDS_KM, km)


def is_inside(span: tuple[date, date], by: Narrowing) -> bool:
    """Says whether some days lie wholly between those that were asked for."""
    return by.days is not None and by.days[0] <= span[0] and span[1] <= by.days[1]


def has_hours(internship: Internship) -> bool:
    """Says whether it is told when a day begins and ends."""
    return internship.day_starts_at is not None and internship.day_ends_at is not None


# Says of each gap whether it is filled in.
FILLED: Mapping[Gap, Callable[[Internship, date], bool]] = {
    Gap.SITE: lambda it, _day: it.state_code is not None and it.lat is not None,
    Gap.DESCRIPTION: lambda it, _day: bool(it.description),
    Gap.TOPICS: lambda it, _day: 1 <= len(it.topics) <= MOST_TOPICS,
    Gap.OCCUPATIONS: lambda it, _day: 1 <= len(it.occupations) <= MOST_OCCUPATIONS,
    Gap.BASES: lambda it, _day: bool(it.bases),
    Gap.HOURS: lambda it, _day: (
        it.day_starts_at is not None and it.day_ends_at is not None
    ),
    Gap.GRADES: lambda it, _day: it.grade_from is not None,
    Gap.PERIODS: lambda it, day: any(is_ahead(period, day) for period in it.periods),
    Gap.INSURER: lambda it, _day: bool(it.insurer),
    Gap.LIABILITY: lambda it, _day: bool(it.liability),
    Gap.PAY: lambda it, _day: bool(it.pay),
    Gap.PAPERS: lambda it, _day: bool(it.papers),
    Gap.RISKS: lambda it, day: (
        it.risks_assessed_on is not None and it.risks_assessed_on <= day
    ),
    Gap.SUPERVISORS: lambda it, _day: bool(it.supervisors),
    Gap.DECLARATION: lambda it, day: all(is_declared(s, day) for s in it.supervisors),
}


def gaps(internship: Internship, day: date) -> list[Gap]:
    """What is still lacking, in the order of the form."""
    return [gap for gap, is_filled in FILLED.items() if not is_filled(internship, day)]


# Where in the form a breach of the rules for minors is mended; the rest in the days.
PLACES: Mapping[frozenset[Reason], Mapping[str, LazyString]] = {
    frozenset({Reason.DANGEROUS, Reason.UNDERGROUND}): {
        "dangers": lazy("Gefahren ändern")
    },
    frozenset({Reason.UNDER_13, Reason.VOLUNTARY_UNDER_15}): {
        "bases": lazy("Art ändern"),
        "grade_from": lazy("Klassen ändern"),
        "minimum_age": lazy("Mindestalter ändern"),
    },
    frozenset(
        {
            *(Reason.OUTSIDE_HOURS, Reason.DAY_TOO_LONG, Reason.WEEK_TOO_LONG),
            *(Reason.BREAK_MISSING, Reason.SHIFT_TOO_LONG, Reason.EVE_AFTER_14),
            *(Reason.ADULT_DAY_TOO_LONG, Reason.ADULT_BREAK_MISSING),
        }
    ): {
        "day_starts_at": lazy("Zeiten des Tages ändern"),
        "breaks-0": lazy("Pausen ändern"),
    },
}
DAYS: Mapping[str, LazyString] = {
    "periods-0-starts_on": lazy("Zeitraum ändern"),
    "bases": lazy("Art ändern"),
}


def fields_of(reason: Reason) -> dict[str, str]:
    """The fields of the form in which such a breach is mended, with their words."""
    places = [words for reasons, words in PLACES.items() if reason in reasons]
    return {name: str(words) for name, words in next(iter(places), DAYS).items()}


def dates_of(period: Period) -> list[date]:
    """The days a period means, before public holidays are left out.

    On request it means every working day, of which some are agreed on.
    """
    shape = period.internship.shape
    if shape is Shape.SINGLE_DAYS:
        return [date.fromisoformat(day) for day in period.days]
    span = range(0, (period.ends_on - period.starts_on).days + 1, STEPS.get(shape, 1))
    days = [period.starts_on + timedelta(days=k) for k in span]
    return days if shape in STEPS else [day for day in days if day.weekday() < SATURDAY]


def work_days_of(period: Period, calendar: Calendar) -> list[date]:
    """The days a period means that are no public holidays where the work is."""
    state, place = period.internship.state_code, period.internship.place_name or ""
    if state is None:
        return dates_of(period)
    holiday = calendar.is_public_holiday
    return [day for day in dates_of(period) if not holiday(state, day, place)]


def day_plan(internship: Internship, day: date) -> DayPlan:
    """One day of it as the rules for minors judge it; it must state its hours."""
    starts, ends = internship.day_starts_at, internship.day_ends_at
    if starts is None or ends is None:
        raise ValueError("an internship without hours cannot be judged")
    breaks = [(minutes(b.starts_at), minutes(b.ends_at)) for b in internship.breaks]
    return DayPlan(day, minutes(starts), minutes(ends), tuple(breaks))


def minutes(at: time) -> int:
    """A time of day as minutes since midnight."""
    return at.hour * 60 + at.minute


def sample_weeks(internship: Internship) -> list[DayPlan]:
    """The weeks as they go, without holidays, each in a month of its own."""
    weeks = enumerate(_weeks_of(internship)[:MOST_WEEKS])
    days = [timedelta(weeks=5 * n, days=k) for n, week in weeks for k in week]
    return [day_plan(internship, SAMPLE_MONDAY + day) for day in days]


def _weeks_of(internship: Internship) -> list[list[int]]:
    """The weekdays of its weeks, Monday to Friday if nothing is told.

    A week that says no more than another is left out.
    """
    weeks = defaultdict[tuple[int, int], set[int]](set)
    for day in (day for period in internship.periods for day in dates_of(period)):
        weeks[day.isocalendar()[:2]].add(day.weekday())
    kinds = {frozenset(week) for week in weeks.values()} or {frozenset(range(5))}
    return sorted(sorted(one) for one in kinds if not any(one < it for it in kinds))


def verdict_for(
    internship: Internship, basis: Basis, settings: Settings
) -> PostingVerdict:
    """From which age hours and tasks are possible on this basis, and why not before."""
    return check_posting(
        *(basis, sample_weeks(internship)),
        branch=internship.branch,
        dangers=internship.dangers,
        is_multi_shift=internship.is_multi_shift,
        minimum_age=internship.minimum_age,
        settings=settings,
    )


def breach_of(
    internship: Internship, basis: Basis, settings: Settings
) -> Finding | None:
    """The rule for minors that an internship breaks; None where it keeps them all.

    Hours for adults alone are a breach unless it asks for adults.
    """
    verdict = verdict_for(internship, basis, settings)
    is_for_adults = verdict.fits_from == ADULT and not internship.dangers
    if is_for_adults and (internship.minimum_age or 0) < ADULT:
        return verdict.finding
    return verdict.finding if verdict.fits_from is None or internship.dangers else None


def late_eve_of(internship: Internship, day: date) -> Finding | None:
    """The first eve of a block, from a day on, on which minors would work too long.

    Of a series the eve drops out, and adults may stay (§ 18 Abs. 1 JArbSchG).
    """
    is_for_adults = (internship.minimum_age or 0) >= ADULT
    if internship.shape is not Shape.BLOCK or is_for_adults:
        return None
    open_ones = (p for p in internship.periods if p.is_open and p.ends_on >= day)
    eves = sorted(d for p in open_ones for d in dates_of(p) if d >= day and is_eve(d))
    if not eves or day_plan(internship, eves[0]).ends <= EVE_END:
        return None
    return Finding(Reason.EVE_AFTER_14, eves[0], (EVE_END,))


def admitted_from(internship: Internship, settings: Settings) -> int | None:
    """The youngest age that may come, over every basis; None where none may."""
    if not has_hours(internship):
        return internship.minimum_age
    verdicts = [verdict_for(internship, basis, settings) for basis in internship.bases]
    return min((v.fits_from for v in verdicts if v.fits_from), default=None)


def terms_of(internship: Internship) -> tuple[object, ...]:
    """What an applicant has agreed to: when, how long, what, from which age."""
    periods = [
        (p.id, p.starts_on, p.ends_on, tuple(p.days)) for p in internship.periods
    ]
    breaks = [(pause.starts_at, pause.ends_at) for pause in internship.breaks]
    hours = (internship.day_starts_at, internship.day_ends_at, breaks)
    ages = (internship.minimum_age, internship.grade_from, internship.grade_to)
    return (internship.shape, periods, hours, internship.description, ages)


def told(internship: Internship) -> dict[str, str]:
    """What it says, field by field, for its history; of persons only what they do."""
    names = (*PLAIN, "insurer", "liability")
    words = {name: said(getattr(internship, name)) for name in names}
    words["site_id"] = internship.site.town if internship.site else ""
    return words | {
        name: "; ".join(say(line) for line in getattr(internship, name))
        for name, say in LINES.items()
    }


def _period_in_words(period: Period) -> str:
    span = format_span(period.starts_on, period.ends_on)
    days = "".join(f", {day}" for day in period.days)
    until = f", {_('bewerben bis')} {said(period.apply_until)}"
    places = ngettext("ein Platz", "%(num)s Plätze", period.place_count)
    state = "" if period.is_open else f", {_('zurückgenommen')}"
    return f"{span}{days}, {places}{until if period.apply_until else ''}{state}"


# How the lines of an internship are said, by the list they stand in.
LINES: Mapping[str, Callable[..., str]] = {
    "periods": _period_in_words,
    "breaks": lambda b: f"{said(b.starts_at)}–{said(b.ends_at)}",
    "occupations": lambda glimpse: glimpse.occupation.title,
    "supervisors": lambda s: f"{s.function}, § 25: {said(s.declared_on)}",
}


def usual_insurer(bases: Collection[Basis], state: FederalState | None) -> str:
    """Who insures against accidents where nothing else was agreed."""
    fund = f" ({FUNDS[state]})" if state else ""
    return " ".join(INSURERS[b].format(fund=fund) for b in Basis if b in bases)


def usual_liability(bases: Collection[Basis]) -> str:
    """Who answers for damage where nothing else was agreed."""
    return " ".join(LIABILITIES[basis] for basis in Basis if basis in bases)


def audiences_of(first: int | None, last: int | None) -> frozenset[Audience]:
    """The audiences that stand for a range of grades."""
    if first is None:
        return frozenset()
    return frozenset(
        audience
        for audience, (low, high) in CLASSES.items()
        if low <= (last or high) and high >= first
    )

"""Weeks as hypothesis draws them: near every limit, at every turn of the year."""

from datetime import date, timedelta

from hypothesis import strategies as st

from marketplace.region.labour.enums import Basis, Branch, Danger
from marketplace.region.labour.tables import DayPlan, Plan, Worker
from marketplace.region.places.enums import FederalState
from tests.region.labour.plans import IN_2026
from tests.region.labour.reading import birthday

# Where something changes: feasts, holidays, the end of full time, an ordinary week.
FIRST_DAYS = [
    *(date(2026, 10, 26), date(2026, 11, 16), date(2026, 12, 21), date(2026, 12, 28)),
    *(date(2027, 1, 4), date(2027, 2, 1), date(2027, 3, 8), date(2027, 3, 22)),
    *(date(2027, 4, 29), date(2027, 7, 5), date(2027, 7, 12), date(2027, 7, 26)),
]
TIMES = [240, 300, 359, 360, 420, 480, 480, 480, 481, 720, 840]
LENGTHS = [180, 270, 271, 330, 391, 420, 450, 480, 540, 541, 570, 600, 660, 720]
PAUSES = [
    *((150, 180), (180, 240), (61, 91), (59, 89), (270, 285), (300, 330), (100, 114)),
]
STATES = st.sampled_from(FederalState)
# From the first day on, a Monday but for one: a week, six days, two weeks, weekends.
USUAL_WEEKS = st.sampled_from(
    [range(5), range(6), range(1, 7), [*range(5), *range(7, 12)], [5, 12], [6, 13]]
)
ANY_DAY = st.integers(0, 13)
SOME_DAYS = st.sets(ANY_DAY, min_size=1, max_size=10)
SUNDAYS_AROUND = st.sampled_from([-8, -1, 6, 13, 20])
BRANCHES = st.one_of(st.just(Branch.NONE), st.sampled_from(Branch))
ON_WEEKENDS = st.sampled_from(
    [Branch.HOSPITAL, Branch.HOSPITALITY, Branch.BAKERY, Branch.SPORT, Branch.NONE]
)
DANGERS = st.sampled_from([frozenset()] * 27 + [frozenset({d}) for d in Danger])


@st.composite
def hours(draw):
    """From, to, and breaks that may touch, overlap or lie outside."""
    starts = draw(st.sampled_from(TIMES))
    ends = min(starts + draw(st.sampled_from(LENGTHS)), 1439)
    pauses = draw(st.lists(st.sampled_from(PAUSES), max_size=2))
    return starts, ends, tuple((starts + begin, starts + end) for begin, end in pauses)


@st.composite
def day_plans(draw, first, offsets=ANY_DAY):
    day = first + timedelta(days=draw(offsets))
    return DayPlan(day, *draw(hours()))


def by_date(plans):
    return tuple({plan.day: plan for plan in plans}.values())


@st.composite
def weeks_of_somebody(draw):
    """Some days of two weeks, often alike, and who would work on them."""
    first = draw(st.sampled_from(FIRST_DAYS))
    if draw(st.booleans()):
        usual = draw(day_plans(first))
        days = draw(st.one_of(USUAL_WEEKS, SOME_DAYS))
        plans = [
            DayPlan(first + timedelta(days=k), usual.starts, usual.ends, usual.breaks)
            for k in sorted(days)
        ]
    else:
        plans = draw(st.lists(day_plans(first), min_size=1, max_size=8).map(by_date))
    home = draw(st.sampled_from([*FederalState, *FederalState, *FederalState, None]))
    plan = Plan(
        basis=draw(st.sampled_from(Basis)),
        days=tuple(plans),
        work_state=draw(STATES) if draw(st.booleans()) or not home else home,
        branch=draw(BRANCHES if is_all_week(plans) else ON_WEEKENDS),
        is_multi_shift=draw(st.booleans()),
        dangers=draw(DANGERS),
        left_out=draw(left_out(first, {one.day for one in plans})),
        is_named_by_school=draw(st.booleans()),
    )
    around = day_plans(first, st.one_of(ANY_DAY, SUNDAYS_AROUND))
    several = st.lists(around, max_size=4).map(by_date)
    elsewhere = draw(several if is_all_week(plans) else several | sundays(first))
    worker = Worker(
        born_on=draw(births(first)),
        school_state=home,
        class_level=draw(st.one_of(st.none(), st.integers(8, 11))),
        class_level_on=IN_2026,
        full_time_ends_on=draw(
            st.one_of(st.none(), st.just(first + timedelta(days=3)))
        ),
        movable_days=frozenset(draw(st.lists(st.just(first), max_size=1))),
        is_confirmed=draw(st.sampled_from([True, True, False])),
        is_released=draw(st.booleans()),
        is_raised=draw(st.booleans()),
        days_used={2027: draw(st.sampled_from([0, 0, 15, 19, 20]))},
        elsewhere=tuple(one for one in elsewhere if not is_beside(one, plans)),
    )
    return plan, worker


def is_all_week(plans):
    """Says whether nobody works on a weekend."""
    return all(one.day.weekday() < 5 for one in plans)


def is_beside(one, plans):
    """Nobody is at two companies at once."""
    return any(
        one.day == other.day and one.starts < other.ends and other.starts < one.ends
        for other in plans
    )


@st.composite
def sundays(draw, first):
    """Sundays before and after, worked somewhere else."""
    offsets = draw(st.sets(SUNDAYS_AROUND, min_size=2))
    return tuple(
        DayPlan(first + timedelta(days=k), 480, 870, ((660, 690),))
        for k in sorted(offsets)
    )


@st.composite
def births(draw, first):
    """Of an age of 12 to 18, often with a birthday in these very weeks."""
    years = draw(st.sampled_from([16, 15, 14, 13, 12, 17, 16, 15, 17, 18, 18]))
    shift = draw(st.one_of(st.just(-100), st.integers(0, 13)))
    return birthday(first + timedelta(days=shift), first.year - years)


def left_out(first, worked):
    """A public holiday of these weeks that is not worked."""
    days = [first + timedelta(days=k) for k in range(14)]
    free = [day for day in days if day not in worked]
    return st.lists(st.sampled_from(free), max_size=1).map(tuple)

"""Whatever can be published breaks no rule, and each refusal says which one would be.

Drawn at random, told through the real step, and compared with a second reading.
"""

import re
from datetime import date, time, timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from marketplace.foundation.database import transaction
from marketplace.foundation.refusals import Refusal
from marketplace.postings.internships.enums import Shape
from marketplace.postings.internships.models import Break
from marketplace.postings.internships.services import move_internship
from marketplace.postings.lives.enums import Act, PostingState
from marketplace.region.labour.enums import Basis, Branch
from marketplace.region.labour.tables import DayPlan, Plan, Worker
from marketplace.region.places.enums import FederalState
from tests.factories.internships import make_internship, make_period
from tests.factories.people import make_company, make_coordinator
from tests.moments import NOON
from tests.region.labour.drawing import BRANCHES, DANGERS, hours
from tests.region.labour.reading import PARAGRAPHS, broken, shipped_days

DAYS = shipped_days()
# A week of lessons without a feast, in Saxony as everywhere.
MONDAY = date(2027, 6, 7)
YOUNGEST = {Basis.SCHOOL: 13, Basis.VOLUNTARY: 15}
EVES = {(12, 24), (12, 31)}
TOWNS = {
    FederalState.SAXONY: "Leipzig",
    FederalState.SAXONY_ANHALT: "Halle (Saale)",
    FederalState.THURINGIA: "Jena",
}
FIRST_DAYS = [
    *(date(2027, 2, 1), date(2026, 12, 21), date(2026, 12, 28), date(2026, 12, 25)),
    *(date(2027, 2, 6), date(2027, 3, 26), date(2027, 1, 6), date(2027, 9, 20)),
]


@st.composite
def places(draw):
    """An internship as somebody might enter it, lawful or not."""
    starts, ends, pauses = draw(st.one_of(st.just((480, 870, ((660, 690),))), hours()))
    first = draw(st.sampled_from(FIRST_DAYS))
    shape = draw(st.sampled_from([Shape.BLOCK, Shape.WEEKLY_DAY, Shape.SINGLE_DAYS]))
    singles = draw(st.sets(st.integers(0, 6), min_size=1, max_size=6))
    return {
        "state_code": draw(st.sampled_from(FederalState)),
        "bases": frozenset(draw(st.sets(st.sampled_from(Basis), min_size=1))),
        "hours": (starts, ends, pauses),
        "branch": draw(BRANCHES),
        "is_multi_shift": draw(st.booleans()),
        "dangers": draw(DANGERS),
        "minimum_age": draw(st.sampled_from([None, None, 13, 15, 16, 17, 18])),
        "shape": shape,
        "first": first,
        "last": first + timedelta(days=draw(st.sampled_from([0, 1, 4, 11]))),
        "singles": [first + timedelta(days=k) for k in sorted(singles)],
    }


def a_place(**changes):
    usual = {
        "state_code": FederalState.SAXONY,
        "bases": frozenset({Basis.SCHOOL}),
        "hours": (480, 870, ((660, 690),)),
        "branch": Branch.NONE,
        "is_multi_shift": False,
        "dangers": frozenset(),
        "minimum_age": None,
        "shape": Shape.BLOCK,
        "first": date(2026, 12, 21),
        "last": date(2026, 12, 24),
        "singles": [],
    }
    return usual | changes


def entered(told):
    """The place as a draft that waits for the office."""
    starts, ends, pauses = told["hours"]
    breaks = [
        Break(starts_at=clock(begin), ends_at=clock(end)) for begin, end in pauses
    ]
    days = [day.isoformat() for day in told["singles"]]
    first, last = told["first"], told["last"]
    if told["shape"] is Shape.SINGLE_DAYS:
        first, last = told["singles"][0], told["singles"][-1]
    period = make_period(starts_on=first, ends_on=last, days=days, apply_until=None)
    plain = ("bases", "branch", "is_multi_shift", "dangers", "minimum_age", "shape")
    return make_internship(
        PostingState.SUBMITTED,
        make_company(town=TOWNS[told["state_code"]]),
        day_starts_at=clock(starts),
        day_ends_at=clock(ends),
        breaks=breaks,
        periods=[period],
        **{name: told[name] for name in plain},
    )


def clock(minute):
    return time(minute // 60, minute % 60)


def dates_of(told):
    """The days it means."""
    if told["shape"] is Shape.SINGLE_DAYS:
        return told["singles"]
    span = range((told["last"] - told["first"]).days + 1)
    days = [told["first"] + timedelta(days=k) for k in span]
    if told["shape"] is Shape.WEEKLY_DAY:
        return days[::7]
    return [day for day in days if day.weekday() < 5]


def rules_against(told, basis, age):
    """What speaks against its hours, weekdays, tasks and eves at an age."""
    weeks = {}
    for day in dates_of(told):
        weeks.setdefault(day.isocalendar()[:2], set()).add(day.weekday())
    found = []
    for week in weeks.values() or [set(range(5))]:
        days = [MONDAY + timedelta(days=k) for k in sorted(week)]
        found += rules_against_week(told, days, basis, age)
    is_late = told["hours"][1] > 14 * 60 and age < 18
    eves = [day for day in dates_of(told) if (day.month, day.day) in EVES]
    if told["shape"] is Shape.BLOCK and is_late and eves:
        found.append("eve_after_14")
    return found


def rules_against_week(told, week, basis, age):
    worker = Worker(
        born_on=date(2027 - age, 1, 1),
        school_state=FederalState.SAXONY,
        class_level=None,
        class_level_on=MONDAY,
        full_time_ends_on=date(2020, 7, 31),
        is_confirmed=True,
        is_released=True,
    )
    plan = Plan(
        basis=basis,
        days=tuple(DayPlan(day, *told["hours"]) for day in week),
        work_state=FederalState.SAXONY,
        branch=told["branch"],
        is_multi_shift=told["is_multi_shift"],
        dangers=told["dangers"],
    )
    return broken(plan, worker, DAYS)


def expected(told):
    """Nothing where it can be published, else the rules that may be named."""
    for basis in Basis:
        if basis not in told["bases"]:
            continue
        youngest = max(YOUNGEST[basis], told["minimum_age"] or 0)
        ages = range(youngest, max(youngest + 1, 18))
        if all(rules_against(told, basis, age) for age in ages):
            return rules_against(told, basis, youngest)
    state = told["state_code"]
    worked = [d for d in dates_of(told) if not DAYS.is_public(state, d)]
    if not worked and told["shape"] is not Shape.SINGLE_DAYS:
        return ["no_day"]
    return []


def outcome(told, office):
    """The sentence of the refusal; empty where it is published."""
    internship = entered(told)
    try:
        with transaction():
            move_internship(internship, Act.PUBLISH, actor=office, at=NOON)
    except Refusal as refusal:
        assert internship.state is PostingState.SUBMITTED
        return refusal.sentence
    assert internship.state is PostingState.PUBLISHED
    return ""


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=places())
@example(told=a_place())
@example(told=a_place(minimum_age=18))
def test_nothing_is_published_that_breaks_a_rule(app, told):
    publish_lawfully(told)


def publish_lawfully(told):
    """Publishes it, or not, and fails where the second reading says otherwise."""
    sentence, rules = outcome(told, make_coordinator()), expected(told)

    assert bool(sentence) == bool(rules), (sentence, rules)
    if rules:
        assert any(PARAGRAPHS[rule] in sentence for rule in rules), (sentence, rules)
        assert says_what_would_be(sentence)


def says_what_would_be(sentence):
    """After the paragraph of the law stands what to do instead."""
    return re.search(r"\) *\.?.*\w{3}", sentence.rpartition("§")[2])

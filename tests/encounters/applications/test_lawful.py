"""Whatever can be confirmed breaks no rule, and each refusal names the one it would.

Drawn at random, taken through the real step, and compared with a second reading.
"""

import re
from datetime import date, time, timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.services.legality import worked_days
from marketplace.encounters.applications.services.sending import confirm_place
from marketplace.foundation.database import transaction
from marketplace.foundation.refusals import Refusal
from marketplace.postings.internships.enums import Shape
from marketplace.postings.internships.models import Break
from marketplace.region.labour.enums import Basis, Branch
from marketplace.region.labour.tables import DayPlan, Plan, Worker
from marketplace.region.places.enums import FederalState
from tests.factories.applications import make_application, make_mia
from tests.factories.internships import make_internship, make_period
from tests.factories.people import TOWNS, make_company, make_school
from tests.moments import NOON
from tests.region.labour.drawing import BRANCHES, DANGERS, FIRST_DAYS, births, hours
from tests.region.labour.reading import PARAGRAPHS, broken, shipped_days

DAYS = shipped_days()
TAKEN = {"taken": "schon einen festen Platz"}
TODAY = NOON.date()
AHEAD = [day for day in FIRST_DAYS if day > TODAY]
USUAL = (480, 870, ((660, 690),))
STATES = st.sampled_from(FederalState)
TOWN_IN = {state: town for town, (state, *_rest) in TOWNS.items()}


@st.composite
def weeks(draw, first):
    """When, how long and where somebody might work."""
    begins = first + timedelta(days=draw(st.sampled_from([0, 0, 1, 3, 4])))
    ends = begins + timedelta(days=draw(st.sampled_from([0, 1, 4, 9])))
    return {
        "state": draw(STATES),
        "basis": draw(st.sampled_from(Basis)),
        "first": begins,
        "last": ends,
        "hours": draw(st.one_of(st.just(USUAL), hours())),
    }


@st.composite
def wishes(draw):
    """A place that was offered to somebody who may have another one already."""
    first = draw(st.sampled_from(AHEAD))
    return {
        "place": draw(weeks(first)),
        "shape": draw(st.sampled_from([Shape.BLOCK, Shape.BLOCK, Shape.SINGLE_DAYS])),
        "singles": sorted(draw(st.sets(st.integers(0, 9), min_size=1, max_size=7))),
        "branch": draw(BRANCHES),
        "is_multi_shift": draw(st.booleans()),
        "dangers": draw(DANGERS),
        "born_on": draw(births(first)),
        "home": draw(STATES),
        "class_level": draw(st.sampled_from([8, 9, 10, 10, 11])),
        "is_confirmed": draw(st.sampled_from([True, True, True, False])),
        "is_raised": draw(st.booleans()),
        "days_used": draw(st.sampled_from([0, 0, 0, 15, 16, 19, 20])),
        "other": draw(st.one_of(st.none(), weeks(first))),
    }


def a_wish(**changes):
    """Five days of the winter holidays in Thuringia, with sixteen days used."""
    place = {
        "state": FederalState.THURINGIA,
        "basis": Basis.VOLUNTARY,
        "first": date(2027, 2, 1),
        "last": date(2027, 2, 5),
        "hours": USUAL,
    }
    usual = {
        "place": place,
        "shape": Shape.BLOCK,
        "singles": [],
        "branch": Branch.NONE,
        "is_multi_shift": False,
        "dangers": frozenset(),
        "born_on": date(2010, 5, 4),
        "home": FederalState.THURINGIA,
        "class_level": 10,
        "is_confirmed": False,
        "is_raised": False,
        "days_used": 16,
        "other": None,
    }
    return usual | changes


def clock(minute):
    return time(minute // 60, minute % 60)


def internship_for(told, **changes):
    starts, ends, pauses = told["hours"]
    days = changes.pop("days", [])
    period = make_period(
        starts_on=days[0] if days else told["first"],
        ends_on=days[-1] if days else told["last"],
        days=[day.isoformat() for day in days],
        apply_until=None,
    )
    return make_internship(
        organisation=make_company(town=TOWN_IN[told["state"]]),
        bases=frozenset(Basis),
        day_starts_at=clock(starts),
        day_ends_at=clock(ends),
        breaks=[Break(starts_at=clock(b), ends_at=clock(e)) for b, e in pauses],
        periods=[period],
        **changes,
    )


def offered(told):
    """The application, at the point where she may say yes."""
    mia = make_mia(
        born_on=told["born_on"],
        school_state=told["home"],
        school_id=make_school(
            town=TOWN_IN[told["home"]], is_limit_raised=told["is_raised"]
        ).id,
    )
    place = internship_for(
        told["place"],
        shape=told["shape"],
        days=days_of(told["place"], told) if told["shape"] is Shape.SINGLE_DAYS else [],
        branch=told["branch"],
        is_multi_shift=told["is_multi_shift"],
        dangers=told["dangers"],
    )
    if told["other"]:
        make_application(
            ApplicationState.CONFIRMED,
            mia,
            internship_for(told["other"]),
            basis=told["other"]["basis"],
            class_level=told["class_level"],
            school_confirmed_at=NOON,
        )
    return make_application(
        ApplicationState.OFFERED,
        mia,
        place,
        basis=told["place"]["basis"],
        class_level=told["class_level"],
        holiday_days_used=told["days_used"],
        school_confirmed_at=NOON if told["is_confirmed"] else None,
    )


def feasts(told, home):
    """Public holidays of its block: of the work, of school events at home as well."""
    states = {told["state"]} | ({home} if told["basis"] is Basis.SCHOOL else set())
    return [d for d in weekdays(told) if any(DAYS.is_public(s, d) for s in states)]


def weekdays(told):
    span = range((told["last"] - told["first"]).days + 1)
    days = [told["first"] + timedelta(days=k) for k in span]
    return [day for day in days if day.weekday() < 5]


def days_of(place, told):
    if place is told["place"] and told["shape"] is Shape.SINGLE_DAYS:
        return [place["first"] + timedelta(days=k) for k in told["singles"]]
    off = feasts(place, told["home"])
    return [day for day in weekdays(place) if day not in off]


def read(told, days, *, beside):
    """The rules that are broken if she works on these days."""
    place, other = told["place"], told["other"]
    elsewhere = days_of(other, told) if other else []
    is_block = told["shape"] is Shape.BLOCK
    used = {place["first"].year: told["days_used"]}
    if told["shape"] is Shape.SINGLE_DAYS:
        used = {days_of(place, told)[0].year: told["days_used"]}
    if other and other["basis"] is Basis.VOLUNTARY:
        for day in set(elsewhere) - set(days):
            used[day.year] = used.get(day.year, 0) + 1
    plan = Plan(
        basis=place["basis"],
        days=tuple(DayPlan(day, *place["hours"]) for day in days),
        work_state=place["state"],
        work_place=TOWN_IN[place["state"]],
        branch=told["branch"],
        is_multi_shift=told["is_multi_shift"],
        dangers=told["dangers"],
        left_out=tuple(feasts(place, told["home"])) if is_block else (),
        is_named_by_school=told["is_confirmed"],
    )
    worker = Worker(
        born_on=told["born_on"],
        school_state=told["home"],
        class_level=told["class_level"],
        class_level_on=TODAY,
        is_confirmed=told["is_confirmed"],
        is_released=told["is_confirmed"],
        is_raised=told["is_raised"],
        days_used=used,
        elsewhere=tuple(DayPlan(day, *other["hours"]) for day in elsewhere)
        if beside and other
        else (),
    )
    return broken(plan, worker, DAYS)


def expected(told):
    """What a block may be refused for, the first thing first."""
    days = days_of(told["place"], told)
    if not days:
        return ["no_day"]
    elsewhere = days_of(told["other"], told) if told["other"] else []
    alone = read(told, days, beside=False)
    if alone or not set(days) & set(elsewhere):
        return alone or read(told, days, beside=True)
    return ["taken"]


def outcome(application):
    try:
        with transaction():
            confirm_place(application, actor=application.pupil, at=NOON)
    except Refusal as refusal:
        assert application.state is ApplicationState.OFFERED
        return refusal.sentence
    assert application.state is ApplicationState.CONFIRMED
    return ""


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=wishes())
@example(told=a_wish())
@example(told=a_wish(days_used=15))
def test_nothing_is_confirmed_that_breaks_a_rule(app, told):
    confirm_lawfully(told)


def confirm_lawfully(told):
    """Confirms it, or not, and fails where the second reading says otherwise."""
    application = offered(told)
    sentence = outcome(application)

    if told["shape"] is Shape.BLOCK:
        rules = expected(told)
        assert bool(sentence) == bool(rules), (sentence, rules)
        if rules:
            assert (PARAGRAPHS | TAKEN)[rules[0]] in sentence, (sentence, rules)
    elif not sentence:
        kept = [plan.day for plan in worked_days(application, at=NOON)]
        assert kept
        assert read(told, kept, beside=True) == []
    assert not sentence or says_what_would_be(sentence)


def says_what_would_be(sentence):
    """After the reason stands what to do instead."""
    return re.search(r"\. *\w+", sentence)

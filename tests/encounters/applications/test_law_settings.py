"""What the office sets changes what a pupil may confirm: U1 to U14, by the step."""

from datetime import date, timedelta

import pytest

from marketplace.foundation.database import transaction
from marketplace.postings.internships.enums import Shape
from marketplace.region.calendar.services import put_local_holiday
from marketplace.region.labour.enums import Basis, Branch
from marketplace.region.places.enums import FederalState
from marketplace.upkeep.settings.enums import Setting, SettingGroup
from tests.encounters.applications.test_lawful import (
    TOWN_IN,
    USUAL,
    a_wish,
    offered,
    outcome,
)
from tests.factories.settings import set_to
from tests.moments import NOON
from tests.region.labour.reading import PARAGRAPHS

SN, ST, TH = FederalState
SCHOOL, VOLUNTARY = Basis
EIGHT = (480, 1020, ((690, 750),))


def on(day, state, basis=SCHOOL, *, work=None, hours=USUAL, length=1, **changes):
    """One day, or a few, of a pupil of 16 in class 10, confirmed by her school."""
    first = date.fromisoformat(day)
    place = {
        "state": work or state,
        "basis": basis,
        "first": first,
        "last": first + timedelta(days=length - 1),
        "hours": hours,
    }
    usual = {
        "place": place,
        "home": state,
        "shape": Shape.SINGLE_DAYS,
        "singles": [0],
        "is_confirmed": True,
        "days_used": 0,
    }
    return a_wish(**usual | changes)


def before_summer(state, level):
    """The twenty-first day of the holidays, in the last class of full time."""
    changes = {"class_level": level, "days_used": 20}
    return on("2027-07-13", state, VOLUNTARY, **changes)


YOUNG, GROWN = {"born_on": date(2012, 12, 1)}, {"born_on": date(2008, 1, 1)}
BAKERY = {"branch": Branch.BAKERY}
LATE_BREAK = (480, 960, ((600, 630), (885, 915)))
# What is set, and the wish with the rule that stops it before and after.
CASES = {
    Setting.FULL_TIME_YEARS_SN: (
        *(8, before_summer(SN, 9)),
        *("holiday_days_used_up", None),
    ),
    Setting.FULL_TIME_YEARS_ST: (
        *(8, before_summer(ST, 9)),
        *("holiday_days_used_up", None),
    ),
    Setting.FULL_TIME_YEARS_TH: (
        *(9, before_summer(TH, 10)),
        *("holiday_days_used_up", None),
    ),
    Setting.SCHOOL_EVENT_MIN_AGE: (
        *(15, on("2027-03-09", SN, **YOUNG)),
        *(None, "under_13"),
    ),
    Setting.SCHOOL_EVENT_DAY: (
        *(480, on("2027-03-09", SN, hours=EIGHT)),
        *("day_too_long", None),
    ),
    Setting.SCHOOL_EVENT_WEEK: (
        *(1260, on("2027-03-08", SN, length=4, shape=Shape.BLOCK)),
        *(None, "week_too_long"),
    ),
    Setting.IS_VOLUNTARY_UNDER_15: (
        *(True, on("2027-07-13", SN, VOLUNTARY, **YOUNG)),
        *("voluntary_under_15", None),
    ),
    Setting.IS_SCHOOL_EVENT_EARLY_LATE: (
        *(True, on("2027-03-09", SN, hours=(300, 690, ((480, 510),)), **BAKERY)),
        *("outside_hours", None),
    ),
    Setting.IS_SCHOOL_EVENT_WEEKEND: (
        *(True, on("2027-03-13", SN, **BAKERY)),
        *("not_a_school_day", None),
    ),
    Setting.IS_SCHOOL_EVENT_ON_HOME_HOLIDAY: (
        *(True, on("2027-11-17", SN, work=ST)),
        *("not_a_school_day", None),
    ),
    Setting.IS_RELEASE_NEEDED: (
        *(False, on("2027-03-09", SN, VOLUNTARY, is_confirmed=False)),
        *("school_not_released", None),
    ),
    Setting.IS_FREE_DAY_HOLIDAY: (
        *(True, on("2027-05-07", SN, VOLUNTARY, class_level=9)),
        *("not_school_holidays", None),
    ),
    Setting.IS_EVENT_IN_HOLIDAYS_SN: (
        *(False, on("2027-02-09", SN)),
        *(None, "not_a_school_day"),
    ),
    Setting.IS_EVENT_IN_HOLIDAYS_ST: (
        *(False, on("2027-07-13", ST)),
        *(None, "not_a_school_day"),
    ),
    Setting.IS_EVENT_IN_HOLIDAYS_TH: (
        *(True, on("2027-02-02", TH)),
        *("not_a_school_day", None),
    ),
    Setting.VOLUNTARY_HOLIDAY_DAYS: (
        *(21, a_wish(days_used=16)),
        *("holiday_days_used_up", None),
    ),
    Setting.MUST_BREAK_BE_OVER: (
        *(False, on("2027-07-13", ST, VOLUNTARY, hours=LATE_BREAK)),
        *("break_missing", None),
    ),
    Setting.ADULT_DAY: (
        *(540, on("2027-07-13", ST, VOLUNTARY, hours=(480, 1020, ()), **GROWN)),
        *("adult_day_too_long", "adult_break_missing"),
    ),
    Setting.ARE_ADULT_REST_DAYS_KEPT: (
        *(False, on("2027-07-18", ST, VOLUNTARY, **GROWN)),
        *("adult_rest_day", None),
    ),
}
# Days of one length never pass a week that a holiday shortens: tried with `judge`.
OF_UNEQUAL_DAYS = {Setting.ARE_HOLIDAY_HOURS_COUNTED}
# Who is asked at home, and what is printed: tried with guardians and papers.
OF_OTHERS = {Setting.GUARDIANS_REQUIRED, Setting.EMPLOYER_REGISTER}


def test_every_setting_of_youth_protection_is_tried():
    youth = {it for it in Setting if it.group is SettingGroup.YOUTH}

    assert youth == {*CASES} | OF_UNEQUAL_DAYS | OF_OTHERS


def says(sentence, rule):
    return PARAGRAPHS[rule] in sentence if rule else sentence == ""


@pytest.mark.parametrize("setting", CASES)
def test_setting_changes_what_may_be_confirmed(app, setting):
    value, wish, before, after = CASES[setting]
    first, second = offered(wish), offered(wish)

    told = [outcome(first)]
    set_to(setting, value)
    told.append(outcome(second))

    assert says(told[0], before), told
    assert says(told[1], after), told


def test_u3_a_school_raises_the_day_of_its_own_pupils(app):
    usual, raised = (
        offered(on("2027-03-09", SN, hours=EIGHT, class_level=10, is_raised=it))
        for it in (False, True)
    )

    assert says(outcome(usual), "day_too_long")
    assert outcome(raised) == ""


def test_u7_a_feast_of_one_municipality_stops_it(app):
    with transaction():
        put_local_holiday(TOWN_IN[SN], date(2027, 3, 9), at=NOON)

    assert says(outcome(offered(on("2027-03-09", SN))), "public_holiday")
    assert outcome(offered(on("2027-03-10", SN))) == ""

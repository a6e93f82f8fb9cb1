"""What the office sets reaches the rules: each setting changes the answer it should."""

import pytest

from marketplace.region.labour.queries import present_settings
from marketplace.region.labour.tables import HOUR, Settings
from marketplace.upkeep.settings.enums import Setting, SettingGroup
from tests.factories.settings import set_to
from tests.region.labour.plans import ST
from tests.region.labour.test_cases import CASES, after_days, in_winter_holidays
from tests.region.labour.test_settings import CHANGES

CHANGED = {
    Setting.FULL_TIME_YEARS_SN: (8, "U1 ends full time a year earlier"),
    Setting.FULL_TIME_YEARS_ST: (8, "U1 in Saxony-Anhalt"),
    Setting.FULL_TIME_YEARS_TH: (9, "U1 in Thuringia"),
    Setting.SCHOOL_EVENT_MIN_AGE: (14, "U2 lets a school event begin later"),
    Setting.SCHOOL_EVENT_DAY: (8 * HOUR, "U3 allows a longer day"),
    Setting.SCHOOL_EVENT_WEEK: (34 * HOUR, "U3 allows less in a week"),
    Setting.IS_VOLUNTARY_UNDER_15: (True, "U4 allows light work"),
    Setting.IS_SCHOOL_EVENT_EARLY_LATE: (
        *(True, "U5 gives school events the hours of the branch"),
    ),
    Setting.IS_SCHOOL_EVENT_WEEKEND: (
        *(True, "U5 gives school events the weekends of the branch"),
    ),
    Setting.IS_SCHOOL_EVENT_ON_HOME_HOLIDAY: (
        *(True, "U6 lets a school event be on a holiday at home"),
    ),
    Setting.IS_RELEASE_NEEDED: (False, "U8 asks for no release"),
    Setting.IS_FREE_DAY_HOLIDAY: (True, "U9 makes a free day a holiday"),
    Setting.IS_EVENT_IN_HOLIDAYS_SN: (False, "U10 closes the holidays of Saxony"),
    Setting.IS_EVENT_IN_HOLIDAYS_ST: (False, "U10 in Saxony-Anhalt"),
    Setting.IS_EVENT_IN_HOLIDAYS_TH: (True, "U10 opens the holidays of Thuringia"),
    Setting.ARE_HOLIDAY_HOURS_COUNTED: (
        *(False, "U11 does not count the hours of a holiday"),
    ),
    Setting.VOLUNTARY_HOLIDAY_DAYS: (21, "U12 gives a day more"),
    Setting.MUST_BREAK_BE_OVER: (False, "U13 lets a break end late"),
    Setting.ADULT_DAY: (10 * HOUR, "U14 allows adults longer days"),
    Setting.ARE_ADULT_REST_DAYS_KEPT: (False, "U14 allows adults Sundays"),
}
# Where a test of the rules changes two things at once, or speaks of another state.
OWN_CASES = {
    "U3 allows a longer day": (CASES["04c"], {}, "day_too_long", None),
    "U1 in Saxony-Anhalt": (
        *(after_days("holiday_days_used_up", ST, 20, "2027-07-13"), {}),
        *("holiday_days_used_up", None),
    ),
    "U1 in Thuringia": (CASES["20e"], {}, "holiday_days_used_up", None),
    "U10 in Saxony-Anhalt": (
        *(in_winter_holidays(None, ST, "2027-07-13", is_named=True), {}),
        *(None, "not_a_school_day"),
    ),
}
# U15 judges no day: that two are asked is tried with the applications.
OF_APPLICATIONS = {Setting.GUARDIANS_REQUIRED}
# U16 neither: it says what stands on the printed agreement.
OF_PAPERS = {Setting.EMPLOYER_REGISTER}


def test_defaults_are_those_of_the_law(app):
    assert present_settings() == Settings()


def test_every_setting_of_youth_protection_is_tried():
    youth = {s for s in Setting if s.group is SettingGroup.YOUTH}

    assert youth == set(CHANGED) | OF_APPLICATIONS | OF_PAPERS


@pytest.mark.parametrize("setting", CHANGED)
def test_setting_changes_the_answer(app, setting):
    value, name = CHANGED[setting]
    case, _change, before, after = OWN_CASES.get(name) or CHANGES[name]

    assert case.reason(settings=present_settings()) == before
    set_to(setting, value)
    assert case.reason(settings=present_settings()) == after

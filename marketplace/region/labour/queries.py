from marketplace.region.labour.tables import Limit, Settings
from marketplace.region.places.enums import FederalState
from marketplace.upkeep.settings.enums import Setting
from marketplace.upkeep.settings.queries import value_of

_YEARS = {
    FederalState.SAXONY: Setting.FULL_TIME_YEARS_SN,
    FederalState.SAXONY_ANHALT: Setting.FULL_TIME_YEARS_ST,
    FederalState.THURINGIA: Setting.FULL_TIME_YEARS_TH,
}
_IN_HOLIDAYS = {
    FederalState.SAXONY: Setting.IS_EVENT_IN_HOLIDAYS_SN,
    FederalState.SAXONY_ANHALT: Setting.IS_EVENT_IN_HOLIDAYS_ST,
    FederalState.THURINGIA: Setting.IS_EVENT_IN_HOLIDAYS_TH,
}


def present_settings() -> Settings:
    """What the office decided where the law leaves it open."""
    event_limit = Limit(
        value_of(Setting.SCHOOL_EVENT_DAY), value_of(Setting.SCHOOL_EVENT_WEEK)
    )
    early_late = value_of(Setting.IS_SCHOOL_EVENT_EARLY_LATE)
    at_home = value_of(Setting.IS_SCHOOL_EVENT_ON_HOME_HOLIDAY)
    return Settings(
        full_time_years={state: value_of(s) for state, s in _YEARS.items()},
        school_event_min_age=value_of(Setting.SCHOOL_EVENT_MIN_AGE),
        school_event_limit=event_limit,
        is_voluntary_under_15_allowed=value_of(Setting.IS_VOLUNTARY_UNDER_15),
        is_school_event_early_late_allowed=early_late,
        is_school_event_weekend_allowed=value_of(Setting.IS_SCHOOL_EVENT_WEEKEND),
        is_school_event_on_home_holiday_allowed=at_home,
        is_release_needed_on_school_days=value_of(Setting.IS_RELEASE_NEEDED),
        is_free_day_holiday=value_of(Setting.IS_FREE_DAY_HOLIDAY),
        school_event_in_holidays=frozenset(
            state for state, s in _IN_HOLIDAYS.items() if value_of(s)
        ),
        are_holiday_hours_counted=value_of(Setting.ARE_HOLIDAY_HOURS_COUNTED),
        voluntary_holiday_days=value_of(Setting.VOLUNTARY_HOLIDAY_DAYS),
        must_break_be_over_before_end=value_of(Setting.MUST_BREAK_BE_OVER),
        adult_limit=Limit(value_of(Setting.ADULT_DAY), Settings().adult_limit.week),
        are_adult_rest_days_kept=value_of(Setting.ARE_ADULT_REST_DAYS_KEPT),
        guardians_required=value_of(Setting.GUARDIANS_REQUIRED),
    )

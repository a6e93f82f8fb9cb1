"""The boundary cases 01 to 27, each with the answer it must get."""

from datetime import date, timedelta

import pytest

from marketplace.region.calendar.enums import DayKind
from marketplace.region.calendar.tables import Calendar, Span
from marketplace.region.labour.enums import Basis, Branch, Danger, Reason
from marketplace.region.labour.rules import age_on
from marketplace.region.labour.services.judging import judge
from marketplace.region.labour.services.planning import planned_days
from marketplace.region.labour.tables import DayPlan, Plan, Settings, Worker
from marketplace.region.places.enums import FederalState

SN, ST, TH = FederalState
S, V = Basis
HOLIDAYS = """
SN Herbstferien 2026-10-12 2026-10-24
SN Weihnachtsferien 2026-12-23 2027-01-02
SN Winterferien 2027-02-08 2027-02-19
SN Osterferien 2027-03-26 2027-04-02
SN Unterrichtsfrei 2027-05-07 2027-05-07
SN Sommerferien 2027-07-10 2027-08-20
SN Herbstferien 2028-10-23 2028-11-03
SN Winterferien 2028-02-14 2028-02-26
ST Weihnachtsferien 2026-12-21 2027-01-02
ST Sommerferien 2027-07-10 2027-08-20
TH Winterferien 2027-02-01 2027-02-06
TH Osterferien 2027-03-22 2027-04-03
TH Sommerferien 2027-07-10 2027-08-20
TH Winterferien 2028-02-07 2028-02-12
"""
PUBLIC = """
* 2026-10-31 2026-12-25 2026-12-26 2027-01-01 2027-03-26 2027-03-29 2027-05-01 2027-05-06
* 2027-05-17 2027-10-03 2027-10-31 2027-12-25 2028-05-01 2028-10-31
SN 2026-11-18 2027-11-17
ST 2027-01-06
TH 2027-09-20
"""


def the_calendar():
    spans = []
    for line in HOLIDAYS.strip().splitlines():
        state, name, start, end = line.split()
        is_holiday = name.endswith("ferien")
        kind = DayKind.SCHOOL_HOLIDAY if is_holiday else DayKind.FREE_DAY
        first, last = date.fromisoformat(start), date.fromisoformat(end)
        spans.append(Span(FederalState(state), kind, name, first, last))
    for line in PUBLIC.strip().splitlines():
        states, *days = line.split()
        for state in FederalState if states == "*" else [FederalState(states)]:
            for text in days:
                day = date.fromisoformat(text)
                spans.append(Span(state, DayKind.PUBLIC_HOLIDAY, "x", day, day))
    local = frozenset({("Crostwitz", date(2027, 5, 27))})
    return Calendar(tuple(spans), local)


CALENDAR = the_calendar()


def minutes(text):
    hours, rest = text.split(":")
    return int(hours) * 60 + int(rest)


def span(text, breaks=None):
    """A day "08:00-16:00"; without named breaks one of 60 min after three hours."""
    start, end = (minutes(part) for part in text.split("-"))
    if breaks is None:
        pauses = ((start + 180, start + 240),)
    else:
        pauses = tuple(
            tuple(minutes(t) for t in part.split("-")) for part in breaks.split()
        )
    return start, end, pauses


def work(text):
    """ "7:30" of work from 08:00 with one break at 12:00."""
    wanted = minutes(text)
    pause = 60 if wanted > 360 else 30
    return 480, 480 + wanted + pause, ((720, 720 + pause),)


FULL = span("08:00-16:00", "12:00-13:00")


def days(*given):
    return tuple(DayPlan(date.fromisoformat(day), *hours) for day, hours in given)


def week(first, *hours):
    start = date.fromisoformat(first)
    return days(
        *(
            ((start + timedelta(days=k)).isoformat(), work(h))
            for k, h in enumerate(hours)
        )
    )


def case(basis, state, level, born, plan, **extra):
    """Judges a plan; single days may be given as text."""
    if isinstance(plan, str):
        plan = days(*((day, FULL) for day in plan.split()))
    settings = extra.pop("settings", Settings())
    of_plan = {
        name: extra.pop(name)
        for name in (
            "branch",
            "dangers",
            "left_out",
            "work_place",
            "is_named_by_school",
        )
        if name in extra
    }
    where = extra.pop("at", state)
    worker = Worker(
        born_on=date.fromisoformat(born),
        school_state=state,
        class_level=level,
        class_level_on=extra.pop("level_on", plan[0].day),
        **{"is_confirmed": True} | extra,
    )
    plan = Plan(basis=basis, days=plan, work_state=where, **of_plan)
    return judge(plan, worker, CALENDAR, settings)


def on(day, hours):
    return days((day, hours))


IN_2026 = date(2026, 11, 1)
JULY = "2027-07-13"
ST10 = (V, ST, 10, "2010-11-11")
SN10 = (V, SN, 10, "2010-10-05")

CASES = {
    "01a": (S, TH, 7, "2014-03-03", "2027-03-02", {}, "under_13"),
    "01b": (S, TH, 7, "2014-03-03", "2027-03-03", {}, None),
    "01c": (S, TH, 7, "2014-03-03", "2027-03-04", {}, None),
    "02a": (V, SN, 9, "2012-02-10", "2027-02-09", {}, "voluntary_under_15"),
    "02b": (V, SN, 9, "2012-02-10", "2027-02-10", {}, None),
    "02c": (V, SN, 9, "2012-02-10", "2027-02-11", {}, None),
    "02d": (
        *(V, SN, 9, "2012-02-10"),
        "2027-02-08 2027-02-09 2027-02-10 2027-02-11 2027-02-12",
        {},
        "voluntary_under_15",
    ),
    "02e": (V, SN, 9, "2012-02-10", "2027-02-10 2027-02-11 2027-02-12", {}, None),
    "03a": (
        *(S, SN, 8, "2013-05-04", "2027-03-09"),
        {"is_confirmed": False},
        "school_unconfirmed",
    ),
    "03b": (S, SN, 8, "2013-05-04", "2027-03-09", {}, None),
    "03c": (V, SN, 8, "2013-05-04", "2027-02-09", {}, "voluntary_under_15"),
    "03d": (V, SN, 10, "2012-12-01", JULY, {}, "voluntary_under_15"),
    "04a": (S, ST, 9, "2012-01-20", week("2027-03-08", *["7:00"] * 5), {}, None),
    "04b": (
        *(S, ST, 9, "2012-01-20", week("2027-03-08", *["7:00"] * 4, "7:01")),
        {},
        "day_too_long",
    ),
    "04c": (
        *(S, ST, 9, "2012-01-20"),
        week("2027-03-08", "7:30", "6:30", *["7:00"] * 3),
        {},
        "day_too_long",
    ),
    "05a": (S, SN, 10, "2010-10-05", week("2027-03-08", "7:30"), {}, "day_too_long"),
    "05b": (
        *(S, SN, 10, "2010-10-05", week("2027-03-08", "8:00")),
        {"is_raised": True},
        None,
    ),
    "05c": (
        *(S, SN, 10, "2010-10-05", week("2027-03-08", "8:01")),
        {"is_raised": True},
        "day_too_long",
    ),
    "05d": (S, TH, 10, "2010-10-05", week("2027-03-08", "7:00"), {}, None),
    "05e": (
        *(S, TH, 10, "2010-10-05", week("2027-03-08", "7:30")),
        {"is_raised": True},
        "day_too_long",
    ),
    "06a": (*ST10, week("2027-07-12", *["8:00"] * 5), {}, None),
    "06b": (*ST10, week("2027-07-12", "8:01", *["8:00"] * 4), {}, "day_too_long"),
    "06c": (*ST10, week("2027-07-12", *["8:30"] * 4, "6:00"), {}, None),
    "06d": (*ST10, week("2027-07-12", *["8:30"] * 4, "6:01"), {}, "week_too_long"),
    "07a": (
        *(V, SN, 9, "2011-12-01", week("2027-03-30", *["8:00"] * 4)),
        {"left_out": (date(2027, 3, 29),)},
        None,
    ),
    "07b": (
        *(V, SN, 9, "2011-12-01", week("2027-03-30", *["8:30"] * 3, "6:30")),
        {"left_out": (date(2027, 3, 29),)},
        None,
    ),
    "07c": (
        *(V, SN, 9, "2011-12-01", week("2027-03-30", *["8:30"] * 3, "6:31")),
        {"left_out": (date(2027, 3, 29),)},
        "week_too_long",
    ),
    **{
        f"08{letter}": (V, SN, 9, "2012-01-15", on(JULY, span(hours)), {}, answer)
        for letter, hours, answer in [
            ("a", "05:59-13:00", "outside_hours"),
            ("b", "06:00-13:00", None),
            ("c", "13:00-20:00", None),
            ("d", "13:00-20:01", "outside_hours"),
        ]
    },
    **{
        f"09{letter}": (
            *(V, SN, level, born, on(day, span(hours))),
            {"branch": branch},
            answer,
        )
        for letter, level, born, day, hours, branch, answer in [
            ("a", 9, "2011-07-14", JULY, "05:00-12:00", Branch.BAKERY, "outside_hours"),
            ("b", 9, "2011-07-14", "2027-07-14", "05:00-12:00", Branch.BAKERY, None),
            (
                *("c", 9, "2011-07-14", "2027-07-14", "04:59-12:00", Branch.BAKERY),
                "outside_hours",
            ),
            (
                "d",
                10,
                "2010-07-14",
                JULY,
                "04:00-11:00",
                Branch.BAKERY,
                "outside_hours",
            ),
            ("e", 10, "2010-07-14", "2027-07-14", "04:00-11:00", Branch.BAKERY, None),
            (
                *("f", 10, "2010-07-14", "2027-07-14", "04:00-11:00"),
                *(Branch.CONFECTIONER, "outside_hours"),
            ),
        ]
    },
    **{
        f"10{letter}": (
            *(V, SN, 9, "2011-07-14", on(day, span(hours))),
            {"branch": branch},
            answer,
        )
        for letter, day, hours, branch, answer in [
            ("a", JULY, "13:00-20:01", Branch.HOSPITALITY, "outside_hours"),
            ("b", "2027-07-14", "14:00-22:00", Branch.HOSPITALITY, None),
            ("c", "2027-07-14", "14:00-22:01", Branch.HOSPITALITY, "outside_hours"),
            ("d", "2027-07-14", "15:00-23:00", Branch.MULTI_SHIFT, None),
        ]
    },
    "10e": (
        *(S, SN, 10, "2010-10-05", on("2027-03-08", span("13:00-20:00"))),
        {"branch": Branch.HOSPITALITY},
        None,
    ),
    "10f": (
        *(S, SN, 10, "2010-10-05", on("2027-03-08", span("13:00-20:30"))),
        {"branch": Branch.HOSPITALITY},
        "outside_hours",
    ),
    **{
        f"11{letter}": (*ST10, on(JULY, span(hours, pause)), {}, answer)
        for letter, hours, pause, answer in [
            ("a", "08:00-12:30", "", None),
            ("b", "08:00-12:31", "", "break_missing"),
            ("c", "08:00-13:29", "11:00-11:29", "break_missing"),
            ("d", "08:00-13:30", "11:00-11:30", None),
            ("e", "08:00-14:30", "11:00-11:30", None),
            ("f", "08:00-14:31", "11:00-11:30", "break_missing"),
            ("g", "08:00-15:59", "11:00-11:59", "break_missing"),
            ("h", "08:00-16:00", "11:00-12:00", None),
        ]
    },
    **{
        f"12{letter}": (*ST10, on(JULY, span("08:00-16:00", pauses)), {}, answer)
        for letter, pauses, answer in [
            ("a", "10:00-10:15 11:30-11:45 13:00-13:15 14:30-14:45", None),
            ("b", "10:00-10:30 12:00-12:20 14:00-14:10", "break_missing"),
            ("c", "12:30-13:30", None),
            ("d", "12:31-13:31", "break_missing"),
            ("e", "09:00-09:30 13:00-13:30", None),
            ("f", "08:59-09:29 13:00-13:30", "break_missing"),
            ("g", "12:00-12:30 15:01-15:31", "break_missing"),
        ]
    },
    "13a": (*ST10, on(JULY, span("08:00-18:00", "11:00-12:30 14:30-16:00")), {}, None),
    "13b": (
        *(*ST10, on(JULY, span("08:00-18:01", "11:00-12:31 14:30-16:00"))),
        {},
        "shift_too_long",
    ),
    "13c": (
        *(*ST10, on(JULY, span("08:00-19:00", "11:00-13:00 15:00-17:00"))),
        {"branch": Branch.BUILDING_SITE},
        None,
    ),
    "13d": (
        *(*ST10, on(JULY, span("08:00-19:01", "11:00-13:01 15:00-17:00"))),
        {"branch": Branch.BUILDING_SITE},
        "shift_too_long",
    ),
    "13e": (
        *(*ST10, days(("2027-07-12", span("12:00-20:00")), (JULY, FULL))),
        {},
        None,
    ),
    "13f": (
        *ST10,
        days(("2027-07-12", span("12:00-20:00")), (JULY, span("07:59-16:00"))),
        {},
        "rest_too_short",
    ),
    "14a": (*SN10, "2027-07-17", {}, "saturday"),
    "14b": (
        *(*SN10, week(JULY, *["6:00"] * 5)),
        {"branch": Branch.BAKERY},
        None,
    ),
    "14c": (
        *(*SN10, week("2027-07-12", *["6:00"] * 6)),
        {"branch": Branch.BAKERY},
        "six_days",
    ),
    "14d": (
        *(S, SN, 10, "2010-10-05", "2027-03-13"),
        {"branch": Branch.SHOP},
        "not_a_school_day",
    ),
    "14e": (*SN10, "2027-07-25", {}, "sunday"),
    "14f": (
        *(*SN10, "2027-07-25"),
        {"branch": Branch.HOSPITAL, "sundays_worked": {(2027, 7): 1}},
        None,
    ),
    "14g": (
        *(*SN10, "2027-07-25"),
        {"branch": Branch.HOSPITAL, "sundays_worked": {(2027, 7): 2}},
        "sunday",
    ),
    **{
        f"15{letter}": (S, state, 9, "2011-11-30", day, {"at": at} | more, answer)
        for letter, state, at, day, more, answer in [
            ("a", ST, ST, "2026-11-18", {}, None),
            ("b", ST, SN, "2026-11-18", {}, "public_holiday"),
            ("c", SN, ST, "2026-11-18", {}, "not_a_school_day"),
            ("d", ST, ST, "2027-01-06", {}, "public_holiday"),
            ("e", SN, SN, "2027-01-06", {}, None),
            ("f", TH, TH, "2027-01-06", {}, None),
            ("g", SN, SN, "2027-05-27", {}, None),
            ("h", SN, SN, "2027-05-27", {"work_place": "Crostwitz"}, "public_holiday"),
        ]
    },
    **{
        f"16{letter}": (S, state, 9, "2012-11-30", "2027-09-20", {"at": at}, answer)
        for letter, state, at, answer in [
            ("a", TH, TH, "public_holiday"),
            ("b", SN, SN, None),
            ("c", ST, ST, None),
            ("d", TH, SN, "not_a_school_day"),
        ]
    },
    **{
        f"17{letter}": (
            *(V, SN, 10, "2010-12-01", day),
            {"branch": branch, "level_on": IN_2026},
            answer,
        )
        for letter, day, branch, answer in [
            ("a", "2026-10-31", Branch.BAKERY, "public_holiday"),
            ("b", "2028-10-31", Branch.NONE, "public_holiday"),
            ("c", "2028-10-31", Branch.HOSPITAL, None),
            ("d", "2027-03-29", Branch.HOSPITAL, None),
            ("e", "2028-05-01", Branch.HOSPITAL, "public_holiday"),
        ]
    },
    **{
        f"18{letter}": (
            *(V, SN, 9, "2011-06-01", on(day, span(hours, pause))),
            {"branch": branch},
            answer,
        )
        for letter, day, hours, pause, branch, answer in [
            ("a", "2026-12-24", "08:00-14:00", "12:00-12:30", Branch.NONE, None),
            (
                *("b", "2026-12-24", "08:00-14:01", "12:00-12:30", Branch.NONE),
                "eve_after_14",
            ),
            (
                *("c", "2026-12-24", "08:00-14:01", "12:00-12:30", Branch.HOSPITAL),
                "eve_after_14",
            ),
            (
                *("d", "2026-12-31", "08:00-14:01", "12:00-12:30", Branch.NONE),
                "eve_after_14",
            ),
            (
                *("e", "2026-12-25", "08:00-16:00", "12:00-13:00", Branch.HOSPITAL),
                "public_holiday",
            ),
            ("f", "2026-12-26", "08:00-16:00", "12:00-13:00", Branch.HOSPITAL, None),
        ]
    },
    "19a": (V, TH, 9, "2012-01-15", "2027-03-22", {"at": SN}, None),
    "19b": (V, SN, 9, "2012-01-15", "2027-03-22", {"at": TH}, "not_school_holidays"),
    "19c": (V, SN, 9, "2012-01-15", "2027-03-30", {"at": TH}, None),
    **{
        f"20{letter}": (
            *(V, state, 9, "2011-09-09", day),
            {"level_on": IN_2026, "days_used": {2027: used}},
            answer,
        )
        for letter, state, used, day, answer in [
            ("a", SN, 19, JULY, None),
            ("b", SN, 20, JULY, "holiday_days_used_up"),
            ("c", SN, 20, "2027-07-30", "holiday_days_used_up"),
            ("d", SN, 20, "2027-08-02", None),
            ("e", TH, 20, "2027-08-02", "holiday_days_used_up"),
            ("f", TH, 20, "2028-02-07", None),
        ]
    },
    **{
        f"21{letter}": (
            *(V, state, level, "2010-10-05", day),
            {"is_released": released},
            answer,
        )
        for letter, state, level, day, released, answer in [
            ("a", SN, 9, "2027-03-08", True, "not_school_holidays"),
            ("b", SN, 10, "2027-03-08", False, "school_not_released"),
            ("c", SN, 10, "2027-03-08", True, None),
            ("d", TH, 10, "2027-03-08", True, "not_school_holidays"),
            ("e", SN, 9, "2027-05-07", False, "not_school_holidays"),
            ("f", SN, 10, "2027-05-07", False, None),
        ]
    },
    **{
        f"22{letter}": (
            *(S, state, 9, "2012-01-15", day),
            {"is_named_by_school": named},
            answer,
        )
        for letter, state, day, named, answer in [
            ("a", TH, "2027-02-02", True, "not_a_school_day"),
            ("b", SN, "2027-02-09", False, "not_a_school_day"),
            ("c", SN, "2027-02-09", True, None),
        ]
    },
    "23a": (S, TH, 8, "2013-04-01", "2027-04-29", {}, None),
    "23b": (S, TH, 8, "2013-04-01", "2027-05-06", {}, "public_holiday"),
    "23c": (S, TH, 8, "2013-04-01", "2027-05-13", {}, None),
    "24a": (
        *(V, ST, 11, "2010-02-01", JULY),
        {"dangers": frozenset({Danger.UNDERGROUND})},
        "underground",
    ),
    "24b": (
        *(V, ST, 11, "2010-02-01", JULY),
        {"dangers": frozenset({Danger.HAZARDOUS})},
        "dangerous",
    ),
    "24e": (
        *(S, ST, 12, "2008-11-24", on("2026-11-23", span("13:00-20:30"))),
        {},
        "outside_hours",
    ),
    "24f": (S, ST, 12, "2008-11-24", on("2026-11-24", span("13:00-20:30")), {}, None),
    "25a": (V, ST, 12, "2008-11-24", week(JULY, "8:00"), {}, None),
    "25b": (V, ST, 12, "2008-11-24", week(JULY, "8:01"), {}, "adult_day_too_long"),
    "25c": (V, ST, 12, "2008-11-24", "2027-07-18", {}, "adult_rest_day"),
    "25d": (
        *(V, ST, 12, "2008-11-24", on(JULY, span("08:00-14:01", ""))),
        {},
        "adult_break_missing",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_boundary_case_gets_its_answer(name):
    *given, extra, answer = CASES[name]

    assert case(*given, **extra).reason == answer


def test_block_names_its_first_bad_day():
    *given, extra, _answer = CASES["02d"]

    assert case(*given, **extra).first.day == date(2027, 2, 8)


@pytest.mark.parametrize(
    ("name", "day", "age"),
    [
        ("26a", date(2027, 2, 28), 14),
        ("26b", date(2027, 3, 1), 15),
        ("26c", date(2028, 2, 28), 15),
        ("26d", date(2028, 2, 29), 16),
    ],
)
def test_age_of_a_leap_day_child(name, day, age):
    assert age_on(date(2012, 2, 29), day) == age


@pytest.mark.parametrize(
    ("name", "school", "work_at", "count"),
    [("27a", SN, SN, 9), ("27b", ST, ST, 10), ("27c", ST, SN, 9), ("27d", SN, ST, 9)],
)
def test_block_of_school_days_leaves_out_what_is_none(name, school, work_at, count):
    planned, _left_out = planned_days(
        date(2026, 11, 16),
        date(2026, 11, 27),
        basis=S,
        school_state=school,
        work_state=work_at,
        calendar=CALENDAR,
    )

    assert len(planned) == count


CHANGED = {
    "U1": ("20b", {"full_time_years": {SN: 8, ST: 8, TH: 9}}, None),
    "U2": ("01a", {"school_event_min_age": 12}, None),
    "U3": ("04b", {"school_day_limit": 480, "school_week_limit": 2400}, None),
    "U4": ("03d", {"is_voluntary_under_15_allowed": True}, None),
    "U5 hours": ("10f", {"is_school_event_early_late": True}, None),
    "U5 weekend": ("14d", {"is_school_event_weekend": True}, None),
    "U6": ("15c", {"is_school_event_on_home_holiday": True}, None),
    "U8": ("21b", {"voluntary_needs_release": False}, None),
    "U9": ("21e", {"is_free_day_holiday": True}, None),
    "U10": ("22a", {"school_event_in_holidays": frozenset({TH})}, None),
    "U11": ("07c", {"do_holiday_hours_count": False}, None),
    "U12": ("20b", {"voluntary_holiday_days": 21}, None),
    "U14": ("25b", {"adult_day_limit": 600}, None),
    "U14 Sunday": ("25c", {"are_adult_rest_days_kept": False}, None),
}


@pytest.mark.parametrize("name", CHANGED)
def test_setting_changes_the_answer(name):
    case_name, change, answer = CHANGED[name]
    *given, extra, before = CASES[case_name]

    assert case(*given, **extra).reason == before
    assert case(*given, **extra, settings=Settings(**change)).reason == answer


def test_break_may_begin_an_hour_before_the_end_if_so_set():
    plan = on(JULY, span("08:00-16:00", "10:00-10:30 14:45-15:15"))

    assert case(*ST10, plan).reason is Reason.BREAK_MISSING
    lenient = Settings(must_break_end_before=False)
    assert case(*ST10, plan, settings=lenient).reason is None


def test_year_without_rows_refuses():
    assert case(S, SN, 9, "2016-01-15", "2031-03-03").reason is Reason.CALENDAR_MISSING


def test_school_outside_the_region_goes_to_the_office():
    verdict = case(S, None, 9, "2012-01-15", "2027-03-09", at=SN)

    assert verdict.reason is Reason.OFFICE_DECIDES

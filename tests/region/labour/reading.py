"""The rules for minors, read a second time: slow, plain, minute by minute.

Written from the tables of the law and from nothing else; it calls nothing of what is
compared with it. What the law leaves open stands here at its default.
"""

import csv
from datetime import date, timedelta
from importlib.resources import files

from holidays import country_holidays

from marketplace.region.labour.enums import Basis, Branch
from marketplace.region.places.enums import FederalState

SN, ST, TH = FederalState
ORDER = [
    *("school_unconfirmed", "under_13", "voluntary_under_15", "underground"),
    *("dangerous", "public_holiday", "eve_after_14", "sunday", "saturday"),
    *("not_a_school_day", "not_school_holidays", "holiday_days_used_up"),
    *("school_not_released", "outside_hours", "day_too_long", "week_too_long"),
    *("break_missing", "shift_too_long", "rest_too_short", "six_days"),
    *("adult_rest_day", "adult_day_too_long", "adult_break_missing"),
    *("adult_rest_too_short", "calendar_missing", "office_decides"),
]
SUNDAYS = {
    *("hospital", "care_home", "farming", "animals", "fairground", "performance"),
    *("sport", "emergency_doctor", "hospitality"),
}
SATURDAYS = SUNDAYS | {
    *("shop", "bakery", "confectioner", "hairdresser", "market", "transport"),
    *("household", "external_training", "car_repair"),
}
# Where each rule stands, as a refusal has to name it.
PARAGRAPHS = {
    "school_unconfirmed": "§ 5 Abs. 2 JArbSchG",
    "under_13": "§ 5 Abs. 1 JArbSchG",
    "voluntary_under_15": "§ 5 Abs. 1 und 3 JArbSchG",
    "underground": "§ 24 JArbSchG",
    "dangerous": "§§ 22, 23 JArbSchG",
    "public_holiday": "§ 18 JArbSchG",
    "eve_after_14": "§ 18 Abs. 1 JArbSchG",
    "sunday": "§ 17 JArbSchG",
    "saturday": "§ 16 JArbSchG",
    "not_a_school_day": "§§ 5, 15 JArbSchG",
    "not_school_holidays": "§ 5 Abs. 4 JArbSchG",
    "holiday_days_used_up": "§ 5 Abs. 4 JArbSchG",
    "school_not_released": "Schulgesetz des Landes",
    "outside_hours": "§ 14 JArbSchG",
    "day_too_long": "§§ 7, 8 JArbSchG",
    "week_too_long": "§§ 7, 8 JArbSchG",
    "break_missing": "§ 11 JArbSchG",
    "shift_too_long": "§ 12 JArbSchG",
    "rest_too_short": "§ 13 JArbSchG",
    "six_days": "§ 15 JArbSchG",
    "adult_rest_day": "§ 9 ArbZG",
    "adult_day_too_long": "§ 3 ArbZG",
    "adult_break_missing": "§ 4 ArbZG",
    "adult_rest_too_short": "§ 5 ArbZG",
    "calendar_missing": "§§ 5, 18 JArbSchG",
    "office_decides": "§ 5 JArbSchG",
    # Nothing but weekends and feasts.
    "no_day": "§§ 15, 18 JArbSchG",
}
LONG_SHIFTS = {"hospitality", "farming", "animals", "building_site"}
LAST_CLASS = {SN: 9, ST: 9, TH: 10}
EASTER_SUNDAYS = {date(2026, 4, 5), date(2027, 3, 28), date(2028, 4, 16)}
FIXED_FEASTS = {(12, 25), (1, 1), (5, 1)}
DAY = timedelta(days=1)


class Days:
    """What is known of days: public holidays, holidays and free days, by state."""

    def __init__(self, public, holidays, free=(), local=()):
        self.public, self.holidays = set(public), set(holidays)
        self.free, self.local = set(free), set(local)
        self.years = {(state, day.year) for state, day in self.public}
        # Only from a first day of holidays one knows that a school year has rows.
        first = {(s, d) for s, d in self.holidays if (s, d - DAY) not in self.holidays}
        self.school_years = {(state, school_year(day)) for state, day in first}

    def is_public(self, state, day, place=""):
        return (state, day) in self.public or (place, day) in self.local

    def knows_school(self, state, day):
        known = (state, school_year(day)) in self.school_years
        return known or (state, day) in self.holidays


def school_year(day):
    return day.year if day >= date(day.year, 8, 1) else day.year - 1


def age(born, day):
    """Birthdays that have been, that of 29 February on 1 March of ordinary years."""
    years = 0
    while birthday(born, born.year + years + 1) <= day:
        years += 1
    return years


def birthday(born, year):
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def monday(day):
    return day - DAY * day.weekday()


class Shift:
    """One day of work at all companies, as the minutes at which somebody works."""

    def __init__(self, *parts):
        minutes = set()
        for part in parts:
            off = {m for begin, end in part.breaks for m in range(begin, end)}
            minutes |= set(range(part.starts, part.ends)) - off
        self.day = parts[0].day
        self.starts = min(part.starts for part in parts)
        self.ends = max(part.ends for part in parts)
        self.breaks, begin = [], None
        for minute in range(self.starts, self.ends + 1):
            is_free = minute < self.ends and minute not in minutes
            if is_free and begin is None:
                begin = minute
            elif not is_free and begin is not None:
                self.breaks += [(begin, minute)] * (minute - begin >= 15)
                begin = None
        self.work = self.ends - self.starts - sum(e - b for b, e in self.breaks)
        edges = [self.starts, *(m for pause in self.breaks for m in pause), self.ends]
        self.longest = max(b - a for a, b in zip(edges[::2], edges[1::2], strict=True))

    @property
    def good_pause(self):
        """The breaks neither in the first hour nor in the last."""
        return sum(
            end - begin
            for begin, end in self.breaks
            if begin - self.starts >= 60 and self.ends - end >= 60
        )


class Reader:
    """One plan for one person, with everything she works beside it."""

    def __init__(self, plan, worker, days):
        self.plan, self.worker, self.days = plan, worker, days
        self.own = {one.day: one for one in plan.days}
        parts = {}
        for one in (*plan.days, *worker.elsewhere):
            parts.setdefault(one.day, []).append(one)
        self.shifts = [Shift(*parts[day]) for day in sorted(parts)]
        self.is_school = plan.basis is Basis.SCHOOL

    def age(self, day):
        return age(self.worker.born_on, day)

    def is_minor(self, day):
        return self.age(day) < 18

    def must_go_to_school(self, day):
        """Vollzeitschulpflicht, to 31 July of the last class; unknown: it runs."""
        who = self.worker
        if who.full_time_ends_on:
            return day <= who.full_time_ends_on
        if who.class_level is None or who.school_state is None:
            return True
        years = LAST_CLASS[who.school_state] - who.class_level + 1
        return day <= date(school_year(who.class_level_on) + years, 7, 31)

    def reasons(self):
        """Everything that speaks against it."""
        found = set(self.of_the_papers()) | set(self.of_the_holiday_days())
        for day, part in self.own.items():
            shift = next(it for it in self.shifts if it.day == day)
            if self.is_minor(day):
                found |= {*self.of_a_day(day, part), *self.of_a_shift(shift)}
            else:
                found |= set(self.of_an_adult(shift))
        for first in {monday(day) for day in self.own}:
            week = [it for it in self.shifts if monday(it.day) == first]
            found |= set(self.of_a_week(week))
        return found | set(self.of_the_rest())

    def of_the_papers(self):
        if self.is_school and not self.worker.is_confirmed:
            yield "school_unconfirmed"
        if self.worker.school_state is None and self.is_minor(min(self.own)):
            yield "office_decides"

    def of_a_day(self, day, part):
        yield from self.of_the_age(day)
        yield from self.of_the_tasks()
        yield from self.of_the_feasts(day, part)
        yield from self.of_the_school(day)
        earliest, latest = self.hours(day)
        if part.starts < earliest or part.ends > latest:
            yield "outside_hours"

    def of_the_age(self, day):
        if self.age(day) < 13:
            yield "under_13"
        elif self.age(day) < 15 and not self.is_school:
            yield "voluntary_under_15"

    def of_the_tasks(self):
        names = {danger.value for danger in self.plan.dangers}
        yield from {"underground"} & names
        if names - {"underground"}:
            yield "dangerous"

    def of_the_feasts(self, day, part):
        plan, branch = self.plan, self.plan.branch.value
        if (plan.work_state, day.year) not in self.days.years:
            yield "calendar_missing"
        is_never = day in EASTER_SUNDAYS or (day.month, day.day) in FIXED_FEASTS
        is_feast = self.days.is_public(plan.work_state, day, plan.work_place)
        may_work = branch in SUNDAYS and not self.is_school and self.is_made_up(day)
        if is_never or (is_feast and not may_work):
            yield "public_holiday"
        if (day.month, day.day) in {(12, 24), (12, 31)} and part.ends > 14 * 60:
            yield "eve_after_14"
        if self.is_school:
            return
        if day.weekday() == 6 and (branch not in SUNDAYS or self.free_sundays(day) < 2):
            yield "sunday"
        if day.weekday() == 5 and branch not in SATURDAYS:
            yield "saturday"

    def is_made_up(self, day):
        """For a public holiday a day of this or the next week is off."""
        weeks = [monday(day), monday(day) + 7 * DAY]
        return any(
            sum(monday(it.day) == first for it in self.shifts) < 5 for first in weeks
        )

    def free_sundays(self, day):
        """Sundays of the month left after this one, with those fixed elsewhere."""
        first = day.replace(day=1)
        month = [first + DAY * k for k in range(31)]
        sundays = [it for it in month if it.month == day.month and it.weekday() == 6]
        worked = {it.day for it in self.shifts}
        later = {it for it in self.own if it > day}
        return sum(it not in worked - later for it in sundays)

    def of_the_school(self, day):
        who, days = self.worker, self.days
        state = who.school_state
        if self.is_school and day.weekday() > 4:
            yield "not_a_school_day"
        if state is None:
            return
        if not days.knows_school(state, day):
            yield "calendar_missing"
            return
        is_home_feast = days.is_public(state, day, who.school_place)
        is_holiday = (state, day) in days.holidays
        is_free = (state, day) in days.free or day in who.movable_days
        if self.is_school:
            is_named = self.plan.is_named_by_school and state in {SN, ST}
            if is_home_feast or ((is_holiday or is_free) and not is_named):
                yield "not_a_school_day"
        elif self.must_go_to_school(day):
            if not is_holiday:
                yield "not_school_holidays"
        elif day.weekday() < 5 and not (is_home_feast or is_holiday or is_free):
            yield from () if who.is_released else ("school_not_released",)

    def of_the_holiday_days(self):
        if self.is_school:
            return
        used = dict(self.worker.days_used)
        for day in sorted(self.own):
            if self.is_minor(day) and self.must_go_to_school(day):
                used[day.year] = used.get(day.year, 0) + 1
                if used[day.year] > 20:
                    yield "holiday_days_used_up"

    def hours(self, day):
        """From when to when; a school event knows no exception."""
        earliest, latest = 6 * 60, 20 * 60
        if self.is_school or self.age(day) < 16:
            return earliest, latest
        branch = self.plan.branch
        if branch in {Branch.FARMING, Branch.BAKERY, Branch.CONFECTIONER}:
            earliest = 5 * 60
        if branch is Branch.BAKERY and self.age(day) >= 17:
            earliest = 4 * 60
        if branch in {Branch.HOSPITALITY, Branch.FAIRGROUND}:
            latest = 22 * 60
        if branch is Branch.FARMING:
            latest = 21 * 60
        if branch is Branch.MULTI_SHIFT or self.plan.is_multi_shift:
            latest = 23 * 60
        return earliest, latest

    def of_a_shift(self, shift):
        needed = 0 if shift.work <= 270 else 30 if shift.work <= 360 else 60
        if shift.good_pause < needed or shift.longest > 270:
            yield "break_missing"
        is_long = self.plan.branch.value in LONG_SHIFTS
        if shift.ends - shift.starts > (11 if is_long else 10) * 60:
            yield "shift_too_long"

    def limits(self, day):
        """The minutes of a day and of its week."""
        is_grown = self.age(day) >= 15
        if not self.is_school:
            return (480, 2400) if is_grown else (420, 2100)
        is_raised = self.worker.is_raised and not self.must_go_to_school(day)
        return (480, 2400) if is_raised and is_grown else (420, 2100)

    def of_a_week(self, week):
        minor = [it for it in week if self.is_minor(it.day)]
        own = [it for it in minor if it.day in self.own]
        if len(minor) > 5 and own:
            yield "six_days"
        for shift in own:
            most, _week = self.limits(shift.day)
            if not self.is_school and self.age(shift.day) >= 15:
                # Half an hour more, where another day of the week is shorter.
                most += 30 * any(it.work < 480 for it in minor if it is not shift)
            if shift.work > most:
                yield "day_too_long"
        if own:
            day, most = max(self.limits(it.day) for it in own)
            lost = [d for d in self.plan.left_out if monday(d) == monday(own[0].day)]
            if sum(it.work for it in minor) + day * len(lost) > most:
                yield "week_too_long"
        last = max(it.day for it in week if it.day in self.own)
        if not self.is_minor(last) and sum(it.work for it in week) > 2880:
            yield "adult_day_too_long"

    def of_the_rest(self):
        for before, after in zip(self.shifts, self.shifts[1:], strict=False):
            free = (after.day - before.day).days * 1440 + after.starts - before.ends
            if not {before.day, after.day} & set(self.own):
                continue
            if self.is_minor(after.day) and free < 720:
                yield "rest_too_short"
            elif not self.is_minor(after.day) and free < 660:
                yield "adult_rest_too_short"

    def of_an_adult(self, shift):
        plan, day = self.plan, shift.day
        if (plan.work_state, day.year) not in self.days.years:
            yield "calendar_missing"
        is_feast = self.days.is_public(plan.work_state, day, plan.work_place)
        if day.weekday() == 6 or is_feast:
            yield "adult_rest_day"
        if shift.work > 480:
            yield "adult_day_too_long"
        needed = 0 if shift.work <= 360 else 30 if shift.work <= 540 else 45
        pause = sum(end - begin for begin, end in shift.breaks)
        if pause < needed or shift.longest > 360:
            yield "adult_break_missing"


def broken(plan, worker, days):
    """The keys of the rules that are broken, the first one first."""
    if plan.basis is None or not plan.days:
        return []
    return sorted(Reader(plan, worker, days).reasons(), key=ORDER.index)


def shipped_days():
    """The days of 2026 to 2028, from the sources themselves."""
    years, holidays, free = range(2026, 2029), [], []
    public = [
        (state, day)
        for state in FederalState
        for day in country_holidays("DE", subdiv=state.value, years=years)
    ]
    table = files("marketplace.region.calendar") / "school_holidays.csv"
    for row in csv.DictReader(table.read_text("utf-8").splitlines()):
        kind = holidays if row["name"].endswith("ferien") else free
        day = date.fromisoformat(row["starts_on"])
        while day <= date.fromisoformat(row["ends_on"]):
            kind.append((FederalState(row["state"]), day))
            day += DAY
    return Days(public, holidays, free)

"""Plans and people as the boundary cases tell them, and the calendar they need."""

from dataclasses import dataclass, field, fields
from datetime import date, timedelta

from marketplace.region.calendar.enums import DayKind
from marketplace.region.calendar.tables import Calendar, Span, kind_of_name
from marketplace.region.labour.enums import Basis
from marketplace.region.labour.services.judging import judge
from marketplace.region.labour.tables import DayPlan, Plan, Worker
from marketplace.region.places.enums import FederalState

SN, ST, TH = FederalState
S, V = Basis
# What is no work has no basis.
M = None
HOLIDAYS = """
SN Herbstferien 2026-10-12 2026-10-24
SN Weihnachtsferien 2026-12-23 2027-01-02
SN Winterferien 2027-02-08 2027-02-19
SN Osterferien 2027-03-26 2027-04-02
SN Unterrichtsfrei 2027-05-07 2027-05-07
SN Sommerferien 2027-07-10 2027-08-20
SN Winterferien 2028-02-14 2028-02-26
SN Herbstferien 2028-10-23 2028-11-03
ST Herbstferien 2026-10-19 2026-10-30
ST Sommerferien 2027-07-10 2027-08-20
ST Winterferien 2028-02-07 2028-02-12
TH Winterferien 2027-02-01 2027-02-06
TH Osterferien 2027-03-22 2027-04-03
TH Sommerferien 2027-07-10 2027-08-20
TH Winterferien 2028-02-07 2028-02-12
"""
PUBLIC_HOLIDAYS = """
SN 2026-10-31 2026-11-18 2026-12-25 2026-12-26 2027-03-29 2027-05-06
SN 2028-05-01 2028-10-31
ST 2026-10-31 2026-12-25 2027-01-06 2027-05-06 2028-10-31
TH 2026-10-31 2026-12-25 2027-05-06 2027-09-20 2028-10-31
"""


def _spans():
    for line in HOLIDAYS.split("\n")[1:-1]:
        state, name, first, last = line.split()
        kind = kind_of_name(name)
        start, end = date.fromisoformat(first), date.fromisoformat(last)
        yield Span(FederalState(state), kind, name, start, end)
    for line in PUBLIC_HOLIDAYS.split("\n")[1:-1]:
        state, *days = line.split()
        for day in map(date.fromisoformat, days):
            kind = DayKind.PUBLIC_HOLIDAY
            yield Span(FederalState(state), kind, "Feiertag", day, day)


CALENDAR = Calendar(tuple(_spans()), frozenset({("Crostwitz", date(2027, 5, 27))}))
# The class level is that of the school year 2026/27 where a case says so.
IN_2026 = date(2026, 11, 1)


def minutes(text):
    hours, rest = text.split(":")
    return int(hours) * 60 + int(rest)


def day(text, hours="08:00-16:00", breaks=None):
    """One day, from a span of hours or from the time worked.

    Work begins at 08:00 and has its break at 12:00, 60 minutes above 6:00, else 30. A
    span without a named break has one of 60 minutes three hours after its start.
    """
    if "-" not in hours:
        work = minutes(hours)
        pause = 60 if work > 360 else 30
        times = (480, 480 + work + pause, ((720, 720 + pause),))
        return DayPlan(date.fromisoformat(text), *times)
    start, end = map(minutes, hours.split("-"))
    pauses = [(start + 180, start + 240)]
    if breaks is not None:
        pauses = [tuple(map(minutes, pause.split("-"))) for pause in breaks.split()]
    return DayPlan(date.fromisoformat(text), start, end, tuple(pauses))


def days(first, *hours):
    """Days in a row, one for each of the hours."""
    start = date.fromisoformat(first)
    return [day(str(start + timedelta(days=k)), text) for k, text in enumerate(hours)]


@dataclass
class Example:
    """A person with a plan, and the reason that must come first; None if possible."""

    says: str | None
    basis: Basis | None
    school: FederalState | None
    level: int | None
    born: str
    plan: str | DayPlan | list[DayPlan]
    options: dict = field(default_factory=dict)

    def verdict(self, calendar=CALENDAR, settings=None, **changes):
        plan, worker = self.plan_and_worker(**changes)
        return judge(plan, worker, calendar, settings)

    def reason(self, **changes):
        return self.verdict(**changes).reason

    def plan_and_worker(self, **changes):
        options = {"at": self.school, "level_on": None} | self.options | changes
        work_state, level_on = options.pop("at"), options.pop("level_on")
        chosen = {f.name for f in fields(Plan)} & set(options)
        of_plan = {name: options.pop(name) for name in chosen}
        plan = Plan(
            **{"basis": self.basis, "days": self.days, "work_state": work_state}
            | of_plan
        )
        known = {
            "born_on": date.fromisoformat(self.born),
            "school_state": self.school,
            "class_level": self.level,
            "class_level_on": level_on or self.days[0].day,
            "is_confirmed": True,
        }
        return plan, Worker(**known | options)

    @property
    def days(self):
        plan = day(self.plan) if isinstance(self.plan, str) else self.plan
        return tuple(plan) if isinstance(plan, list) else (plan,)


def example(says, basis, school, level, born, plan, **options):
    return Example(says, basis, school, level, born, plan, options)

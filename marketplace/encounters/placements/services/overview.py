"""A class at a glance: each pupil with the furthest she has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.models import Application
from marketplace.encounters.placements.models import Visit
from marketplace.encounters.placements.queries import events_of_class, visits_of
from marketplace.encounters.placements.rules import awaits_school, has_place, rank_of
from marketplace.people.schools.models import ClassMember, ClassPeriod, SchoolClass
from marketplace.people.schools.queries import members_of
from marketplace.people.schools.rules import next_period


@dataclass(frozen=True)
class Standing:
    """Where one pupil stands: what brought her furthest, and whether it is visited."""

    member: ClassMember
    application: Application | None
    visit: Visit | None

    @property
    def has_place(self) -> bool:
        """Says whether the place is fixed."""
        return has_place(self.application)

    @property
    def is_offered(self) -> bool:
        """Says whether a place waits for her to confirm it."""
        state = self.application.state if self.application else None
        return state is ApplicationState.OFFERED

    @property
    def awaits_school(self) -> bool:
        """Says whether it is the turn of the school."""
        return awaits_school(self.application)


@dataclass(frozen=True)
class Overview:
    """The pupils of a class by surname, for one of its periods."""

    period: ClassPeriod | None
    standings: Sequence[Standing]

    @property
    def placed_count(self) -> int:
        """How many have a fixed place."""
        return sum(it.has_place for it in self.standings)

    @property
    def offered_count(self) -> int:
        """How many have an offer that they did not confirm yet."""
        return sum(it.is_offered for it in self.standings)

    @property
    def without(self) -> Sequence[Standing]:
        """Who has neither."""
        return [it for it in self.standings if not (it.has_place or it.is_offered)]

    @property
    def awaiting(self) -> Sequence[Standing]:
        """Whose school event the school has not confirmed."""
        return [it for it in self.standings if it.awaits_school]


def overview_of(own: SchoolClass, period: ClassPeriod | None) -> Overview:
    """Tells of each pupil of a class the furthest she has come, in five questions."""
    best: dict[int, Application] = {}
    for one in events_of_class(own, period):
        known = best.get(one.pupil_id)
        if known is None or rank_of(one) >= rank_of(known):
            best[one.pupil_id] = one
    visits = visits_of(best.values())
    standings = []
    for member in members_of(own):
        application = best.get(member.user_id)
        visit = visits.get(application.id) if application else None
        standings.append(Standing(member, application, visit))
    return Overview(period, standings)


def chosen_period(own: SchoolClass, number: str, day: date) -> ClassPeriod | None:
    """The period that was asked for, else the next one, else the last one."""
    asked = next((it for it in own.periods if str(it.id) == number), None)
    last = own.periods[-1] if own.periods else None
    return asked or next_period(own, day) or last

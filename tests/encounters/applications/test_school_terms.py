"""What a school lays down reaches the judging of its pupils' applications."""

from datetime import date, time

import pytest

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.services.legality import verdict_on
from marketplace.foundation.database import transaction
from marketplace.people.schools.enums import DayKind
from marketplace.people.schools.models import SchoolDays
from marketplace.region.labour.enums import Basis, Reason
from marketplace.region.places.enums import FederalState
from tests.factories.applications import make_application, make_place
from tests.factories.people import make_class, make_classmate, make_pupil, make_school
from tests.moments import NOON

MARCH = {"starts_on": date(2027, 3, 8), "ends_on": date(2027, 3, 12)}
# Winter holidays in Saxony.
FEBRUARY = {"starts_on": date(2027, 2, 8), "ends_on": date(2027, 2, 12)}


def event(school, week, pupil=None, *, level=10, **changes):
    pupil = pupil or make_pupil(date(2010, 10, 5), school_id=school.id)
    with transaction():
        pupil.pupil.school_state = FederalState.SAXONY
        pupil.pupil.class_level = level
    place = make_place(week=week, **changes)
    return make_application(
        ApplicationState.OPEN,
        pupil,
        place,
        basis=Basis.SCHOOL,
        class_level=level,
        school_confirmed_at=None,
    )


def reasons(application):
    found = verdict_on(application, at=NOON).findings
    return {finding.reason for finding in found} - {Reason.SCHOOL_UNCONFIRMED}


@pytest.fixture
def school(app):
    return make_school(town="Leipzig")


def put(school, kind, first, last):
    with transaction():
        school.days.append(SchoolDays(kind=kind, starts_on=first, ends_on=last))


def long_day(school, **changes):
    place = {"day_starts_at": time(8), "day_ends_at": time(16, 30)}
    return event(school, MARCH, **place | changes)


def test_the_limit_is_raised_for_whose_full_time_is_over(school):
    application = long_day(school)
    assert Reason.DAY_TOO_LONG in reasons(application)

    with transaction():
        school.is_limit_raised = True

    assert Reason.DAY_TOO_LONG not in reasons(application)


def test_the_limit_stays_while_full_time_runs(school):
    with transaction():
        school.is_limit_raised = True

    assert Reason.DAY_TOO_LONG in reasons(long_day(school, level=9))


def test_the_class_says_when_full_time_ends(school):
    own = make_class(school, full_time_ends_on=date(2027, 1, 31))
    with transaction():
        school.is_limit_raised = True
    pupil = make_classmate(own, make_pupil(date(2010, 10, 5)))
    application = long_day(school, pupil=pupil, level=9)
    assert Reason.DAY_TOO_LONG not in reasons(application)

    with transaction():
        own.full_time_ends_on = date(2027, 7, 31)
    assert Reason.DAY_TOO_LONG in reasons(application)


def test_a_movable_day_is_no_school_day(school):
    application = event(school, MARCH)
    assert reasons(application) == set()

    put(school, DayKind.MOVABLE, date(2027, 3, 10), date(2027, 3, 10))

    found = verdict_on(application, at=NOON).findings
    assert (Reason.NOT_A_SCHOOL_DAY, date(2027, 3, 10)) in {
        (finding.reason, finding.day) for finding in found
    }


def test_days_in_holidays_are_named_by_the_school(school):
    application = event(school, FEBRUARY)
    assert reasons(application) == {Reason.NOT_A_SCHOOL_DAY}

    put(school, DayKind.NAMED, date(2027, 2, 8), date(2027, 2, 11))
    assert reasons(application) == {Reason.NOT_A_SCHOOL_DAY}

    put(school, DayKind.NAMED, date(2027, 2, 12), date(2027, 2, 12))
    assert reasons(application) == set()


def test_a_period_of_the_class_names_its_days(school):
    days = FEBRUARY["starts_on"], FEBRUARY["ends_on"]
    pupil = make_classmate(make_class(school, days=days), make_pupil(date(2010, 10, 5)))

    assert reasons(event(school, FEBRUARY, pupil)) == set()


def test_another_school_says_nothing(school):
    put(make_school("Waldschule"), DayKind.NAMED, *FEBRUARY.values())

    assert reasons(event(school, FEBRUARY)) == {Reason.NOT_A_SCHOOL_DAY}

from datetime import date

import pytest

from marketplace.foundation.database import transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.schools.enums import DayKind
from marketplace.people.schools.queries import papers_due_on, terms_of
from marketplace.people.schools.services.settling import (
    DaysEntry,
    add_days,
    drop_days,
    lay_down,
)
from marketplace.people.schools.tables import NOTHING_SAID, SchoolTerms
from tests.factories.people import (
    make_class,
    make_classmate,
    make_pupil,
    make_school,
    make_staff,
)
from tests.moments import NOON

FREE, NAMED = date(2027, 5, 7), (date(2027, 2, 8), date(2027, 2, 9))
WEEK = date(2027, 3, 8), date(2027, 3, 9)


def test_terms_of_tell_what_school_and_class_say(app):
    school = make_school(town="Leipzig")
    staff = make_staff(school)
    own = make_class(school, days=WEEK, full_time_ends_on=date(2027, 1, 31))
    pupil = make_classmate(own)

    with transaction():
        lay_down(school, is_limit_raised=True, notice_weeks=4, actor=staff, at=NOON)
        free = DaysEntry(kind=DayKind.MOVABLE, starts_on=FREE)
        add_days(school, free, actor=staff, at=NOON)
        named = DaysEntry(kind=DayKind.NAMED, starts_on=NAMED[0], ends_on=NAMED[1])
        add_days(school, named, actor=staff, at=NOON)

    assert terms_of(pupil) == SchoolTerms(
        place="Leipzig",
        is_limit_raised=True,
        movable_days=frozenset({FREE}),
        named_days=frozenset({*NAMED, *WEEK}),
        full_time_ends_on=date(2027, 1, 31),
    )
    assert papers_due_on(pupil, date(2027, 3, 8)) == date(2027, 2, 8)


def test_nothing_is_said_of_who_chose_no_school(app):
    assert terms_of(make_pupil()) == NOTHING_SAID
    assert papers_due_on(make_pupil(), WEEK[0]) is None
    assert papers_due_on(make_pupil(school_id=make_school().id), WEEK[0]) is None


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2027, 3, 9), date(2027, 3, 8), "vor dem ersten"),
        (date(2026, 11, 2), None, "schon vorbei"),
        (date(2027, 3, 1), date(2027, 3, 29), "mehr als vier Wochen"),
    ],
)
def test_add_days_refuses_what_cannot_be(app, first, last, words):
    school = make_school()
    entry = DaysEntry(kind=DayKind.MOVABLE, starts_on=first, ends_on=last)

    with pytest.raises(Refusal, match=words):
        add_days(school, entry, actor=make_staff(school), at=NOON)
    assert school.days == []


def test_drop_days_takes_them_back(app):
    school = make_school()
    staff = make_staff(school)
    with transaction():
        entry = DaysEntry(kind=DayKind.MOVABLE, starts_on=FREE)
        add_days(school, entry, actor=staff, at=NOON)
    with transaction():
        drop_days(school, school.days[0], actor=staff, at=NOON)

    assert school.days == []

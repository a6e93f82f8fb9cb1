from datetime import date, timedelta

import pytest

from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.schools.enums import Rhythm
from marketplace.people.schools.models import ClassMember, SchoolClass
from marketplace.people.schools.queries import (
    class_attended_by,
    class_by_code,
    classes_of,
    member_counts,
    members_of,
    period_ahead_of,
)
from marketplace.people.schools.rules import next_period, year_words
from marketplace.people.schools.services.classes import (
    ClassEntry,
    PeriodEntry,
    add_period,
    change_class,
    dissolve_class,
    drop_period,
    forget_past_classes,
    open_class,
    renew_code,
)
from tests.factories.people import (
    make_class,
    make_classmate,
    make_pupil,
    make_school,
    make_staff,
)
from tests.moments import NOON

MARCH = date(2027, 3, 8), date(2027, 3, 19)
JUNE = date(2027, 6, 7), date(2027, 6, 11)


def entry(**changes):
    return ClassEntry(
        **{"name": " 9b ", "class_level": 9, "school_year": 2026} | changes
    )


def dates(first, last):
    return PeriodEntry(starts_on=first, ends_on=last, rhythm=Rhythm.BLOCK)


def test_open_class_draws_a_code_that_leads_to_it(app):
    school = make_school()

    with transaction():
        own = open_class(school, entry(), actor=make_staff(school), at=NOON)

    assert (own.name, own.class_level, len(own.code)) == ("9b", 9, 9)
    assert class_by_code(own.code.upper().replace("-", " ")) is own


def test_open_class_refuses_a_year_that_is_over(app):
    school = make_school()

    with pytest.raises(Refusal, match="Schuljahr ist vorbei"):
        open_class(school, entry(school_year=2025), actor=make_staff(school), at=NOON)


def test_change_class_keeps_code_and_members(app):
    own = make_class(make_school())
    pupil, staff = make_classmate(own), make_staff(own.school)

    with transaction():
        change_class(own, entry(name="9c"), actor=staff, at=NOON)

    assert (own.name, own.code) == ("9c", "abcd-efgh")
    assert [member.user for member in members_of(own)] == [pupil]


def test_renew_code_ends_the_old_one(app):
    own = make_class(make_school())

    with transaction():
        renew_code(own, actor=make_staff(own.school), at=NOON)

    assert class_by_code("abcdefgh") is None
    assert class_by_code(own.code) is own


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2027, 3, 9), date(2027, 3, 8), "vor dem ersten"),
        (date(2026, 11, 2), date(2026, 11, 6), "schon vorbei"),
        (date(2027, 7, 26), date(2027, 8, 6), "Schuljahr 2026/27"),
        (date(2027, 8, 9), date(2027, 8, 13), "Schuljahr 2026/27"),
    ],
)
def test_add_period_refuses_days_that_cannot_be(app, first, last, words):
    own = make_class(make_school())

    with pytest.raises(Refusal, match=words):
        add_period(own, dates(first, last), actor=make_staff(own.school), at=NOON)


def test_periods_come_and_go(app):
    own = make_class(make_school(), days=JUNE)
    staff = make_staff(own.school)

    with transaction():
        early = add_period(own, dates(*MARCH), actor=staff, at=NOON)
    db.session.refresh(own)
    assert [it.starts_on for it in own.periods] == [MARCH[0], JUNE[0]]
    assert next_period(own, MARCH[1]) is early
    assert next_period(own, MARCH[1] + timedelta(days=1)).starts_on == JUNE[0]

    with transaction():
        drop_period(early, actor=staff, at=NOON)
    assert [it.starts_on for it in own.periods] == [JUNE[0]]


def test_dissolve_class_takes_its_rows_along(app):
    own = make_class(make_school(), days=MARCH)
    make_classmate(own)

    with transaction():
        dissolve_class(own, actor=make_staff(own.school), at=NOON)

    assert db.session.query(SchoolClass).count() == 0
    assert db.session.query(ClassMember).count() == 0


def test_classes_go_after_their_school_year(app):
    school = make_school()
    make_class(school, "9b", code="aaaa-aaaa", school_year=2025)
    make_class(school, "9c", code="bbbb-bbbb", school_year=2026)

    with transaction():
        count = forget_past_classes(at=NOON)

    assert (count, [it.name for it in db.session.query(SchoolClass)]) == (1, ["9c"])


def test_a_class_of_last_year_or_of_another_school_is_not_hers(app):
    school = make_school()
    own = make_class(school, days=MARCH)
    pupil = make_classmate(own)
    today = NOON.date()
    assert class_attended_by(pupil, today) is own
    assert period_ahead_of(pupil, today).starts_on == MARCH[0]

    assert class_attended_by(pupil, date(2027, 8, 1)) is None
    with transaction():
        pupil.pupil.school_id = make_school("Waldschule").id
    assert class_attended_by(pupil, today) is None
    assert period_ahead_of(pupil, today) is None
    assert members_of(own) == []
    assert member_counts(school) == {}


def test_classes_of_counts_members(app):
    school = make_school()
    one = make_class(school, "9b", code="aaaa-aaaa")
    make_class(school, "8a", code="bbbb-bbbb", class_level=8)
    make_class(make_school("Waldschule"), "9b", code="cccc-cccc")
    make_classmate(one)
    make_classmate(one)

    assert [it.name for it in classes_of(school, NOON.date())] == ["8a", "9b"]
    assert member_counts(school) == {one.id: 2}


def test_year_words_cross_the_century(app):
    assert (year_words(2026), year_words(2099)) == ("2026/27", "2099/00")


def test_a_pupil_alone_has_no_period(app):
    assert period_ahead_of(make_pupil(), NOON.date()) is None

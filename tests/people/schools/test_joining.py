from datetime import timedelta

import pytest

from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal, TooMany
from marketplace.people.schools.models import ClassMember
from marketplace.people.schools.queries import class_attended_by
from marketplace.people.schools.services import joining
from marketplace.people.schools.services.joining import (
    class_with_code,
    join_class,
    leave_class,
    remove_member,
)
from tests.factories.people import (
    make_class,
    make_classmate,
    make_pupil,
    make_school,
    make_staff,
    make_user,
)
from tests.moments import NOON

HERE = "192.0.2.7"


def test_join_class_takes_over_school_and_level(app):
    own, pupil = make_class(make_school("Gymnasium am Anger")), make_pupil()

    with transaction():
        join_class(pupil, own, at=NOON)
        join_class(pupil, own, at=NOON)

    told = pupil.pupil
    assert (told.school_id, told.school_name) == (own.school_id, "Gymnasium am Anger")
    assert told.class_level == 9
    assert class_attended_by(pupil, NOON.date()) is own


def test_join_class_of_next_year_leaves_the_level(app):
    own = make_class(make_school(), school_year=2027)
    pupil = make_pupil(class_level=8)

    with transaction():
        join_class(pupil, own, at=NOON)

    assert pupil.pupil.class_level == 8


def test_join_class_leaves_the_one_before(app):
    school = make_school()
    pupil = make_classmate(make_class(school, "9a", code="aaaa-aaaa"))
    other = make_class(school, "9b", code="bbbb-bbbb")

    with transaction():
        join_class(pupil, other, at=NOON)

    assert [it.class_id for it in db.session.query(ClassMember)] == [other.id]


def test_join_class_refuses_adults_and_full_classes(app, monkeypatch):
    own = make_class(make_school())
    with pytest.raises(Refusal, match="kein Konto einer Schülerin"):
        join_class(make_user(), own, at=NOON)

    monkeypatch.setattr(joining, "MOST_PUPILS", 1)
    first = make_classmate(own)
    with pytest.raises(Refusal, match="ist voll"):
        join_class(make_pupil(), own, at=NOON)
    join_class(first, own, at=NOON)


def test_leaving_and_removing(app):
    own = make_class(make_school())
    pupil = make_classmate(own)

    with transaction():
        leave_class(pupil, at=NOON)
    with pytest.raises(Refusal, match="in keiner Klasse"):
        leave_class(pupil, at=NOON)

    with transaction():
        join_class(pupil, own, at=NOON)
    with transaction():
        member = db.session.query(ClassMember).one()
        remove_member(member, actor=make_staff(own.school), at=NOON)
    assert class_attended_by(pupil, NOON.date()) is None


def test_guessing_codes_has_to_wait(app):
    own = make_class(make_school())
    assert class_with_code("ABCD efgh", came_from=HERE, at=NOON) is own
    for _ in range(10):
        with transaction():
            assert class_with_code("zzzz-zzzz", came_from=HERE, at=NOON) is None

    with pytest.raises(TooMany) as caught:
        class_with_code("abcdefgh", came_from=HERE, at=NOON)
    assert caught.value.seconds == 15 * 60
    assert class_with_code("abcdefgh", came_from="192.0.2.8", at=NOON) is own
    later = NOON + timedelta(minutes=16)
    assert class_with_code("abcdefgh", came_from=HERE, at=later) is own


def test_a_code_of_last_year_leads_nowhere(app):
    make_class(make_school(), school_year=2025)

    with transaction():
        assert class_with_code("abcd-efgh", came_from=HERE, at=NOON) is None

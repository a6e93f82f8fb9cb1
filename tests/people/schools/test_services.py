import pytest

from marketplace.foundation.database import transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.enums import SchoolKind
from marketplace.people.accounts.services.opening import PupilEntry, describe_pupil
from marketplace.people.schools.queries import school_attended_by, school_of
from marketplace.people.schools.services.choosing import choose_school
from marketplace.people.schools.services.staffing import appoint_staff
from marketplace.region.places.enums import FederalState
from tests.factories.people import (
    make_coordinator,
    make_pupil,
    make_school,
    make_staff,
    make_user,
)
from tests.moments import NOON


def test_choose_school_takes_over_name_kind_and_state(app):
    pupil, school = make_pupil(), make_school("Oberschule am Anger", town="Leipzig")
    with transaction():
        school.kind = SchoolKind.OBERSCHULE

    with transaction():
        choose_school(pupil, school, at=NOON)

    told = pupil.pupil
    assert (told.school_name, told.school_kind) == (
        "Oberschule am Anger",
        SchoolKind.OBERSCHULE,
    )
    assert told.school_state is FederalState.SAXONY
    assert school_attended_by(pupil) is school


def test_choose_school_refuses_what_is_no_school(app):
    office = make_school("Schulamt", is_selectable=False)

    with pytest.raises(Refusal, match="keine Schule, die du besuchen kannst"):
        choose_school(make_pupil(), office, at=NOON)


def test_choose_school_refuses_who_is_no_pupil(app):
    with pytest.raises(Refusal, match="kein Konto einer Schülerin"):
        choose_school(make_user(), make_school(), at=NOON)


def test_another_name_is_another_school(app):
    pupil, school = make_pupil(), make_school("Gymnasium am Anger")
    with transaction():
        choose_school(pupil, school, at=NOON)

    with transaction():
        same = PupilEntry(school_name="Gymnasium am Anger", class_level=9)
        describe_pupil(pupil, same, at=NOON)
    assert school_attended_by(pupil) is school

    with transaction():
        describe_pupil(pupil, PupilEntry(school_name="Waldschule"), at=NOON)
    assert school_attended_by(pupil) is None


def test_appoint_staff_lets_a_person_act_for_one_school(app):
    office, first, second = make_coordinator(), make_school(), make_school()
    user = make_staff(first)

    with transaction():
        appoint_staff(user, second, actor=office, at=NOON)

    assert school_of(user) is second


def test_appoint_staff_refuses_other_roles(app):
    with pytest.raises(Refusal, match="nur mit einem Konto für Schulen"):
        appoint_staff(make_user(), make_school(), actor=make_coordinator(), at=NOON)

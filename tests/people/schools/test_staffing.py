import pytest

from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.enums import Role
from marketplace.people.schools.models import StaffRequest
from marketplace.people.schools.queries import (
    request_of,
    school_of,
    staff_addresses,
    staff_row_of,
)
from marketplace.people.schools.services.joining import leave_all
from marketplace.people.schools.services.settling import note_contact
from marketplace.people.schools.services.staffing import (
    ask_to_act,
    end_binding,
    grant_request,
    leave_school,
    refuse_request,
    take_back_request,
)
from tests.factories.people import (
    make_coordinator,
    make_pupil,
    make_school,
    make_staff,
    make_user,
)
from tests.moments import NOON


def teacher(email="lehrkraft@anger.example", **changes):
    return make_user(Role.SCHOOL, email=email, **changes)


def test_an_address_of_the_school_acts_at_once(app, outbox):
    school = make_school(mail_domain="anger.example")
    known, user = make_staff(school), teacher("Lehrkraft@Anger.example".lower())

    with transaction():
        assert ask_to_act(user, school, at=NOON) is True

    assert school_of(user) is school
    assert outbox() == [(user.email, "staff_bound"), (known.email, "staff_joined")]


@pytest.mark.parametrize(
    "email",
    [
        "lehrkraft@andere.example",
        "lehrkraft@mail.anger.example",
        "anger.example@andere.example",
        "lehrkraft@xanger.example",
    ],
)
def test_another_address_waits_for_the_office(app, outbox, email):
    school, user = make_school(mail_domain="anger.example"), teacher(email)

    with transaction():
        assert ask_to_act(user, school, at=NOON) is False

    assert school_of(user) is None
    assert request_of(user).school is school
    assert outbox() == []


def test_a_school_without_a_domain_lets_nobody_in_at_once(app):
    school, user = make_school(), teacher("x@")

    with transaction():
        assert ask_to_act(user, school, at=NOON) is False


def test_asking_anew_replaces_the_request(app):
    user = teacher()
    with transaction():
        ask_to_act(user, make_school(), at=NOON)
    second = make_school("Waldschule")

    with transaction():
        ask_to_act(user, second, at=NOON)

    assert [it.school for it in db.session.query(StaffRequest)] == [second]


def test_asking_is_refused_to_others(app):
    school = make_school()

    for user, words in (
        (make_pupil(), "Konto für Schulen"),
        (make_staff(make_school("Waldschule")), "handeln schon für eine Schule"),
        (teacher(confirmed_at=None), "Bestätigen Sie zuerst"),
    ):
        with pytest.raises(Refusal, match=words):
            ask_to_act(user, school, at=NOON)
    with pytest.raises(Refusal, match="keine Schule"):
        ask_to_act(teacher("b@x.example"), make_school(is_selectable=False), at=NOON)


def test_the_office_grants_or_refuses(app, outbox):
    office, school = make_coordinator(), make_school()
    one, other = teacher("eins@x.example"), teacher("zwei@x.example")
    with transaction():
        ask_to_act(one, school, at=NOON)
        ask_to_act(other, school, at=NOON)

    with transaction():
        grant_request(request_of(one), actor=office, at=NOON)
        refuse_request(request_of(other), "Nicht bekannt.", actor=office, at=NOON)

    assert (school_of(one), school_of(other)) == (school, None)
    assert db.session.query(StaffRequest).count() == 0
    assert outbox() == [(one.email, "staff_bound"), (other.email, "staff_refused")]


def test_a_request_is_taken_back(app):
    user = teacher()
    with transaction():
        ask_to_act(user, make_school(), at=NOON)
    with transaction():
        take_back_request(user, at=NOON)

    assert request_of(user) is None
    with pytest.raises(Refusal, match="nichts mehr offen"):
        take_back_request(user, at=NOON)


def test_bindings_end(app, outbox):
    school = make_school()
    leaver, ended = make_staff(school), make_staff(school)

    with transaction():
        leave_school(leaver, at=NOON)
        row = staff_row_of(ended)
        end_binding(row, "Schule gewechselt.", actor=make_coordinator(), at=NOON)

    assert staff_addresses(school.id) == []
    assert outbox() == [(ended.email, "staff_ended")]
    with pytest.raises(Refusal, match="für keine Schule"):
        leave_school(leaver, at=NOON)


def test_note_contact_keeps_address_and_domain(app):
    school, office = make_school(), make_coordinator()

    with transaction():
        note_contact(
            school,
            email=" Post@Anger.example ",
            mail_domain="@Anger.example",
            actor=office,
            at=NOON,
        )
    assert (school.email, school.mail_domain) == ("post@anger.example", "anger.example")

    with pytest.raises(Refusal, match="nicht nur diese Schule"):
        note_contact(school, email="", mail_domain="Web.de", actor=office, at=NOON)


def test_whoever_goes_for_good_asks_and_acts_no_more(app):
    asking, acting = teacher(), make_staff(make_school())
    with transaction():
        ask_to_act(asking, make_school("Waldschule"), at=NOON)

    with transaction():
        leave_all(asking)
        leave_all(acting)

    assert (request_of(asking), staff_row_of(acting)) == (None, None)

from datetime import date, timedelta

import pytest

from marketplace.foundation.database import transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.guardians.queries import (
    children_of,
    guardianships_of,
    is_guardian_of,
)
from marketplace.people.guardians.rules import birthday_of_18
from marketplace.people.guardians.services import (
    end_links_of_adults,
    link_child,
    tell_of_majority,
    unlink,
)
from tests.factories.people import (
    make_coordinator,
    make_guardian,
    make_pupil,
    make_user,
)
from tests.moments import NOON


def link(guardian, child):
    with transaction():
        link_child(guardian, child, at=NOON)


def test_a_guardian_answers_for_a_child_however_often_it_is_said(app):
    guardian, child = make_guardian(), make_pupil()

    link(guardian, child)
    link(guardian, child)

    assert list(children_of(guardian)) == [child]
    assert is_guardian_of(guardian, child) is True


def test_a_third_guardian_is_refused(app):
    child = make_pupil()
    for _number in range(2):
        make_guardian(child)

    with pytest.raises(Refusal) as refused:
        link(make_guardian(), child)

    assert refused.value.sentence == (
        "Für dieses Kind sind schon zwei Erwachsene eingetragen."
    )


def test_only_an_account_of_a_guardian_answers_for_a_child(app):
    somebody, child = make_user(), make_pupil()

    with pytest.raises(Refusal) as refused:
        link(somebody, child)

    assert refused.value.sentence == "Das geht nur mit einem Konto für Eltern."
    assert is_guardian_of(somebody, child) is False


@pytest.mark.parametrize("is_office", [False, True])
def test_a_link_is_ended_and_who_did_not_do_it_is_told(app, outbox, is_office):
    guardian, child = make_guardian(), make_pupil()
    link(guardian, child)
    (row,) = guardianships_of(guardian)

    with transaction():
        unlink(row, actor=make_coordinator() if is_office else guardian, at=NOON)

    assert is_guardian_of(guardian, child) is False
    told = [(guardian.email, "guardian_unlinked")] if is_office else []
    assert outbox() == told


# 18 on 23 December 2026, thirty days after NOON.
BORN_ON = date(2008, 12, 23)


@pytest.mark.parametrize(("days", "is_told"), [(-1, False), (0, True), (29, True)])
def test_both_are_told_once_in_the_last_thirty_days(app, outbox, days, is_told):
    child = make_pupil(born_on=BORN_ON)
    guardian = make_guardian(child)

    for _round in range(2):
        with transaction():
            tell_of_majority(at=NOON + timedelta(days=days))

    both = [(child.email, "majority_near"), (guardian.email, "majority_near_guardian")]
    assert outbox() == (both if is_told else [])


@pytest.mark.parametrize(("days", "is_linked"), [(29, True), (30, False)])
def test_the_link_ends_on_the_birthday(app, days, is_linked):
    child = make_pupil(born_on=BORN_ON)
    guardian = make_guardian(child)

    with transaction():
        end_links_of_adults(at=NOON + timedelta(days=days))

    assert is_guardian_of(guardian, child) is is_linked


@pytest.mark.parametrize(
    ("born_on", "birthday"),
    [
        (date(2008, 11, 24), date(2026, 11, 24)),
        (date(2008, 2, 29), date(2026, 3, 1)),
    ],
)
def test_the_birthday_of_18(born_on, birthday):
    assert birthday_of_18(born_on) == birthday

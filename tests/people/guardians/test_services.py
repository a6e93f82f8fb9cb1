import pytest

from marketplace.foundation.database import transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.guardians.queries import children_of, is_guardian_of
from marketplace.people.guardians.services import link_child
from tests.factories.people import make_guardian, make_pupil, make_user
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

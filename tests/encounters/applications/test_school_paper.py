"""The staff of a school enters signed sheets, of its own pupils alone."""

from dataclasses import replace
from datetime import date

import pytest

from marketplace.encounters.applications.enums import (
    MOVES,
    Act,
    ApplicationState,
    ApprovalWay,
    Side,
)
from marketplace.encounters.applications.services.sending import sheet_codes
from marketplace.encounters.applications.services.signing import Paper, enter_paper
from marketplace.foundation.database import transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.enums import Role
from marketplace.region.labour.enums import Basis
from tests.factories.applications import (
    KEY,
    SCHOOL_WEEK,
    make_mia,
    make_place,
    make_sent,
)
from tests.factories.people import make_coordinator, make_school, make_staff, make_user
from tests.moments import NOON

S = ApplicationState
ADDRESS = "/schule/papier"


@pytest.fixture
def school(app):
    return make_school()


def sent(school=None, basis=Basis.SCHOOL):
    """What waits for a guardian, of a pupil of this school."""
    place = make_place(**{"week": SCHOOL_WEEK} if basis is Basis.SCHOOL else {})
    pupil = make_mia(school_id=school.id if school else None)
    return make_sent(pupil, place, basis=basis)


def sheet(application, use="approval"):
    code = getattr(sheet_codes(application, KEY), use)
    return Paper(code=code, signed_by="Ute Muster", signed_on=date(2026, 11, 22))


def entries(application):
    paper = sheet(application)
    return {
        "code": paper.code,
        "signed_by": paper.signed_by,
        "signed_on": paper.signed_on.isoformat(),
    }


def enter(application, actor, use="approval"):
    with transaction():
        enter_paper(sheet(application, use), actor=actor, at=NOON)


def test_staff_enters_a_guardians_sheet(school):
    application, staff = sent(school), make_staff(school)

    enter(application, staff)

    [approval] = application.approvals
    assert (application.state, approval.way) == (S.OPEN, ApprovalWay.PAPER)
    assert (approval.user_id, approval.guardian_name) == (staff.id, "Ute Muster")


def test_staff_enters_the_schools_own_sheet(school):
    application, staff = sent(school), make_staff(school)

    enter(application, staff, "school")

    assert (application.state, application.school_confirmed_at) == (S.WAITING, NOON)


@pytest.mark.parametrize("side", [Side.SCHOOL, Side.COORDINATION])
def test_who_saw_the_sheet_acts_as_her_own_side(school, monkeypatch, side):
    step = S.WAITING, Act.APPROVE
    monkeypatch.setitem(MOVES, step, replace(MOVES[step], by=frozenset({side})))
    is_school = side is Side.SCHOOL
    may, may_not = make_staff(school), make_coordinator()
    if not is_school:
        may, may_not = may_not, may
    one, two = sent(school), sent(school)

    with pytest.raises(Refusal, match="Das geht gerade nicht"):
        enter(one, may_not)
    enter(two, may)

    assert (one.state, two.state) == (S.WAITING, S.OPEN)


def test_codes_of_others_are_unknown_to_a_school(school):
    staff, stranger = make_staff(school), make_staff(make_school("Am Anger"))
    own, private, nowhere = sent(school), sent(school, Basis.VOLUNTARY), sent()
    refused = [
        (stranger, own),
        (staff, private),
        (staff, nowhere),
        (make_user(Role.SCHOOL), own),
    ]

    for actor, application in refused:
        with pytest.raises(Refusal, match="Diesen Code kennen wir nicht"):
            enter(application, actor)
        assert (application.state, application.approvals) == (S.WAITING, [])


def test_what_a_pupil_shows_is_entered_too(school):
    application = sent(school, Basis.VOLUNTARY)
    with transaction():
        application.is_shown_to_school = True

    enter(application, make_staff(school))

    assert application.state is S.OPEN


def test_held_one_is_the_offices(school):
    application = sent(school)
    with transaction():
        application.is_held = True

    with pytest.raises(Refusal) as refused:
        enter(application, make_staff(school))

    words = "Diese Bewerbung hält die Koordinationsstelle zurück."
    assert refused.value.sentence == words
    assert application.state is S.WAITING


def test_staff_finds_the_page_and_enters_a_sheet(browser, school):
    application, foreign = sent(school), sent(make_school("Am Anger"))
    browser.sign_in(make_staff(school))
    listed, form = browser.get("/bewerbungen").text, browser.get(ADDRESS)
    wrong = browser.post(ADDRESS, data=entries(foreign))
    empty = browser.post(ADDRESS, data={})
    right = browser.post(ADDRESS, data=entries(application))

    assert f'href="{ADDRESS}"' in listed
    assert (form.status_code, "Verteilrunde?" in form.text) == (200, False)
    assert (wrong.status_code, empty.status_code) == (409, 422)
    # It is handed over now, so its page tells whose sheet it was.
    assert right.location == f"/bewerbungen/{application.public_id}"
    assert (application.state, foreign.state) == (S.OPEN, S.WAITING)


def test_page_is_for_staff_of_a_school(browser, app):
    browser.sign_in(make_user(Role.SCHOOL))
    office = app.test_client().sign_in(make_coordinator())

    assert browser.get(ADDRESS).status_code == 404
    assert office.get(ADDRESS).status_code == 404

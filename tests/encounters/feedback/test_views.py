import pytest

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.feedback.enums import Asked, Matter
from marketplace.encounters.feedback.models import Answer
from marketplace.encounters.feedback.services import ask_all
from marketplace.foundation.database import db, transaction
from marketplace.people.accounts.enums import Role
from marketplace.region.labour.enums import Basis
from tests.factories.applications import make_application, make_mia, make_place
from tests.factories.people import (
    make_company,
    make_coordinator,
    make_pupil,
    make_school,
    make_staff,
    make_user,
)
from tests.moments import NOON

MARKS = {matter.value: "3" for matter in Matter}


@pytest.fixture
def people(app):
    """Pupil, member and teacher of one placement."""
    school = make_school()
    mia, boss = make_mia(), make_user()
    with transaction():
        mia.pupil.school_id = school.id
    return {"pupil": mia, "company": boss, "school": make_staff(school)}


@pytest.fixture
def application(people):
    place = make_place(organisation=make_company(founder=people["company"]))
    made = make_application(
        ApplicationState.ATTENDED, people["pupil"], place, basis=Basis.SCHOOL
    )
    with transaction():
        ask_all(at=NOON)
    return made


def path(application):
    return f"/bewerbungen/{application.public_id}/rueckmeldung"


def answers():
    return [(a.side, a.first, a.words) for a in db.session.scalars(db.select(Answer))]


@pytest.mark.parametrize("side", Asked)
def test_each_side_answers_once_from_its_account(browser, people, application, side):
    browser.sign_in(people[side])
    assert f'href="{path(application)}"' in browser.get("/konto").text
    page = browser.get(path(application)).text
    assert ("Möchtest du noch etwas sagen?" in page) is (side is Asked.PUPIL)

    answer = browser.post(path(application), data=MARKS | {"words": "Schön"})

    assert answer.location == "/konto"
    words = "Schön" if side is Asked.PUPIL else ""
    assert answers() == [(side, 3, words)]
    assert f'href="{path(application)}"' not in browser.get("/konto").text
    assert browser.get(path(application)).status_code == 404


@pytest.mark.parametrize("side", Asked)
def test_the_page_of_a_placement_leads_there_until_answered(
    browser, people, application, side
):
    page, way = f"/bewerbungen/{application.public_id}", f'href="{path(application)}"'
    browser.sign_in(people[side])
    before = browser.get(page).text

    browser.post(path(application), data=MARKS)

    assert (way in before, way in browser.get(page).text) == (True, False)


def test_a_missing_mark_is_told(browser, people, application):
    browser.sign_in(people["pupil"])

    answer = browser.post(path(application), data=MARKS | {"third": ""})

    assert (answer.status_code, answers()) == (422, [])
    assert "War es so, wie es in der Anzeige stand?" in answer.text


@pytest.mark.parametrize("role", [Role.GUARDIAN, Role.COORDINATOR, Role.ADMIN])
def test_other_roles_are_not_asked(browser, application, role):
    browser.sign_in(make_user(role))

    assert browser.get(path(application)).status_code == 404


def test_strangers_are_not_asked(browser, application):
    boss = make_user()
    make_company(boss)
    strangers = (make_pupil(), boss, make_staff(make_school("Andere Schule")))

    found = [browser.sign_in(one).get(path(application)) for one in strangers]

    assert [answer.status_code for answer in found] == [404, 404, 404]


def test_the_office_reads_figures_and_words(browser, people, application):
    browser.sign_in(people["pupil"])
    browser.post(path(application), data=MARKS | {"words": "Alle waren nett."})
    browser.sign_in(make_coordinator())
    page = browser.get("/koordination/rueckmeldungen").text
    assert "Alle waren nett." in page
    assert "Noch zu wenige Antworten." in page
    assert "eher ja" not in page

    with transaction():
        for _ in range(4):
            db.session.add(
                Answer(
                    side=Asked.PUPIL,
                    basis=Basis.SCHOOL,
                    month=NOON.date().replace(day=1),
                    **dict.fromkeys(Matter, 4),
                )
            )
    page = browser.get("/koordination/rueckmeldungen").text

    assert "80 %" in page
    assert "20 %" in page

from datetime import date

import pytest

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.papers.enums import Party
from marketplace.encounters.papers.queries import instruction_of
from marketplace.foundation.database import db, transaction
from marketplace.upkeep.audit.models import AuditEntry
from tests.factories.papers import (
    link_to_agreement,
    make_agreement,
    make_placement,
    make_school_placement,
)
from tests.factories.people import (
    make_guardian,
    make_pupil,
    make_school,
    make_staff,
    make_user,
)
from tests.moments import NOON
from tests.papers import Paper

SIGNED = {"name": "Bodo Chef", "is_read": "y"}


def path(application, *more):
    return "/".join(["/bewerbungen", application.public_id, "unterlagen", *more])


def parties(agreement):
    db.session.refresh(agreement)
    return [signature.party for signature in agreement.signatures]


@pytest.fixture
def readers(agreement, application, mia, boss, coordinator):
    return [mia, make_guardian(mia), boss, coordinator]


def test_every_side_reads_the_papers_of_its_placement(browser, application, readers):
    for person in readers:
        browser.sign_in(person)
        assert browser.get(path(application)).status_code == 200
        assert browser.get(path(application, "protokoll")).status_code == 200
        answer = browser.get(path(application, "vereinbarung.pdf"))
        assert answer.content_type == "application/pdf"
        assert "Mia Sonnenschein" in Paper(answer.data).text


def test_strangers_find_nothing(browser, agreement, application):
    strangers = (make_pupil(), make_guardian(make_pupil()), make_user())
    school = make_staff(make_school())
    for person in (*strangers, school):
        browser.sign_in(person)
        for page in ("", "protokoll", "vereinbarung.pdf", "elterninformation.pdf"):
            assert browser.get(path(application, page)).status_code == 404


@pytest.mark.parametrize("state", [ApplicationState.OPEN, ApplicationState.OFFERED])
def test_there_are_no_papers_before_the_place_is_firm(browser, mia, boss, place, state):
    application = make_placement(mia, state=state, internship=place)

    for person in (mia, boss):
        browser.sign_in(person)
        assert browser.get(path(application)).status_code == 404


def test_a_company_reads_no_names_once_the_days_are_over(browser, application, boss):
    make_agreement(application)
    with transaction():
        application.state = ApplicationState.ATTENDED
    browser.sign_in(boss)

    assert browser.get(path(application)).status_code == 404
    assert browser.get(path(application, "vereinbarung.pdf")).status_code == 404


def test_the_school_reads_known_to_school_its_own_alone(browser, mia):
    school = make_school()
    staff = make_staff(school)
    with transaction():
        mia.pupil.school_id = school.id
    event, own_will = make_school_placement(mia), make_placement(mia)
    browser.sign_in(staff)

    assert browser.get(path(event)).status_code == 200
    assert browser.get(path(own_will)).status_code == 404


def test_a_read_of_the_office_is_noted(browser, application, coordinator):
    browser.sign_in(coordinator)
    browser.get(path(application))

    reads = db.select(AuditEntry).where(AuditEntry.verb == "application.read")
    entry = db.session.scalars(reads).one()
    assert (entry.thing_id, entry.actor_id) == (application.id, coordinator.id)


def test_company_guardian_and_pupil_sign_on_the_screen(
    browser, agreement, application, boss, mia
):
    for person, name in (
        (boss, "Bodo Chef"),
        (make_guardian(mia), "Ute Muster"),
        (mia, "Mia Sonnenschein"),
    ):
        browser.sign_in(person)
        assert browser.get(path(application, "unterschreiben")).status_code == 200
        answer = browser.post(
            path(application, "unterschreiben"), data={"name": name, "is_read": "y"}
        )
        assert answer.location == path(application)

    assert parties(agreement) == [Party.COMPANY, Party.GUARDIAN, Party.PUPIL]
    assert [it.user_id for it in agreement.signatures][::2] == [boss.id, mia.id]


@pytest.mark.parametrize(
    "entries", [{"name": "Bodo Chef"}, {"name": "Bodo", "is_read": "y"}, {}]
)
def test_without_name_and_tick_nobody_signs(
    browser, agreement, application, boss, entries
):
    browser.sign_in(boss)
    answer = browser.post(path(application, "unterschreiben"), data=entries)

    assert (answer.status_code, parties(agreement)) == (422, [])


def test_whoever_is_not_next_is_led_back(browser, agreement, application, mia):
    browser.sign_in(mia)
    answer = browser.post(path(application, "unterschreiben"), data=SIGNED)

    assert (answer.location, parties(agreement)) == (path(application), [])


def test_a_guardian_signs_by_the_link_without_an_account(
    browser, agreement, application, boss
):
    browser.sign_in(boss)
    browser.post(path(application, "unterschreiben"), data=SIGNED)
    token = link_to_agreement(agreement)
    guest = browser.application.test_client()
    page = f"/unterlagen/{token}"

    assert guest.get(page).status_code == 200
    assert parties(agreement) == [Party.COMPANY]
    answer = guest.post(page, data={"name": "Ute Muster", "is_read": "y"})
    assert answer.location == page
    assert parties(agreement) == [Party.COMPANY, Party.GUARDIAN]
    assert "Sie haben unterschrieben" in guest.get(page).text
    file = guest.get(f"{page}/vereinbarung.pdf")
    assert "Ute Muster" in Paper(file.data).text
    sheet = guest.get(f"{page}/elterninformation.pdf")
    assert Paper(sheet.data).title == "Information für Eltern"


def test_a_link_shows_nothing_of_a_cancelled_place(
    browser, agreement, application, boss
):
    browser.sign_in(boss)
    browser.post(path(application, "unterschreiben"), data=SIGNED)
    token = link_to_agreement(agreement)
    with transaction():
        application.state = ApplicationState.CANCELLED_BY_PUPIL

    assert browser.get(f"/unterlagen/{token}").status_code == 404
    assert browser.get("/unterlagen/erfunden").status_code == 404


def test_whoever_saw_the_paper_enters_it(browser, agreement, application, coordinator):
    browser.sign_in(coordinator)
    assert browser.get(path(application, "papier")).status_code == 200
    entries = {
        "party": "guardian",
        "signed_by": "Ute Muster",
        "signed_on": "2026-11-20",
    }
    answer = browser.post(path(application, "papier"), data=entries)

    assert (answer.location, parties(agreement)) == (
        path(application),
        [Party.GUARDIAN],
    )
    assert coordinator.name in browser.get(path(application, "protokoll")).text


@pytest.mark.parametrize(
    "changes", [{"party": "school"}, {"signed_on": "2026-11-24"}, {"signed_by": ""}]
)
def test_a_paper_with_a_mistake_is_asked_anew(
    browser, agreement, application, boss, changes
):
    entries = {"party": "guardian", "signed_by": "Ute", "signed_on": "2026-11-20"}
    browser.sign_in(boss)
    answer = browser.post(path(application, "papier"), data=entries | changes)

    assert (answer.status_code, parties(agreement)) == (422, [])


def test_the_company_dates_what_it_owes(browser, application, boss):
    browser.sign_in(boss)
    assert browser.get(path(application, "unterweisung")).status_code == 200
    entries = {"risks_assessed_on": "2026-11-02", "instructed_on": "2026-11-23"}
    answer = browser.post(path(application, "unterweisung"), data=entries)

    assert answer.location == path(application)
    noted = instruction_of(application)
    assert (noted.risks_assessed_on, noted.instructed_on) == (
        date(2026, 11, 2),
        date(2026, 11, 23),
    )
    assert (noted.guardians_told_on, noted.noted_by_id) == (None, boss.id)


def test_days_to_come_are_refused(browser, application, boss):
    browser.sign_in(boss)
    entries = {"instructed_on": "2026-11-24"}
    answer = browser.post(path(application, "unterweisung"), data=entries)

    assert (answer.status_code, instruction_of(application)) == (422, None)


def test_a_release_is_there_for_school_days_alone(browser, mia, place):
    holidays = make_placement(mia, internship=place)
    browser.sign_in(mia)
    assert browser.get(path(holidays, "freistellung.pdf")).status_code == 404

    with transaction():
        holidays.school_confirmed_at = NOON
    answer = browser.get(path(holidays, "freistellung.pdf"))
    assert answer.content_type == "application/pdf"

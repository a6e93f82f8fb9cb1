"""Whoever wants to go does, and what hangs on the account goes the right way."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.models import Application
from marketplace.encounters.placements.models import PastPlacement
from marketplace.foundation.database import Base, db
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import SignIn, User
from tests.factories.applications import (
    PARENT,
    make_application,
    make_mia,
    make_place,
    period_of,
)
from tests.factories.people import (
    make_company,
    make_guardian,
    make_member,
    make_user,
)
from tests.moments import NOON

S = ApplicationState
PAGE = "/konto/loeschen"
YES = {"is_sure": "y"}


def rows_with(marker):
    """In which tables a marker stands anywhere."""
    found = []
    for table in Base.metadata.sorted_tables:
        rows = db.session.execute(select(table))
        if any(marker in str(row) for row in rows):
            found.append(table.name)
    return found


def left(user):
    return db.session.get(User, user.id)


def test_a_pupil_goes_with_all_she_sent_and_who_knew_is_told(browser, outbox):
    founder = make_user()
    company = make_company(founder)
    mia = make_mia(school_name="Zwirbelwicht")
    open_ = make_application(
        S.OPEN, mia, make_place(organisation=company), motivation="Zwirbelwicht"
    )
    waiting = make_application(S.WAITING, mia, make_place(organisation=company))
    firm = make_application(S.CONFIRMED, mia, make_place(organisation=company))
    make_application(S.ATTENDED, mia, make_place(organisation=company))
    period = firm.period_id, waiting.period_id, open_.period_id
    browser.sign_in(mia)

    shown = browser.get(PAGE).text
    refused = browser.post(PAGE, data={})
    number, address = mia.id, mia.email
    answer = browser.post(PAGE, data=YES)

    assert "Der Platz wird abgesagt." in shown
    assert (refused.status_code, answer.status_code) == (422, 302)
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert db.session.get(User, number) is None
    assert db.session.scalars(db.select(Application)).all() == []
    assert db.session.scalars(db.select(SignIn).filter_by(user_id=number)).all() == []
    assert rows_with("Zwirbelwicht") == []
    assert [period_count(one) for one in period] == [0, 0, 0]
    letters = [it for it in outbox() if it[1] in ("application_gone", "account_gone")]
    assert sorted(letters) == sorted(
        [
            *[(founder.email, "application_gone")] * 2,
            *[(PARENT, "application_gone")] * 3,
            (address, "account_gone"),
        ]
    )
    past = db.session.scalars(db.select(PastPlacement)).all()
    counts = {row.state: row.count for row in past}
    assert counts[S.ATTENDED] == 1
    assert browser.get("/konto").status_code == 302


def period_count(number):
    return db.session.execute(
        text("SELECT taken_count FROM periods WHERE id = :id"), {"id": number}
    ).scalar_one()


def test_nobody_goes_while_a_placement_runs(browser):
    mia = make_mia()
    application = make_application(S.RUNNING, mia)
    browser.sign_in(mia)

    page = browser.get(PAGE).text
    answer = browser.post(PAGE, data=YES)

    assert "Dein Praktikum läuft gerade." in page
    assert answer.status_code == 409
    assert application.state is S.RUNNING
    assert left(mia).first_name == mia.first_name
    assert period_of(application).taken_count == 1


def test_who_alone_decides_for_an_organisation_hands_over_first(browser):
    founder = make_user()
    company = make_company(founder)
    colleague = make_member(company)

    alone = browser.sign_in(founder).post(PAGE, data=YES)
    other = browser.sign_in(colleague).post(PAGE, data=YES)

    assert (alone.status_code, other.status_code) == (409, 302)
    assert company.name in alone.text
    assert left(founder).email == founder.email
    assert [it.user_id for it in company.memberships] == [founder.id]


def test_a_guardian_goes_and_the_application_of_her_child_stays(browser):
    mia = make_mia()
    mother = make_guardian(mia)
    application = make_application(S.WAITING, mia)
    number = mother.id

    answer = browser.sign_in(mother).post(PAGE, data=YES)

    assert answer.status_code == 302
    assert db.session.get(User, number) is None
    assert (application.state, application.guardian_email) == (S.WAITING, PARENT)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMIN])
def test_accounts_of_the_office_are_not_deleted_here(browser, role):
    assert browser.sign_in(make_user(role)).get(PAGE).status_code == 404


@pytest.mark.parametrize(
    "page", [PAGE, "/konto/daten/datei.json", "/konto/daten/datei.html"]
)
def test_who_signed_in_long_ago_proves_it_again(app, browser, page):
    browser.sign_in(make_mia())
    app.config["NOW"] = NOON + timedelta(minutes=16)

    answer = browser.get(page)

    assert answer.status_code == 302
    assert answer.location.startswith("/konto/noch-einmal?weiter=")

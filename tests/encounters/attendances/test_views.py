import re
from datetime import UTC, date, datetime, timedelta

import pytest

from marketplace.encounters.applications.enums import (
    OWN_REASONS,
    ApplicationState,
    CancelCode,
)
from marketplace.encounters.attendances.enums import Presence
from marketplace.encounters.attendances.queries import attendances_of
from marketplace.encounters.attendances.services.attending import note_presence
from marketplace.encounters.attendances.services.following import tell_of_the_eve
from marketplace.foundation.database import db, transaction
from marketplace.upkeep.mail.models import OutboxEntry
from marketplace.upkeep.mail.services import mint_link
from tests.factories.applications import make_application, make_mia, make_place
from tests.factories.people import make_company, make_guardian, make_user

MONDAY = date(2027, 2, 1)
TUESDAY_NOON = datetime(2027, 2, 2, 11, tzinfo=UTC)
EVE = datetime(2027, 1, 31, 9, tzinfo=UTC)


@pytest.fixture
def running(app, mia, place):
    app.config["NOW"] = TUESDAY_NOON
    return make_application(ApplicationState.RUNNING, mia, place)


def list_of(application, day=None):
    path = f"/bewerbungen/liste/{application.period.public_id}"
    return f"{path}?tag={day}" if day else path


def test_the_company_keeps_its_list_day_by_day(browser, boss, running):
    browser.sign_in(boss)
    page = browser.get(list_of(running)).text
    answer = browser.post(list_of(running, MONDAY), data={running.public_id: "excused"})

    assert "Dienstag, 2. Februar 2027" in page
    assert running.pupil.name in page
    assert answer.location == list_of(running, MONDAY)
    assert [(it.day, it.presence) for it in attendances_of(running)] == [
        (MONDAY, Presence.EXCUSED)
    ]


def test_a_mark_that_is_none_is_a_bad_request(browser, boss, running):
    browser.sign_in(boss)

    answer = browser.post(list_of(running), data={running.public_id: "tanzend"})

    assert (answer.status_code, attendances_of(running)) == (400, [])


def test_another_company_has_no_such_list(browser, running):
    stranger = make_user()
    make_company(founder=stranger)
    browser.sign_in(stranger)

    assert browser.get(list_of(running)).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_a_list_asks_the_same_whatever_its_length(
    app, browser, boss, company, queries, count
):
    app.config["NOW"] = TUESDAY_NOON
    place = make_place(organisation=company, place_count=30)
    for _number in range(count):
        one = make_application(ApplicationState.RUNNING, make_mia(), place)
    browser.sign_in(boss)
    browser.get(list_of(one))
    queries.clear()

    browser.get(list_of(one))

    assert len(queries) <= 12


def noted(running, boss):
    with transaction():
        note_presence(running, MONDAY, Presence.ABSENT, actor=boss, at=TUESDAY_NOON)
    return attendances_of(running)[0]


def test_a_pupil_says_that_it_was_not_so(browser, mia, boss, running):
    note = noted(running, boss)
    path = f"/bewerbungen/{running.public_id}/tage/{note.id}"
    browser.sign_in(mia)

    assert path in browser.get(f"/bewerbungen/{running.public_id}").text
    assert browser.get(path).status_code == 200
    wrong = browser.post(path, data={"contradiction": "was_on_time"})
    right = browser.post(path, data={"contradiction": "was_there"})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert attendances_of(running)[0].contradiction == "was_there"


def test_nobody_speaks_for_somebody_else(browser, boss, running):
    note = noted(running, boss)
    browser.sign_in(make_mia())

    path = f"/bewerbungen/{running.public_id}/tage/{note.id}"
    assert browser.get(path).status_code == 404


@pytest.mark.parametrize("who", ["pupil", "guardian", "company"])
def test_each_side_ends_what_runs(browser, boss, mia, running, who):
    people = {"pupil": mia, "guardian": make_guardian(mia), "company": boss}
    code = "rule_broken" if who == "company" else "ill"
    path = f"/bewerbungen/{running.public_id}/abbrechen"
    browser.sign_in(people[who])

    assert path in browser.get(f"/bewerbungen/{running.public_id}").text
    assert browser.get(path).status_code == 200
    assert browser.post(path, data={}).status_code == 422
    answer = browser.post(path, data={"code": code})

    assert answer.location == f"/bewerbungen/{running.public_id}"
    assert running.state is ApplicationState.BROKEN_OFF
    assert browser.get(path).status_code == 404


def link_to(address):
    with transaction():
        entry = db.session.scalars(
            db.select(OutboxEntry)
            .where(OutboxEntry.recipient == address)
            .where(OutboxEntry.link_purpose == "way_out")
        ).one()
        return f"/absagen/{mint_link(entry)}"


@pytest.mark.parametrize("is_guardian", [False, True])
def test_one_click_from_the_letter_gives_the_place_back(
    app, browser, mia, place, is_guardian
):
    app.config["NOW"] = EVE
    confirmed = make_application(ApplicationState.CONFIRMED, mia, place)
    with transaction():
        tell_of_the_eve(at=EVE)
    path = link_to("eltern@example.org" if is_guardian else mia.email)

    page = browser.get(path)
    untouched = confirmed.state
    reasons = re.findall(r'<button [^>]*name="code" value="(\w+)"', page.text)
    assert reasons == [code.value for code in OWN_REASONS]
    answer = browser.post(path, data={"code": "ill"})
    after = browser.get(path)

    assert (page.status_code, untouched) == (200, ApplicationState.CONFIRMED)
    assert (answer.location, confirmed.state) == (path, "cancelled_by_pupil")
    assert confirmed.cancel_code is CancelCode.ILL
    assert "Der Platz ist abgesagt" in after.text


def test_at_18_the_link_at_home_ends_and_the_own_one_stays(app, browser, mia, place):
    confirmed = make_application(ApplicationState.CONFIRMED, mia, place)
    app.config["NOW"] = EVE
    with transaction():
        tell_of_the_eve(at=EVE)
    home, own = link_to("eltern@example.org"), link_to(mia.email)
    with transaction():
        mia.pupil.birth_on = EVE.date().replace(year=EVE.year - 18)
        mia.email = "mia-neu@example.org"

    answers = [browser.post(home, data={"code": "ill"}), browser.get(own)]
    untouched = confirmed.state
    browser.post(own, data={"code": "ill"})

    assert [answer.status_code for answer in answers] == [404, 200]
    assert untouched is ApplicationState.CONFIRMED
    assert confirmed.state is ApplicationState.CANCELLED_BY_PUPIL


def test_from_the_first_day_the_link_gives_nothing_back(app, browser, mia, place):
    confirmed = make_application(ApplicationState.CONFIRMED, mia, place)
    with transaction():
        tell_of_the_eve(at=EVE)
    path = link_to(mia.email)
    app.config["NOW"] = EVE + timedelta(hours=15)

    answer = browser.post(path, data={"code": "ill"})

    assert "Hier ist nichts mehr abzusagen" in answer.text
    assert confirmed.state is ApplicationState.CONFIRMED

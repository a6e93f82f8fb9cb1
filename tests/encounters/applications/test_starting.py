"""From the page of an internship into an application, and back into one there is."""

from datetime import date

import pytest

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.foundation.database import transaction
from marketplace.region.labour.enums import Basis
from tests.factories.applications import (
    ANSWERS,
    HOLIDAY_WEEK,
    SCHOOL_WEEK,
    make_application,
    make_draft,
    make_place,
)
from tests.factories.internships import make_internship, make_period

SUMMER = {"starts_on": date(2027, 7, 12), "ends_on": date(2027, 7, 16)}


def own(application):
    return f"/bewerbungen/{application.public_id}"


def of(place, *more):
    return "/".join([f"/praktika/{place.public_id}", *more])


def entries(days):
    named = {name: ANSWERS[name] for name in ("guardian_name", "guardian_email")}
    return named | {"holiday_days_used": str(days)}


def test_the_page_of_an_internship_asks_to_apply(browser, mia, place):
    page = browser.sign_in(mia).get(of(place)).text

    assert "Jetzt bewerben" in page


def test_a_draft_is_gone_on_with(browser, mia, place):
    draft = make_draft(mia, place)
    browser.sign_in(mia)

    page, answered = browser.get(of(place)).text, browser.get(own(draft))

    assert "Weiter mit deinem Entwurf" in page
    assert "Jetzt bewerben" not in page
    assert f'href="{own(draft)}"' in page
    assert answered.location == f"{own(draft)}/pruefen"


@pytest.mark.parametrize(
    ("gap", "step"),
    [
        ({"school_kind": None}, "schule"),
        ({"motivation": ""}, "warum"),
        ({"guardian_email": ""}, "eltern"),
    ],
)
def test_a_draft_goes_on_at_the_first_open_question(browser, mia, place, gap, step):
    draft = make_draft(mia, place, **gap)

    answered = browser.sign_in(mia).get(own(draft))

    assert answered.location == f"{own(draft)}/fragen/{step}"


def test_what_is_sent_is_looked_at_instead_of_sent_again(browser, mia, place):
    application = make_application(ApplicationState.OPEN, mia, place)
    browser.sign_in(mia)

    page, start = browser.get(of(place)).text, browser.get(of(place, "bewerben"))

    assert "Deine Bewerbung ansehen" in page
    assert "Jetzt bewerben" not in page
    assert start.location == own(application)


def test_somebody_else_sees_nothing_of_it(browser, boss, place, mia):
    make_application(ApplicationState.OPEN, mia, place)

    page = browser.sign_in(boss).get(of(place)).text

    assert "Deine Bewerbung ansehen" not in page


def test_another_period_is_still_open_to_her(browser, mia, company):
    periods = [make_period(**HOLIDAY_WEEK), make_period(**SUMMER)]
    place = make_internship(organisation=company, periods=periods)
    application = make_application(ApplicationState.OPEN, mia, place)
    first, second = place.periods
    start = of(place, "bewerben")
    browser.sign_in(mia)

    page = browser.get(start)
    same = browser.get(f"{start}?zeitraum={first.public_id}")
    other = browser.get(f"{start}?zeitraum={second.public_id}")

    assert (page.status_code, page.text.count("schon beworben")) == (200, 1)
    assert (same.location, other.status_code) == (own(application), 200)


def test_holiday_days_are_asked_for_the_year_of_the_period(browser, mia, place):
    draft = make_draft(mia, place)

    page = browser.sign_in(mia).get(f"{own(draft)}/fragen/eltern").text

    assert "Wie viele Ferientage arbeitest du 2027 sonst?" in page


def test_too_many_holiday_days_are_refused_where_they_are_asked(browser, mia, place):
    draft = make_draft(mia, place)
    page = f"{own(draft)}/fragen/eltern"
    browser.sign_in(mia)

    wrong, right = (browser.post(page, data=entries(days)) for days in (16, 15))

    assert wrong.status_code == 422
    assert (
        "Erlaubt sind 20 Tage im Jahr (§ 5 Abs. 4 JArbSchG). "
        "Dieses Praktikum hat 5 Tage. Es passen höchstens 15 dazu."
    ) in wrong.text
    assert "Zeitraum oder Art ändern" in wrong.text
    assert right.location == f"{own(draft)}/pruefen"
    assert draft.holiday_days_used == 15


def test_a_place_elsewhere_counts_and_is_told(browser, mia, company):
    place = make_place(organisation=company)
    summer = make_place(week=SUMMER, organisation=company)
    make_application(ApplicationState.CONFIRMED, mia, summer)
    draft = make_draft(mia, place)

    page = browser.sign_in(mia).post(f"{own(draft)}/fragen/eltern", data=entries(11))

    told = "5 hast du schon über diese Seite. Es passen höchstens 10 dazu."
    assert told in page.text


def test_a_school_event_asks_for_no_holiday_days(browser, mia, company):
    place = make_place(week=SCHOOL_WEEK, organisation=company)
    draft = make_draft(mia, place, basis=Basis.SCHOOL)
    browser.sign_in(mia)

    question = browser.get(f"{own(draft)}/fragen/eltern").text
    check = browser.get(f"{own(draft)}/pruefen").text

    assert ("Ferientage" in question, "Ferientage" in check) == (False, False)


def test_another_period_asks_again_for_the_holiday_days(browser, mia, place):
    draft = make_draft(mia, place)

    answered = browser.sign_in(mia).post(
        f"{of(place, 'bewerben')}?pruefen=1",
        data={
            "period": place.periods[0].public_id,
            "basis": "voluntary",
            "class_level": "10",
        },
    )

    assert answered.location == f"{own(draft)}/fragen/eltern?pruefen=1"


def test_others_are_taken_back_only_where_there_are_some(browser, mia, company):
    draft = make_draft(mia, make_place(organisation=company))
    words = "zieh meine anderen Bewerbungen"
    browser.sign_in(mia)

    alone = browser.get(f"{own(draft)}/pruefen").text
    make_application(ApplicationState.OPEN, mia, make_place(organisation=company))
    beside = browser.get(f"{own(draft)}/pruefen").text

    assert (words in alone, words in beside) == (False, True)


@pytest.mark.parametrize(
    ("grades", "words"),
    [
        ({"grade_from": 11, "grade_to": None}, "ab Klasse 11"),
        ({"grade_from": 7, "grade_to": 9}, "von Klasse 7 bis 9"),
        ({"grade_from": None, "grade_to": 9}, "bis Klasse 9"),
    ],
)
def test_a_class_that_is_not_meant_is_told_at_once(
    browser, mia, company, grades, words
):
    place = make_place(organisation=company, **grades)

    page = browser.sign_in(mia).post(
        of(place, "bewerben"),
        data={
            "period": place.periods[0].public_id,
            "basis": "voluntary",
            "class_level": "10",
        },
    )

    assert page.status_code == 409
    assert f"Dieses Praktikum ist {words}." in page.text


def test_a_class_that_is_not_meant_any_more_is_told_at_sending(browser, mia, company):
    place = make_place(organisation=company)
    draft = make_draft(mia, place)
    with transaction():
        place.grade_from = 11

    page = browser.sign_in(mia).post(f"{own(draft)}/senden")

    assert page.status_code == 409
    assert "Dieses Praktikum ist ab Klasse 11." in page.text
    assert draft.state is ApplicationState.DRAFT


def test_what_the_company_will_not_read_is_told_and_stays(browser, mia, place):
    words = "Schreib mir: mia@example.org."
    draft = make_draft(mia, place, motivation=words)
    browser.sign_in(mia)

    question = browser.get(f"{own(draft)}/fragen/warum").text
    check = browser.get(f"{own(draft)}/pruefen").text

    for page in (question, check):
        assert "Das lassen wir weg" in page
        assert "„mia@example.org“" in page
    assert words in question

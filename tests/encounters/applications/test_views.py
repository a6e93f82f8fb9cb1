from datetime import date, timedelta

import pytest

from marketplace.encounters.applications.enums import ApplicationState, DeclineCode
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.services.sending import sheet_codes
from marketplace.foundation.columns import new_public_id
from marketplace.foundation.database import db, transaction
from marketplace.people.accounts.enums import Role
from marketplace.people.guardians.queries import children_of
from marketplace.people.organisations.enums import OrganisationState
from marketplace.region.labour.enums import Basis
from marketplace.upkeep.audit.models import AuditEntry
from tests.factories.applications import (
    ANSWERS,
    KEY,
    PARENT,
    SCHOOL_WEEK,
    link_for,
    make_application,
    make_draft,
    make_mia,
    make_place,
    make_sent,
)
from tests.factories.people import (
    make_company,
    make_guardian,
    make_pupil,
    make_school,
    make_staff,
    make_user,
)
from tests.moments import NOON


def path(application, *more):
    return "/".join(["/bewerbungen", application.public_id, *more])


def only_application():
    return db.session.scalars(db.select(Application)).one()


def test_a_guest_is_led_to_the_door_and_back(browser, place):
    answer = browser.get(f"/praktika/{place.public_id}/bewerben")

    assert answer.location == (f"/anmelden?weiter=/praktika/{place.public_id}/bewerben")


def test_a_pupil_goes_from_the_first_question_to_the_number(browser, mia, place):
    browser.sign_in(mia)
    start = f"/praktika/{place.public_id}/bewerben"
    assert browser.get(start).status_code == 200
    answer = browser.post(
        start,
        data={
            "period": place.periods[0].public_id,
            "basis": "voluntary",
            "class_level": "10",
        },
    )
    application = only_application()
    assert answer.location == path(application, "fragen", "schule")

    pages = [
        ("schule", {"school_kind": "gymnasium", "school_name": "Am Anger"}),
        ("warum", {"interests": ["optics"], "motivation": "Linsen."}),
        (
            "eltern",
            {
                "guardian_name": "Ute Muster",
                "guardian_email": "Eltern@Example.org",
                "holiday_days_used": "3",
            },
        ),
    ]
    ways = []
    for step, entries in pages:
        page = path(application, "fragen", step)
        assert browser.get(page).status_code == 200
        ways.append(browser.post(page, data=entries).location)
    assert ways == [
        path(application, "fragen", "warum"),
        path(application, "fragen", "eltern"),
        path(application, "pruefen"),
    ]
    assert "Linsen." in browser.get(path(application, "pruefen")).text

    answer = browser.post(path(application, "senden"))

    assert answer.location == path(application)
    assert application.public_id in browser.get(answer.location).text
    assert (application.state, application.guardian_email) == (
        ApplicationState.WAITING,
        PARENT,
    )


def test_a_change_from_the_check_leads_back_to_it(browser, mia, place):
    draft = make_draft(mia, place)
    page = path(draft, "fragen", "schule") + "?pruefen=1"

    answer = browser.sign_in(mia).post(page, data={"school_kind": "oberschule"})

    assert answer.location == path(draft, "pruefen")


def test_a_child_of_13_is_told_why_and_what_else_before_any_question(browser, place):
    child = make_mia(born_on=date(2013, 5, 4), class_level=7)

    answer = browser.sign_in(child).post(
        f"/praktika/{place.public_id}/bewerben",
        data={
            "period": place.periods[0].public_id,
            "basis": "voluntary",
            "class_level": "7",
        },
    )

    assert answer.status_code == 409
    assert "So geht es leider nicht" in answer.text
    assert "Andere Praktika ansehen" in answer.text
    assert db.session.scalars(db.select(Application)).all() == []


def test_who_never_told_the_state_of_her_school_is_asked_once(browser, place):
    pupil = make_pupil()
    entries = {
        "period": place.periods[0].public_id,
        "basis": "voluntary",
        "class_level": "10",
    }
    start = f"/praktika/{place.public_id}/bewerben"

    first = browser.sign_in(pupil).post(start, data=entries)
    second = browser.post(start, data=entries | {"school_state": "TH"})

    assert (first.status_code, second.status_code) == (422, 302)
    assert pupil.pupil.school_state == "TH"


@pytest.mark.parametrize("step", ["schule", "warum", "eltern"])
def test_an_empty_page_of_questions_says_what_is_missing(browser, mia, place, step):
    draft = make_draft(mia, place)

    answer = browser.sign_in(mia).post(path(draft, "fragen", step), data={})

    assert answer.status_code == 422
    assert "Es gibt ein Problem" in answer.text
    assert "<title>Fehler: " in answer.text


@pytest.mark.parametrize("address", ["{own}", "UPPER", "plus"])
def test_the_guardian_has_another_address_than_the_pupil(browser, mia, place, address):
    draft = make_draft(mia, place)
    name, _, host = mia.email.partition("@")
    given = {"UPPER": mia.email.upper(), "plus": f"{name}+mama@{host}"}
    entries = {
        "guardian_name": "Ute Muster",
        "guardian_email": given.get(address, mia.email),
        "holiday_days_used": "0",
    }

    answer = browser.sign_in(mia).post(path(draft, "fragen", "eltern"), data=entries)

    assert answer.status_code == 422
    assert "Das ist deine eigene Adresse." in answer.text


def test_from_18_on_nobody_at_home_is_asked(browser, place, letters):
    adult = make_mia(born_on=date(2008, 11, 1), class_level=12)
    draft = make_draft(adult, place, guardian_email="", guardian_name="")
    browser.sign_in(adult)

    assert browser.get(path(draft, "fragen", "eltern")).status_code == 404
    browser.post(path(draft, "senden"))

    assert draft.state is ApplicationState.OPEN


def test_pressing_send_twice_shows_the_application(browser, mia, place, letters):
    draft = make_draft(mia, place)
    browser.sign_in(mia)

    answers = [browser.post(path(draft, "senden")) for _number in range(2)]

    assert [answer.location for answer in answers] == [path(draft)] * 2
    assert len(letters()) == 2


@pytest.mark.parametrize(
    ("state", "sees"),
    [
        (ApplicationState.WAITING, 404),
        (ApplicationState.OPEN, 200),
        (ApplicationState.OFFERED, 200),
        (ApplicationState.REFUSED, 404),
        (ApplicationState.WITHDRAWN, 404),
        (ApplicationState.MISSED, 404),
        (ApplicationState.CANCELLED_BY_PUPIL, 404),
        (ApplicationState.CANCELLED_BY_COMPANY, 404),
        (ApplicationState.ATTENDED, 200),
    ],
)
def test_a_company_sees_what_was_handed_over(browser, boss, place, state, sees):
    application = make_application(state, None, place)

    answer = browser.sign_in(boss).get(path(application))

    assert answer.status_code == sees


def test_a_company_reads_more_with_its_offer(browser, mia, boss, place):
    application = make_application(ApplicationState.OPEN, mia, place)
    browser.sign_in(boss)

    before = browser.get(path(application)).text
    browser.post(path(application, "annehmen"))
    after = browser.get(path(application)).text

    assert [(mia.surname in text, "0361 5550" in text) for text in (before, after)] == [
        (False, False),
        (True, True),
    ]
    for text in (before, after):
        assert PARENT not in text
        assert "2010" not in text
        assert "Gymnasium am Anger" not in text


def test_contact_data_in_the_words_of_a_pupil_are_masked(browser, mia, boss, place):
    words = "Schreib mir: mia@example.org oder 0176 1234567."
    application = make_application(ApplicationState.OPEN, mia, place, motivation=words)

    page = browser.sign_in(boss).get(path(application)).text

    assert "Schreib mir: [entfernt] oder [entfernt]." in page


def test_declining_needs_a_reason(browser, boss, place):
    application = make_application(ApplicationState.OPEN, None, place)
    browser.sign_in(boss)

    wrong = browser.post(path(application, "absagen"), data={})
    right = browser.post(path(application, "absagen"), data={"code": "dates"})

    assert (wrong.status_code, right.location) == (422, "/bewerbungen")
    assert application.decline_code is DeclineCode.DATES


def test_declining_for_another_reason_asks_for_words(browser, boss, place):
    application = make_application(ApplicationState.OPEN, None, place)
    browser.sign_in(boss)
    words = 'name="words"'
    assert words in browser.get(path(application)).text

    answers = {
        told: browser.post(
            path(application, "absagen"), data={"code": "other", "words": told}
        )
        for told in (" ", "x" * 301, "x" * 300)
    }

    assert [it.status_code for it in answers.values()] == [422, 422, 302]
    asked = ("Schreiben Sie kurz, was der Grund ist.", "Das sind mehr als 300 Zeichen.")
    for sentence, answer in zip(asked, answers.values(), strict=False):
        assert sentence in answer.text
    assert application.decline_words == "x" * 300


def test_a_pupil_confirms_and_reads_it(browser, mia, place):
    application = make_application(ApplicationState.OFFERED, mia, place)

    answer = browser.sign_in(mia).post(path(application, "bestaetigen"))

    assert application.state is ApplicationState.CONFIRMED
    assert "Der Platz ist deiner." in browser.get(answer.location).text


def test_a_pupil_withdraws_and_the_company_cannot_read_it(browser, mia, boss, place):
    application = make_application(ApplicationState.OPEN, mia, place)

    browser.sign_in(mia).post(path(application, "zurueckziehen"))

    assert application.state is ApplicationState.WITHDRAWN
    assert browser.sign_in(boss).get(path(application)).status_code == 404


def test_the_link_of_the_letter_approves_by_post_alone(browser, mia, place):
    application = make_sent(mia, place)
    page = f"/freigabe/{link_for(application)}"

    texts = [browser.get(page).text for _number in range(10)]
    assert application.state is ApplicationState.WAITING
    assert all("Ich bin sorgeberechtigt." in text for text in texts)
    answer = browser.post(page, data={"antwort": "nein"})

    assert application.state is ApplicationState.REFUSED
    assert "Nicht freigegeben" in browser.get(answer.location).text


def test_the_page_of_the_guardian_shows_what_the_company_will_see(browser, mia, place):
    application = make_sent(mia, place)

    page = browser.get(f"/freigabe/{link_for(application)}").text

    for words in (
        place.organisation.name,
        "Freiwilliges Praktikum".lower(),
        "1. bis 5. Februar 2027",
        "8:00 bis 14:30 Uhr",
        place.insurer,
        place.liability,
        place.pay,
        place.papers,
        ANSWERS["motivation"],
        "0361 5550",
        mia.name,
    ):
        assert words in page or words in page.lower()


def test_an_unknown_link_is_not_there(browser):
    assert browser.get("/freigabe/unbekannt").status_code == 404


def test_a_guardian_takes_it_back_by_the_same_link(app, browser, mia, boss, place):
    application = make_sent(mia, place)
    page = f"/freigabe/{link_for(application)}"
    app.config["NOW"] = NOON + timedelta(hours=1)
    browser.post(page, data={"antwort": "ja"})
    assert application.state is ApplicationState.OPEN

    browser.post(f"{page}/zurueckziehen")

    assert application.state is ApplicationState.WITHDRAWN
    assert browser.sign_in(boss).get(path(application)).status_code == 404


def test_a_guardian_with_an_account_sees_and_approves(app, browser, mia, place):
    guardian = make_guardian()
    application = make_sent(mia, place, guardian_email=guardian.email)
    app.config["NOW"] = NOON + timedelta(hours=1)
    browser.sign_in(guardian)

    assert place.title in browser.get("/konto/kinder").text
    assert "Freigeben" in browser.get(path(application)).text
    browser.post(f"/konto/kinder/{application.public_id}/ja")

    assert application.state is ApplicationState.OPEN
    assert list(children_of(guardian)) == [mia]


def test_another_guardian_sees_nothing(browser, mia, place):
    application = make_sent(mia, place)
    browser.sign_in(make_guardian(make_mia()))

    assert place.title not in browser.get("/konto/kinder").text
    assert browser.get(path(application)).status_code == 404
    answer = browser.post(f"/konto/kinder/{application.public_id}/ja")
    assert answer.status_code == 404


def test_a_school_sees_and_confirms_its_own_events_alone(browser, company):
    school = make_school()
    own, other = make_mia(school_id=school.id), make_mia()
    place = make_place(organisation=company, week=SCHOOL_WEEK)
    states = ApplicationState.OPEN
    event = make_application(states, own, place, basis=Basis.SCHOOL)
    private = make_application(states, own, make_place())
    foreign = make_application(states, other, place, basis=Basis.SCHOOL)
    browser.sign_in(make_staff(school))

    assert own.name in browser.get("/bewerbungen").text
    assert "Schule: zu bestätigen" in browser.get("/bewerbungen").text
    assert [browser.get(path(it)).status_code for it in (event, private, foreign)] == [
        200,
        404,
        404,
    ]
    browser.post(path(event, "schule-bestaetigt"))

    assert event.school_confirmed_at == NOON
    assert "Schule: bestätigt" in browser.get("/bewerbungen").text


def test_a_school_is_asked_for_nothing_that_is_over(browser, company):
    school = make_school()
    own, place = make_mia(school_id=school.id), make_place(organisation=company)
    changes = {"basis": Basis.SCHOOL, "handed_over_at": NOON}
    make_application(ApplicationState.DECLINED, own, place, **changes)

    page = browser.sign_in(make_staff(school)).get("/bewerbungen").text

    assert ("abgesagt" in page, "zu bestätigen" in page) == (True, False)


def test_the_office_sees_state_and_dates_alone(browser, mia, place, coordinator):
    application = make_application(ApplicationState.WAITING, mia, place)

    page = browser.sign_in(coordinator).get(path(application)).text

    assert "wartet auf die Eltern" in page
    for secret in (mia.first_name, mia.surname, PARENT, ANSWERS["motivation"]):
        assert secret not in page.replace("Gymnasium", "")
    query = db.select(AuditEntry).where(AuditEntry.verb == "application.read")
    reads = [(it.actor_id, it.thing_id) for it in db.session.scalars(query)]
    assert reads == [(coordinator.id, application.id)]


def test_the_office_enters_a_signed_sheet(browser, mia, place, coordinator):
    application = make_sent(mia, place)
    entries = {
        "code": sheet_codes(application, KEY).approval,
        "signed_by": "Ute Muster",
        "signed_on": "2026-11-22",
    }
    browser.sign_in(coordinator)
    assert browser.get("/koordination/papier").status_code == 200

    wrong = browser.post("/koordination/papier", data=entries | {"code": "abcd"})
    right = browser.post("/koordination/papier", data=entries)

    assert (wrong.status_code, right.location) == (409, path(application))
    assert application.state is ApplicationState.OPEN


def test_the_sheet_bears_both_codes(browser, mia, place):
    application = make_sent(mia, place)
    codes = sheet_codes(application, KEY)

    page = browser.sign_in(mia).get(path(application, "blatt")).text

    assert codes.approval in page
    assert codes.school in page


def test_the_office_decides_on_what_is_held_and_its_reading_is_kept(
    browser, mia, place, coordinator
):
    application = make_application(ApplicationState.WAITING, mia, place, is_held=True)
    browser.sign_in(coordinator)

    page = browser.get("/koordination/zurueckgehalten").text
    assert application.public_id in page
    query = db.select(AuditEntry).where(AuditEntry.verb == "application.read")
    assert [row.actor_id for row in db.session.scalars(query)] == [coordinator.id]
    browser.post(f"/koordination/zurueckgehalten/{application.public_id}/freigeben")

    assert application.state is ApplicationState.OPEN


@pytest.mark.parametrize("role", ["pupil", "member"])
@pytest.mark.parametrize("rows", [1, 30])
def test_a_list_costs_the_same_with_1_and_30_rows(
    browser, mia, boss, company, queries, role, rows
):
    for _number in range(rows):
        place = make_place(organisation=company)
        make_application(ApplicationState.OPEN, mia, place)
    browser.sign_in({"pupil": mia, "member": boss}[role])
    queries.clear()

    assert browser.get("/bewerbungen").status_code == 200

    assert len(queries) == {"pupil": 4, "member": 6}[role]


def test_nothing_there_says_what_to_do(browser, mia):
    page = browser.sign_in(mia).get("/bewerbungen").text

    assert "Noch keine Bewerbung" in page


@pytest.mark.parametrize("state", ApplicationState)
def test_every_state_has_a_page_for_the_pupil(browser, mia, place, state):
    application = make_application(state, mia, place)

    answer = browser.sign_in(mia).get(path(application))

    assert answer.status_code == (302 if state is ApplicationState.DRAFT else 200)


@pytest.mark.parametrize("side", ["pupil", "guardian"])
@pytest.mark.parametrize(
    ("state", "is_told"),
    [(ApplicationState.OFFERED, False), (ApplicationState.CONFIRMED, True)],
)
def test_a_firm_place_tells_where_to_be(browser, mia, place, side, state, is_told):
    place.way_there = "Klingel am Hof."
    application = make_application(state, mia, place)
    guardian = make_user(Role.GUARDIAN, email=application.guardian_email)
    browser.sign_in({"pupil": mia, "guardian": guardian}[side])

    page = browser.get(path(application)).text

    assert ("Treffpunkt" in page, "Klingel am Hof." in page) == (is_told, is_told)


@pytest.mark.parametrize(
    ("state", "words", "leads_on"),
    [
        (ApplicationState.ATTENDED, "Dein Nachweis liegt bei", False),
        (ApplicationState.PARTLY, "Nicht jeder Tag hat geklappt.", False),
        (ApplicationState.EXCUSED, "Such dir in Ruhe neue Tage.", True),
        (ApplicationState.NO_SHOW, "Sag beim nächsten Mal vorher ab", True),
        (ApplicationState.BROKEN_OFF, "Möchtest du darüber reden?", True),
    ],
)
def test_each_end_is_told_kindly(browser, mia, place, state, words, leads_on):
    application = make_application(state, mia, place)

    page = browser.sign_in(mia).get(path(application)).text

    found = (words in page, "Andere Praktika ansehen" in page)
    assert found == (True, leads_on)


def test_a_number_that_is_nobodys_is_not_there(browser, mia):
    assert (
        browser.sign_in(mia).get(f"/bewerbungen/{new_public_id()}").status_code == 404
    )


@pytest.mark.parametrize("side", ["pupil", "member"])
def test_a_promise_is_given_back_with_a_reason(browser, mia, boss, place, side):
    application = make_application(ApplicationState.CONFIRMED, mia, place)
    browser.sign_in({"pupil": mia, "member": boss}[side])
    code = {"pupil": "ill", "member": "company_reason"}[side]

    wrong = browser.post(path(application, "platz-absagen"), data={})
    foreign = browser.post(path(application, "platz-absagen"), data={"code": "x"})
    right = browser.post(path(application, "platz-absagen"), data={"code": code})

    assert [answer.status_code for answer in (wrong, foreign, right)] == [422, 422, 302]
    assert application.cancel_code == code
    reads = {"pupil": 200, "member": 404}[side]
    assert browser.get(path(application)).status_code == reads


def test_a_company_puts_who_comes_too_late_on_the_list(browser, boss, company):
    place = make_place(organisation=company, place_count=1)
    make_application(ApplicationState.CONFIRMED, None, place)
    application = make_application(ApplicationState.OPEN, None, place)
    page = browser.sign_in(boss).get(path(application)).text

    browser.post(path(application, "warteliste"))

    assert "Auf die Warteliste" in page
    assert "Platz zusagen" not in page
    assert application.state is ApplicationState.WAITLISTED
    assert browser.get(path(application)).status_code == 200


def test_a_company_that_is_frozen_reads_nothing(browser, mia, boss, company, place):
    application = make_application(ApplicationState.OFFERED, mia, place)
    with transaction():
        company.state = OrganisationState.FROZEN
    browser.sign_in(boss)

    assert mia.first_name not in browser.get("/bewerbungen").text
    assert browser.get(path(application)).status_code == 404
    for act in ("annehmen", "absagen", "warteliste", "platz-absagen"):
        assert browser.post(path(application, act)).status_code == 404


@pytest.mark.parametrize("state", ["waiting", "refused", "unapproved", "withdrawn"])
def test_a_school_sees_nothing_that_no_guardian_approved(browser, company, state):
    school = make_school()
    own = make_mia(school_id=school.id)
    place = make_place(organisation=company, week=SCHOOL_WEEK)
    over_at = NOON if state == "withdrawn" else None
    event = make_application(
        ApplicationState(state), own, place, basis=Basis.SCHOOL, handed_over_at=over_at
    )
    browser.sign_in(make_staff(school))

    assert own.name not in browser.get("/bewerbungen").text
    assert browser.get(path(event)).status_code == 404
    assert browser.post(path(event, "schule-bestaetigt")).status_code == 404
    assert event.school_confirmed_at is None


def test_a_third_guardian_answers_and_is_not_linked(app, browser, mia, place):
    for _number in range(2):
        make_guardian(mia)
    third = make_guardian()
    application = make_sent(mia, place, guardian_email=third.email)
    app.config["NOW"] = NOON + timedelta(hours=1)

    answer = browser.sign_in(third).post(f"/konto/kinder/{application.public_id}/ja")

    assert (answer.status_code, application.state) == (302, ApplicationState.OPEN)
    assert list(children_of(third)) == []


def test_who_is_held_is_not_linked(browser, mia, place):
    guardian = make_guardian()
    application = make_sent(mia, place, guardian_email=guardian.email)
    for _number in range(2):
        make_sent(None, place, guardian_email=guardian.email)

    browser.sign_in(guardian).post(f"/konto/kinder/{application.public_id}/ja")

    assert application.is_held is True
    assert list(children_of(guardian)) == []


def test_a_fourth_link_on_one_day_is_refused_in_words(browser, mia, place, letters):
    application = make_sent(mia, place)
    browser.sign_in(mia)

    answers = [browser.post(path(application, "erneut-bitten")) for _number in range(4)]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 409]
    assert "Der Link ging heute schon dreimal ab." in answers[3].text
    assert application.state is ApplicationState.WAITING


def test_who_acts_for_two_organisations_sees_what_came_to_both(browser, boss, company):
    second = make_company(founder=boss)
    there = make_application(ApplicationState.OPEN, None, make_place())
    both = [
        make_application(ApplicationState.OPEN, None, make_place(organisation=own))
        for own in (company, second)
    ]

    page = browser.sign_in(boss).get("/bewerbungen").text

    assert [path(it) in page for it in (*both, there)] == [True, True, False]
    assert second.name in page


@pytest.mark.parametrize(
    ("role", "words"),
    [(Role.MEMBER, "Organisation eintragen"), (Role.SCHOOL, "noch zu keiner Schule")],
)
def test_who_acts_for_nobody_yet_reads_the_next_step(browser, role, words):
    answer = browser.sign_in(make_user(role)).get("/bewerbungen")

    assert (answer.status_code, words in answer.text) == (200, True)


def test_a_company_that_is_not_verified_yet_reads_why_nothing_is_there(
    browser, boss, company
):
    with transaction():
        company.state = OrganisationState.REGISTERED

    page = browser.sign_in(boss).get("/bewerbungen").text

    assert "Noch nicht freigeschaltet" in page


def test_a_posting_tells_how_fast_its_company_usually_answers(browser, mia, place):
    browser.sign_in(mia)
    path = f"/praktika/{place.public_id}"
    before = browser.get(path).text
    for days in (2, 3, 9):
        make_application(
            ApplicationState.DECLINED,
            None,
            place,
            handed_over_at=NOON,
            answered_at=NOON + timedelta(days=days),
        )

    after = browser.get(path).text

    assert ("Hier meist in" in before, "Hier meist in 3 Tagen." in after) == (
        False,
        True,
    )


def test_who_has_five_open_ones_reads_first_what_to_do(browser, mia, place):
    for _number in range(5):
        make_application(ApplicationState.OPEN, mia)
    browser.sign_in(mia)

    page = browser.get(f"/praktika/{place.public_id}/bewerben").text

    assert "Du hast schon 5 offene Bewerbungen." in page

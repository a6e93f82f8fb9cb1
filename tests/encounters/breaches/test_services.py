"""A place that was lawful when it was given is looked at again, and told of once."""

from dataclasses import replace
from datetime import date, time

import pytest

from marketplace.doors.desk.queries import first_of
from marketplace.encounters.applications.enums import (
    ApplicationState,
    CancelCode,
    Obstacle,
    Side,
)
from marketplace.encounters.applications.services.breaching import breach_of
from marketplace.encounters.applications.services.ending import cancel
from marketplace.encounters.breaches.jobs import judge
from marketplace.encounters.breaches.queries import PORTION
from marketplace.encounters.breaches.rules import broken_rule
from marketplace.foundation.database import db, transaction
from marketplace.people.schools.enums import DayKind
from marketplace.people.schools.services.settling import DaysEntry, add_days
from marketplace.postings.internships.enums import Shape
from marketplace.postings.internships.queries import entry_of
from marketplace.postings.internships.services import revise_internship
from marketplace.region.labour.enums import Basis, Branch, Reason
from marketplace.upkeep.audit.queries import history_of
from marketplace.upkeep.jobs.jobs import run_due
from marketplace.upkeep.settings.enums import Setting
from marketplace.upkeep.settings.services import change_setting
from tests.factories.applications import (
    PARENT,
    SCHOOL_WEEK,
    make_application,
    make_mia,
    make_place,
)
from tests.factories.people import (
    make_company,
    make_coordinator,
    make_school,
    make_user,
)
from tests.moments import NOON

CONFIRMED, OFFERED = ApplicationState.CONFIRMED, ApplicationState.OFFERED
# On her internship she is 15.
BORN = date(2011, 9, 1)
LATE = {
    "day_starts_at": time(13),
    "day_ends_at": time(20, 30),
    "breaks": ((time(16), time(17)),),
}


@pytest.fixture
def boss(app):
    return make_user(email="chefin@example.org")


@pytest.fixture
def place(boss):
    return make_place(organisation=make_company(founder=boss))


@pytest.fixture
def pupil(app):
    pupil = make_mia(born_on=BORN)
    with transaction():
        pupil.email = "mia@example.org"
    return pupil


def look(**payload):
    with transaction():
        judge(payload)


def breaches():
    return [broken_rule(one) for one in first_of("breaches", 10)]


def told(outbox):
    return sorted(
        (who, letter) for who, letter in outbox() if letter.startswith("breach")
    )


ALL_TOLD = [
    ("chefin@example.org", "breach_found_company"),
    (PARENT, "breach_found_guardian"),
    ("mia@example.org", "breach_found"),
]


@pytest.mark.parametrize("state", [OFFERED, CONFIRMED, ApplicationState.RUNNING])
def test_a_lawful_place_waits_for_nobody(place, pupil, outbox, state):
    application = make_application(state, pupil, place)

    look()

    assert (breaches(), told(outbox), application.breach) == ([], [], None)


def test_hours_moved_into_the_evening_reach_all_sides_once(boss, pupil, outbox):
    guesthouse = make_place(
        organisation=make_company(founder=boss),
        bases=frozenset({Basis.VOLUNTARY}),
        branch=Branch.HOSPITALITY,
    )
    application = make_application(CONFIRMED, pupil, guesthouse)
    with transaction():  # from 16 on these hours are possible there, so it stays public
        entry = replace(entry_of(guesthouse), **LATE)
        revise_internship(guesthouse, entry, actor=boss, at=NOON)

    run_due()
    first = breaches(), told(outbox), application.breached_at
    run_due()
    look()

    assert first == ([Reason.OUTSIDE_HOURS], ALL_TOLD, NOON)
    assert (breaches(), told(outbox)) == ([Reason.OUTSIDE_HOURS], ALL_TOLD)
    acts = db.session.scalars(history_of(application)).all()
    assert [it.verb for it in acts] == ["application.breach_found"]
    assert application.state is CONFIRMED


def test_what_is_lawful_again_leaves_and_would_be_told_anew(place, pupil, outbox):
    application = make_application(CONFIRMED, pupil, place)
    counts, before = [], place.day_ends_at
    for ends_at in (time(20, 30), before, time(20, 30)):
        with transaction():
            place.day_ends_at = ends_at
        look(internship_id=place.id)
        counts.append((len(breaches()), len(told(outbox))))

    assert counts == [(1, 3), (0, 3), (1, 6)]
    assert application.breach is not None


def test_a_day_that_two_places_shared_does_not_clear_the_other_days(pupil):
    """From the second day on, those that lie ahead at the other firm still count."""
    single = {
        "starts_on": date(2027, 7, 12),
        "ends_on": date(2027, 7, 24),
        "days": ["2027-07-12", "2027-07-24"],
    }
    block = {"starts_on": date(2027, 7, 12), "ends_on": date(2027, 7, 23)}
    inn = make_place(week=single, shape=Shape.SINGLE_DAYS, branch=Branch.HOSPITALITY)
    running = ApplicationState.RUNNING
    ours = make_application(running, pupil, inn)
    theirs = make_application(running, pupil, make_place(week=block))

    found = {
        day: breach_of(ours, familiar=True, at=NOON.replace(2027, 7, day))
        for day in (12, 13, 24)
    }

    assert {day: it and it.key for day, it in found.items()} == {
        12: Obstacle.TAKEN,
        13: Reason.SIX_DAYS,
        24: Reason.SIX_DAYS,
    }
    with transaction():
        theirs.state = ApplicationState.CANCELLED_BY_COMPANY
    assert breach_of(ours, familiar=True, at=NOON.replace(2027, 7, 13)) is None


def test_a_birth_date_that_is_corrected_is_judged(place, pupil):
    make_application(CONFIRMED, pupil, place)
    with transaction():
        pupil.pupil.birth_on = date(2012, 9, 1)

    look(pupil_id=pupil.id)

    assert breaches() == [Reason.VOLUNTARY_UNDER_15]


def test_a_school_that_frees_a_day_has_its_pupils_judged(place, pupil):
    school = make_school()
    make_application(
        OFFERED,
        pupil,
        make_place(week=SCHOOL_WEEK, organisation=place.organisation),
        basis=Basis.SCHOOL,
    )
    with transaction():
        pupil.pupil.school_id = school.id
    look()
    before = breaches()
    entry = DaysEntry(kind=DayKind.MOVABLE, starts_on=SCHOOL_WEEK["starts_on"])
    with transaction():
        add_days(school, entry, actor=make_coordinator(), at=NOON)
    run_due()

    assert (before, breaches()) == ([], [Reason.NOT_A_SCHOOL_DAY])


@pytest.mark.parametrize(("day", "is_there"), [(8, True), (9, False)])
def test_a_running_place_leaves_when_only_days_that_are_over_were_bad(
    app, place, pupil, day, is_there
):
    """On Monday 8 March there was no school; from Tuesday on nothing is bad."""
    school, office = make_school(), make_coordinator()
    week = {"week": SCHOOL_WEEK, "organisation": place.organisation}
    application = make_application(
        *(ApplicationState.RUNNING, pupil, make_place(**week)),
        basis=Basis.SCHOOL,
        school_confirmed_at=NOON,
    )
    entry = DaysEntry(kind=DayKind.MOVABLE, starts_on=SCHOOL_WEEK["starts_on"])
    with transaction():
        pupil.pupil.school_id = school.id
        add_days(school, entry, actor=office, at=NOON)
    look()
    before = breaches()
    app.config["NOW"] = NOON.replace(year=2027, month=3, day=day)

    look()

    assert before == [Reason.NOT_A_SCHOOL_DAY]
    assert breaches() == ([Reason.NOT_A_SCHOOL_DAY] if is_there else [])
    told = [it.verb for it in db.session.scalars(history_of(application))]
    ended = [] if is_there else ["application.breach_ended"]
    assert sorted(told) == sorted(["application.breach_found", *ended])


def test_the_word_of_the_school_is_missing_on_every_day(app, place, pupil):
    week = {"week": SCHOOL_WEEK, "organisation": place.organisation}
    running = ApplicationState.RUNNING
    make_application(running, pupil, make_place(**week), basis=Basis.SCHOOL)
    app.config["NOW"] = NOON.replace(year=2027, month=3, day=11)

    look()

    assert breaches() == [Reason.SCHOOL_UNCONFIRMED]


def test_two_running_places_leave_behind_the_day_they_shared(app, place, pupil):
    days = {"starts_on": date(2027, 2, 1), "ends_on": date(2027, 2, 2)}
    for week in ({**days, "ends_on": date(2027, 2, 5)}, days):
        other = make_place(week=week, organisation=place.organisation)
        make_application(ApplicationState.RUNNING, pupil, other)
    counts = []
    for day in (2, 3):
        app.config["NOW"] = NOON.replace(year=2027, month=2, day=day)
        look()
        counts.append(breaches())

    assert counts == [[Obstacle.TAKEN, Obstacle.TAKEN], []]


def test_the_desk_asks_as_often_for_thirty_places_as_for_one(browser, place, queries):
    browser.sign_in(make_coordinator())
    words, found = "zu früh oder zu spät: mit Betrieb und Familie klären", []
    for more in (1, 29):
        for _number in range(more):
            late = make_place(organisation=place.organisation)
            make_application(CONFIRMED, make_mia(born_on=BORN), late)
            with transaction():
                late.day_ends_at = time(20, 30)
        look()
        browser.get("/koordination")
        queries.clear()
        page = browser.get("/koordination").text
        found.append((page.count(words), len(queries)))

    (few, asked), (many, asked_again) = found
    assert (few, many, asked_again) == (1, 10, asked)


def test_a_setting_of_youth_protection_has_all_places_judged(place, pupil):
    make_application(
        OFFERED,
        pupil,
        make_place(week=SCHOOL_WEEK, organisation=place.organisation),
        basis=Basis.SCHOOL,
    )
    with transaction():
        change_setting(Setting.SCHOOL_EVENT_DAY, 5 * 60, actor=None, at=NOON)
    run_due()

    assert breaches() == [Reason.DAY_TOO_LONG]


def test_two_firm_places_on_one_day_break_both(place, pupil):
    other = make_place(organisation=place.organisation)
    for one in (place, other):
        make_application(CONFIRMED, pupil, one)

    look()

    assert breaches() == [Obstacle.TAKEN, Obstacle.TAKEN]


def test_offer_beside_a_firm_place_is_a_choice(place, pupil):
    make_application(CONFIRMED, pupil, place)
    make_application(OFFERED, pupil, make_place(organisation=place.organisation))

    look()

    assert breaches() == []


def test_what_the_school_still_has_to_do_breaks_no_offer(place, pupil):
    week = {"week": SCHOOL_WEEK, "organisation": place.organisation}
    for state in (OFFERED, CONFIRMED):
        make_application(
            state, make_mia(born_on=BORN), make_place(**week), basis=Basis.SCHOOL
        )

    look()

    assert breaches() == [Reason.SCHOOL_UNCONFIRMED]


def test_a_place_that_is_given_back_leaves_the_board(place, pupil, boss):
    application = make_application(CONFIRMED, pupil, place)
    with transaction():
        place.day_ends_at = time(20, 30)
    look()
    with transaction():
        code = CancelCode.RULE_BROKEN
        cancel(application, code, side=Side.COMPANY, actor=boss, at=NOON)

    assert breaches() == []


def test_many_places_are_judged_in_portions(boss):
    company = make_company(founder=boss)
    place = make_place(organisation=company, place_count=PORTION + 1)
    for _number in range(PORTION + 1):
        make_application(CONFIRMED, make_mia(born_on=BORN), place)
    with transaction():
        place.day_ends_at = time(20, 30)

    look(internship_id=place.id)
    first = len(first_of("breaches", PORTION + 5))
    run_due()

    assert (first, len(first_of("breaches", PORTION + 5))) == (PORTION, PORTION + 1)


def test_each_side_reads_on_its_page_what_does_not_fit(
    browser, place, pupil, boss, app
):
    application = make_application(CONFIRMED, pupil, place)
    address = f"/bewerbungen/{application.public_id}"
    office, pages = make_coordinator(), []
    heading = "An diesem Platz passt etwas nicht mehr"
    browser.sign_in(pupil)
    before = browser.get(address).text
    with transaction():
        place.day_ends_at = time(20, 30)
    look()
    for who in (pupil, boss, office):
        browser.sign_in(who)
        pages.append(browser.get(address).text)
    desk = browser.get("/koordination").text

    assert heading not in before
    assert [f"/praktika/{place.public_id}" in page for page in pages[1:]] == [True] * 2
    assert ["Praktikum ändern" in page for page in pages] == [False, True, False]
    assert [page.count(heading) for page in pages] == [1, 1, 1]
    assert "zu früh oder zu spät: mit Betrieb und Familie klären" in desk

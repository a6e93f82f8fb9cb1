"""A no is taken back, by whoever gave it or by the office; and who hears of what."""

from datetime import UTC, date, datetime, timedelta

import pytest

from marketplace.encounters.applications.enums import (
    ApplicationState,
    ApprovalWay,
    CancelCode,
    Side,
)
from marketplace.encounters.applications.services.approving import (
    grant_approval,
    refuse_approval,
    refuse_held,
    release_held,
)
from marketplace.encounters.applications.services.deadlines import remind
from marketplace.encounters.applications.services.ending import cancel
from marketplace.encounters.applications.services.holding import Signature
from marketplace.encounters.applications.services.lifting import lift_refusal
from marketplace.encounters.applications.services.sending import confirm_place
from marketplace.foundation.database import transaction
from marketplace.foundation.refusals import Refusal
from marketplace.region.labour.enums import Basis
from tests.factories.applications import (
    PARENT,
    SCHOOL_WEEK,
    link_for,
    make_application,
    make_mia,
    make_place,
    make_sent,
)
from tests.factories.people import make_guardian, make_school, make_staff
from tests.moments import NOON

LATER = NOON + timedelta(hours=3)
S = ApplicationState


def signature(address=PARENT, user=None):
    way = ApprovalWay.ACCOUNT if user else ApprovalWay.LETTER
    return Signature(way=way, name="Ute Muster", address=address, user=user)


def refused_by(pupil, place, address=PARENT, user=None):
    application = make_sent(pupil, place)
    with transaction():
        refuse_approval(application, signature(address, user), at=LATER)
    return application


def lift(application, side=Side.GUARDIAN, actor=None, address="", at=LATER):
    with transaction():
        lift_refusal(application, side=side, actor=actor, address=address, at=at)


def refusal_of(act, *args, **kwargs):
    with pytest.raises(Refusal) as refused, transaction():
        act(*args, **kwargs)
    return refused.value.sentence


OTHERS = (
    "Ein Nein nimmt zurück, wer es gegeben hat. Sonst hilft die Koordinationsstelle."
)


def test_who_said_no_takes_it_back_and_is_asked_anew(mia, place, letters):
    application = refused_by(mia, place)
    letters()

    lift(application, address=PARENT)

    assert (application.state, application.due_at.date()) == (
        S.WAITING,
        date(2026, 12, 23),
    )
    assert letters() == [
        (mia.email, "application_lifted"),
        (PARENT, "approval_asked"),
    ]
    with transaction():
        grant_approval(application, signature(), at=LATER)
    assert application.state is S.OPEN


def test_nobody_is_reminded_right_after_it(mia, place):
    application = refused_by(mia, place)
    lift(application, address=PARENT, at=NOON + timedelta(days=8))

    with transaction():
        assert remind(at=NOON + timedelta(days=8)) == 0


def test_the_other_guardian_does_not_lift_it(mia, place):
    first, second = make_guardian(mia), make_guardian(mia)
    application = refused_by(mia, place, first.email, first)

    for actor, address in ((second, second.email), (None, PARENT), (None, "")):
        sentence = refusal_of(lift, application, actor=actor, address=address)
        assert sentence == OTHERS
    assert application.state is S.REFUSED
    lift(application, actor=first)
    assert application.state is S.WAITING


def test_what_the_office_stopped_no_guardian_lifts(mia, place, coordinator):
    application = make_application(S.WAITING, mia, place, is_held=True)
    with transaction():
        refuse_held(application, actor=coordinator, at=LATER)

    assert refusal_of(lift, application, address=PARENT) == OTHERS
    lift(application, Side.COORDINATION, coordinator)
    assert application.state is S.WAITING


def test_only_what_was_refused_is_lifted(mia, place, coordinator):
    application = make_sent(mia, place)

    assert refusal_of(lift, application, Side.COORDINATION, coordinator) == (
        "Das geht gerade nicht. Der Stand ist: wartet auf die Eltern."
    )


def test_a_new_application_stands_in_the_way(mia, place, coordinator):
    application = refused_by(mia, place)
    make_sent(mia, place)

    assert refusal_of(lift, application, Side.COORDINATION, coordinator) == (
        "Für diesen Zeitraum gibt es schon eine neue Bewerbung."
    )


def test_from_the_first_day_on_nothing_is_lifted(mia, place, coordinator):
    application = refused_by(mia, place)
    first_day = datetime(2027, 2, 1, 7, tzinfo=UTC)

    assert refusal_of(
        lift, application, Side.COORDINATION, coordinator, at=first_day
    ) == ("Der Zeitraum hat schon begonnen. Jetzt geht das nicht mehr.")


def test_the_page_of_the_letter_takes_a_no_back(browser, mia, place):
    application = make_sent(mia, place)
    page = f"/freigabe/{link_for(application)}"
    browser.post(page, data={"antwort": "nein"})
    assert "Nein zurücknehmen" in browser.get(page).text

    answer = browser.post(f"{page}/doch")

    assert (answer.location, application.state) == (page, S.WAITING)
    assert "Ein neuer Link ist unterwegs" in browser.get(page).text
    assert browser.post(f"{page}/doch").status_code == 404


def test_an_account_takes_its_own_no_back(browser, mia, place):
    first, second = make_guardian(mia), make_guardian(mia)
    application = refused_by(mia, place, first.email, first)
    address = f"/bewerbungen/{application.public_id}"
    way = f"/konto/kinder/{application.public_id}/doch"

    browser.sign_in(second)
    assert "Nein zurücknehmen" not in browser.get(address).text
    assert browser.post(way).status_code == 409
    browser.sign_in(first)
    assert "Nein zurücknehmen" in browser.get(address).text
    assert browser.post(way).location == address

    assert application.state is S.WAITING


def test_the_office_takes_a_no_back(browser, mia, place, coordinator):
    application = refused_by(mia, place)
    address = f"/bewerbungen/{application.public_id}"

    assert "mit beiden Seiten gesprochen" in (
        browser.sign_in(coordinator).get(address).text
    )
    browser.post(f"/koordination{address}/nein-zuruecknehmen")

    assert application.state is S.WAITING
    assert "mit beiden Seiten gesprochen" not in browser.get(address).text


@pytest.mark.parametrize("by_office", [True, False])
def test_a_pupil_reads_who_stopped_it(browser, mia, place, coordinator, by_office):
    application = make_sent(mia, place)
    with transaction():
        if by_office:
            application.is_held = True
            refuse_held(application, actor=coordinator, at=LATER)
        else:
            refuse_approval(application, signature(), at=LATER)

    page = browser.sign_in(mia).get(f"/bewerbungen/{application.public_id}").text

    assert ("Zu Hause kam ein Nein." in page) is not by_office
    assert ("Die Koordinationsstelle hat diese Bewerbung angehalten" in page) is (
        by_office
    )


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (release_held, {"application_approved", "application_released_guardian"}),
        (refuse_held, {"application_stopped", "application_stopped_guardian"}),
    ],
)
def test_what_the_office_decides_is_told_at_home_too(
    mia, boss, place, coordinator, outbox, act, told
):
    application = make_application(S.WAITING, mia, place, is_held=True)

    with transaction():
        act(application, actor=coordinator, at=LATER)

    assert {name for to, name in outbox() if to in (mia.email, PARENT)} == told
    assert {to for to, name in outbox() if name.endswith("_guardian")} == {PARENT}


@pytest.fixture
def event(company):
    """A confirmed school event's place, offered, with somebody at the school."""
    school = make_school()
    staff = make_staff(school)
    pupil = make_mia(school_id=school.id)
    place = make_place(organisation=company, week=SCHOOL_WEEK)
    application = make_application(
        S.OFFERED, pupil, place, basis=Basis.SCHOOL, school_confirmed_at=NOON
    )
    return application, staff


def test_a_confirmed_place_is_told_to_all(event, boss, outbox):
    application, staff = event

    with transaction():
        confirm_place(application, actor=application.pupil, at=LATER)

    assert sorted(outbox()) == sorted(
        [
            (application.pupil.email, "application_confirmed"),
            (boss.email, "application_confirmed_company"),
            (PARENT, "application_confirmed_guardian"),
            (staff.email, "application_confirmed_school"),
        ]
    )


def test_a_school_that_has_nothing_to_confirm_hears_nothing(mia, place, outbox):
    school = make_school()
    staff = make_staff(school)
    pupil = make_mia(school_id=school.id)
    application = make_application(S.OFFERED, pupil, place)

    with transaction():
        confirm_place(application, actor=pupil, at=LATER)

    assert staff.email not in {to for to, _letter in outbox()}


@pytest.mark.parametrize(
    ("side", "told"),
    [
        (Side.PUPIL, {"cancelled_company", "given_back_guardian", "cancelled_school"}),
        (Side.GUARDIAN, {"cancelled_company", "given_back", "cancelled_school"}),
        (Side.COMPANY, {"cancelled", "cancelled_guardian", "cancelled_school"}),
    ],
)
def test_a_cancelled_place_is_told_to_all_others(event, outbox, side, told):
    application, _staff = event
    by_company = side is Side.COMPANY

    with transaction():
        cancel(
            application,
            CancelCode.COMPANY_REASON if by_company else CancelCode.ILL,
            side=side,
            actor=application.pupil,
            at=LATER,
        )

    assert {name.removeprefix("application_") for _to, name in outbox()} == told

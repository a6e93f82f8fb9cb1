"""The school confirms by the link of a letter, and sees what a pupil shows to it."""

from datetime import date

import pytest

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.queries import known_to_school
from marketplace.encounters.applications.services.approving import confirm_for_school
from marketplace.encounters.applications.services.schooling import (
    hide_from_school,
    show_to_school,
)
from marketplace.encounters.applications.services.sending import hand_over
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.region.labour.enums import Basis
from marketplace.region.places.enums import FederalState
from marketplace.upkeep.mail.models import OutboxEntry
from marketplace.upkeep.mail.services import mint_link
from tests.factories.applications import SCHOOL_WEEK, make_application, make_place
from tests.factories.people import make_pupil, make_school, make_staff
from tests.moments import NOON

S = ApplicationState
POST = "post@anger.example"


@pytest.fixture
def school(app):
    return make_school("Gymnasium am Anger", email=POST)


def event(school, state=S.OPEN, **changes):
    """Of a pupil of 16 for whom full time at school is over."""
    pupil = make_pupil(
        date(2010, 10, 5),
        school_id=school.id,
        school_state=FederalState.SAXONY,
        class_level=10,
    )
    values = {"basis": Basis.SCHOOL, "school_confirmed_at": None} | changes
    return make_application(state, pupil, make_place(week=SCHOOL_WEEK), **values)


def voluntary(school, **changes):
    return event(school, basis=Basis.VOLUNTARY, **changes)


def handed_over(school, **changes):
    application = event(school, S.WAITING, **changes)
    with transaction():
        hand_over(application, familiar=False, at=NOON)
    return application


def letters(outbox):
    return [one for one in outbox() if one[1].startswith("school_")]


def link():
    with transaction():
        entries = db.session.query(OutboxEntry).filter_by(letter="school_asked")
        return f"/schulbestaetigung/{mint_link(entries.one())}"


def test_a_school_without_an_account_gets_a_letter(school, outbox):
    handed_over(school)

    assert letters(outbox) == [(POST, "school_asked")]


def test_no_letter_where_staff_is_there_or_no_address_is_known(school, outbox):
    handed_over(make_school("Waldschule"))
    make_staff(school)
    handed_over(school)
    handed_over(make_school("Bergschule", email=POST), basis=Basis.VOLUNTARY)

    assert letters(outbox) == []


def test_the_link_shows_and_confirms_only_when_it_is_sent(school, browser):
    application = handed_over(school)
    address = link()

    page = browser.get(address).text
    assert application.pupil.name in page
    assert application.school_confirmed_at is None
    assert browser.post(address, data={"signed_by": ""}).status_code == 422
    answer = browser.post(address, data={"signed_by": "Tine Kreide, Klassenleitung"})

    assert answer.location == address
    assert application.school_signed_by == "Tine Kreide, Klassenleitung"
    assert application.school_signed_on == NOON.date()
    assert "von Tine Kreide, Klassenleitung" in browser.get(address).text
    again = browser.post(address, data={"signed_by": "Jemand"})
    assert again.status_code == 200
    assert application.school_signed_by == "Tine Kreide, Klassenleitung"


def test_the_link_ends_with_what_it_is_for(school, browser):
    application = handed_over(school)
    address = link()
    with transaction():
        application.state = S.DECLINED

    page = browser.post(address, data={"signed_by": "Tine Kreide"})

    assert "Hier ist nichts mehr zu bestätigen" in page.text
    assert application.school_confirmed_at is None
    with transaction():
        application.state = S.WITHDRAWN
    assert browser.get(address).status_code == 404
    assert browser.get("/schulbestaetigung/unbekannt").status_code == 404


def test_the_link_ends_when_the_school_has_confirmed_otherwise(school, browser):
    application = handed_over(school)
    address = link()
    with transaction():
        confirm_for_school(
            application, signed_by="Blatt", signed_on=NOON.date(), actor=None, at=NOON
        )

    browser.post(address, data={"signed_by": "Tine Kreide"})

    assert application.school_signed_by == "Blatt"


def test_a_voluntary_one_is_seen_only_while_it_is_shown(school, outbox):
    application, staff = voluntary(school), make_staff(school)
    pupil = application.pupil
    known = known_to_school(school.id)
    assert db.session.scalars(known).unique().all() == []

    with transaction():
        show_to_school(application, actor=pupil, at=NOON)
        show_to_school(application, actor=pupil, at=NOON)
    assert db.session.scalars(known).unique().all() == [application]
    assert letters(outbox) == [(staff.email, "school_asked_staff")]

    with transaction():
        hide_from_school(application, actor=pupil, at=NOON)
    assert db.session.scalars(known).unique().all() == []


def test_a_released_one_stays_shown(school):
    application = voluntary(school, is_shown_to_school=True, school_confirmed_at=NOON)

    with pytest.raises(Refusal, match="schon freigestellt"):
        hide_from_school(application, actor=application.pupil, at=NOON)


def test_showing_needs_a_school_and_an_open_application(school):
    alone = voluntary(school)
    with transaction():
        alone.pupil.pupil.school_id = None
    with pytest.raises(Refusal, match="Wähl zuerst"):
        show_to_school(alone, actor=alone.pupil, at=NOON)

    over = voluntary(school)
    with transaction():
        over.state = S.DECLINED
    with pytest.raises(Refusal, match="solange deine Bewerbung"):
        show_to_school(over, actor=over.pupil, at=NOON)


def test_pupil_shows_and_staff_releases(school, browser):
    application, staff = voluntary(school), make_staff(school)
    at = f"/bewerbungen/{application.public_id}"
    assert browser.sign_in(staff).get(at).status_code == 404

    browser.sign_in(application.pupil)
    assert "Meiner Schule zeigen" in browser.get(at).text
    assert browser.post(f"{at}/schule-zeigen").location == at
    assert "Doch nicht zeigen" in browser.get(at).text

    browser.sign_in(staff)
    assert "Freistellung für" in browser.get(at).text
    assert application.pupil.name in browser.get("/bewerbungen").text
    browser.post(f"{at}/schule-bestaetigt")
    assert application.school_signed_by == staff.name


def test_another_pupil_shows_nothing(school, browser):
    application = voluntary(school)
    browser.sign_in(make_pupil())

    answer = browser.post(f"/bewerbungen/{application.public_id}/schule-zeigen")

    assert (answer.status_code, application.is_shown_to_school) == (404, False)

from datetime import date

import pytest

from marketplace.foundation.database import db
from marketplace.people.accounts.enums import Role
from marketplace.region.calendar.models import LocalHoliday
from marketplace.region.calendar.queries import calendar_of
from marketplace.upkeep.audit.models import AuditEntry
from tests.factories.people import make_coordinator, make_user
from tests.factories.places import make_place

PLACE = "/koordination/einstellungen/feiertage"
DAY = date(2027, 5, 27)
ENTRY = {"place": "crostwitz", "day": DAY.isoformat()}


@pytest.fixture
def office(browser):
    make_place("Crostwitz")
    return browser.sign_in(make_coordinator())


def verbs():
    query = db.select(AuditEntry.verb).where(AuditEntry.thing == "local_holidays")
    return db.session.scalars(query.order_by(AuditEntry.id)).all()


def test_a_holiday_holds_in_its_municipality_until_it_is_removed(office):
    before = calendar_of(DAY, DAY).local_holidays
    office.post(PLACE, data=ENTRY)
    office.post(PLACE, data=ENTRY)
    page, held = office.get(PLACE).text, calendar_of(DAY, DAY).local_holidays
    [row] = db.session.query(LocalHoliday)
    removed = office.post(f"{PLACE}/{row.id}/entfernen")

    assert (before, held) == (frozenset(), {("Crostwitz", DAY)})
    assert "27.05.2027" in page
    assert removed.location == PLACE
    assert calendar_of(DAY, DAY).local_holidays == frozenset()
    assert verbs() == ["local_holiday.entered", "local_holiday.removed"]


def test_a_holiday_of_a_town_is_told_as_no_day_off_for_all(office):
    page = office.get(PLACE).text

    assert "gilt in diesem Ort als gesetzlicher Feiertag" in page
    assert "arbeitet dort niemand" not in page


@pytest.mark.parametrize(
    "changes", [{"place": ""}, {"day": "x"}, {"place": "Nirgends"}]
)
def test_a_mistake_is_told_and_nothing_is_entered(office, changes):
    page = office.post(PLACE, data=ENTRY | changes)

    assert page.status_code == 422
    assert "Es gibt ein Problem" in page.text
    assert db.session.query(LocalHoliday).count() == 0


def test_page_is_linked_from_the_settings_and_shut_to_others(app, office):
    member = app.test_client().sign_in(make_user(Role.MEMBER))

    assert f'href="{PLACE}"' in office.get("/koordination/einstellungen").text
    assert member.get(PLACE).status_code == 404

"""The page of rules shows every line of the table, each setting, and the calendar."""

import re

import pytest

from marketplace.upkeep.settings.enums import Setting, SettingGroup
from tests.factories.people import make_coordinator
from tests.factories.settings import set_to

PATH = "/koordination/einstellungen/regeln"


@pytest.fixture
def office(browser):
    browser.sign_in(make_coordinator())
    return browser


def test_every_line_of_the_table_is_there(office):
    page = office.get(PATH).text

    numbers = re.findall(r'<tr id="([KC]\d+)">', page)
    assert numbers == [
        *(f"K{number}" for number in range(1, 10)),
        *(f"C{number}" for number in range(1, 11)),
    ]
    youth = [s for s in Setting if s.group is SettingGroup.YOUTH]
    assert [s for s in youth if str(s.label) not in page] == []


def test_a_changed_setting_stands_in_the_table(office):
    before = office.get(PATH).text
    set_to(Setting.SCHOOL_EVENT_DAY, 6 * 60)
    set_to(Setting.VOLUNTARY_HOLIDAY_DAYS, 15)

    after = office.get(PATH).text

    assert ("7:00 / 35:00" in before, "8:00 / 40:00; 20 Tage im Jahr" in before) == (
        True,
        True,
    )
    assert ("6:00 / 35:00" in after, "8:00 / 40:00; 15 Tage im Jahr" in after) == (
        True,
        True,
    )
    assert "7:00 / 35:00" not in after


def test_the_calendar_of_a_year_is_shown_with_its_source(office):
    page = office.get(f"{PATH}?jahr=2027").text

    assert "Ferien und Feiertage 2027" in page
    rows = ["Buß- und Bettag", "Kultusministerkonferenz", "gesetzlicher Feiertag"]
    assert [words for words in rows if words not in page] == []
    assert office.get(f"{PATH}?jahr=1890").status_code == 200


def test_pupils_find_no_such_page(browser):
    assert browser.get(PATH).status_code == 302

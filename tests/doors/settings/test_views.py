import re

import pytest

from marketplace.people.accounts.enums import Role
from marketplace.upkeep.settings.enums import Setting, SettingGroup
from marketplace.upkeep.settings.queries import value_of
from tests.factories.people import make_coordinator, make_user
from tests.factories.settings import set_to

FIELDS = re.compile(r'name="(\w+)" [^>]*value="([^"]*)"')
PLACE = "/koordination/einstellungen"
DEADLINES = {
    s.value: str(s.kind.default) for s in Setting if s.group is SettingGroup.DEADLINES
} | {"version": "0"}


@pytest.fixture
def office(browser):
    return browser.sign_in(make_coordinator(first_name="Konni", surname="Probe"))


def test_settings_are_for_office_and_admin(app, browser):
    admin, member = (
        app.test_client().sign_in(make_user(role)) for role in (Role.ADMIN, Role.MEMBER)
    )

    statuses = [who.get(PLACE).status_code for who in (admin, member, browser)]

    assert statuses == [200, 404, 302]


def test_every_setting_stands_with_its_value(office):
    page = office.get(PLACE).text

    assert [s for s in Setting if str(s.label) not in page] == []
    assert "Polizei 110, Rettung 112" in page


@pytest.mark.parametrize("group", SettingGroup)
def test_each_group_is_saved_as_it_stands(office, group):
    place = f"{PLACE}/{group}"
    found = FIELDS.findall(office.get(place).text)
    fields = {name: value for name, value in found if value != "y"}
    ticked = {
        s.value: "y" for s in Setting if s.group is group and s.kind.default is True
    }

    assert office.post(place, data=fields | ticked).location == f"{PLACE}#{group}"
    assert [s for s in Setting if value_of(s) != s.kind.default] == []


def test_the_lines_of_the_agreement_are_a_setting(office):
    page = office.get(PLACE).text

    assert "Zeilen für Geburtsdatum und Anschrift" in page


def test_a_change_shows_its_default_and_who_made_it(office):
    place, fields = f"{PLACE}/fristen", DEADLINES | {"answer_days": "21"}

    office.post(place, data=fields)

    page = office.get(PLACE).text
    assert value_of(Setting.ANSWER_DAYS) == 21
    assert "Vorgabe: 14." in page
    assert "Geändert am 23.11.2026 von Konni Probe." in page


def test_hours_are_written_as_people_write_them(office):
    place = f"{PLACE}/jugendschutz"
    fields = dict(FIELDS.findall(office.get(place).text))

    assert fields["school_event_day"] == "7:00"
    office.post(place, data=fields | {"school_event_day": "7:30"})
    assert value_of(Setting.SCHOOL_EVENT_DAY) == 7 * 60 + 30


@pytest.mark.parametrize(
    ("name", "entered", "told"),
    [
        ("answer_days", "3", "Möglich ist 7 bis 42."),
        ("answer_days", "", "answer_days"),
        ("answer_days", "viele", "answer_days"),
    ],
)
def test_a_mistake_is_told_and_nothing_changes(office, name, entered, told):
    page = office.post(f"{PLACE}/fristen", data=DEADLINES | {name: entered})

    assert page.status_code == 422
    assert "Es gibt ein Problem" in page.text
    assert told in page.text
    assert value_of(Setting.ANSWER_DAYS) == 14


@pytest.mark.parametrize("entered", ["7:60", "sieben", "9:00", ""])
def test_hours_out_of_bounds_are_told(office, entered):
    told = {"school_event_day": entered, "version": "0"}

    page = office.post(f"{PLACE}/jugendschutz", data=told)

    assert page.status_code == 422
    assert value_of(Setting.SCHOOL_EVENT_DAY) == 7 * 60


def test_a_change_is_taken_back_with_one_button(office):
    set_to(Setting.ANSWER_DAYS, 21)

    answer = office.post(
        f"{PLACE}/fristen/zuruecksetzen", data={"setting": "answer_days"}
    )

    assert answer.location == f"{PLACE}#fristen"
    assert value_of(Setting.ANSWER_DAYS) == 14
    assert "Zurückgesetzt am" in office.get(PLACE).text


def test_two_editors_see_both_texts(office):
    place, fields = f"{PLACE}/fristen", DEADLINES
    set_to(Setting.ANSWER_DAYS, 21)

    page = office.post(place, data=fields | {"answer_days": "10"})

    assert page.status_code == 409
    assert "Jemand hat inzwischen gespeichert" in page.text
    assert "jetzt gespeichert: 21" in re.sub(r"\s+", " ", page.text)
    assert value_of(Setting.ANSWER_DAYS) == 21
    office.post(place, data=fields | {"answer_days": "10", "version": "1"})
    assert value_of(Setting.ANSWER_DAYS) == 10


@pytest.mark.parametrize(
    ("way", "name"),
    [("fremdes", "answer_days"), ("kontakt", "answer_days"), ("fristen", "fremdes")],
)
def test_what_is_not_there_cannot_be_reset(office, way, name):
    place = f"{PLACE}/{way}/zuruecksetzen"

    assert office.post(place, data={"setting": name}).status_code == 404


def test_emergency_numbers_stand_on_the_report_form(browser):
    set_to(Setting.EMERGENCY_NUMBERS, "Nummer gegen Kummer 116 111")

    assert "Nummer gegen Kummer 116 111" in browser.get("/melden").text


def test_days_to_answer_stand_where_they_are_promised(browser):
    set_to(Setting.ANSWER_DAYS, 21)

    assert "eine Antwort in 21 Tagen" in browser.get("/").text


def test_operator_and_office_stand_in_the_imprint(browser):
    names = {
        Setting.OPERATOR_NAME: "Verein Probe",
        Setting.OPERATOR_ADDRESS: "Probeweg 1, 07743 Jena",
        Setting.OPERATOR_DIRECTORS: "Konni Probe",
        Setting.OPERATOR_REGISTER: "VR 12",
        Setting.OFFICE_NAME: "Koordination Probe",
        Setting.OFFICE_EMAIL: "kontakt@probe.example",
        Setting.OFFICE_PHONE: "0361 5550",
    }
    assert "trägt die Betreiberin ein" in browser.get("/impressum").text

    for setting, words in names.items():
        set_to(setting, words)

    page = browser.get("/impressum").text
    assert [words for words in names.values() if words not in page] == []
    assert "trägt die Betreiberin ein" not in page


def test_privacy_and_accessibility_name_who_is_asked(browser):
    set_to(Setting.OPERATOR_NAME, "Verein Probe")
    set_to(Setting.OPERATOR_ADDRESS, "Probeweg 1")
    set_to(Setting.PRIVACY_OFFICER, "Datenschutz Probe")
    set_to(Setting.ENFORCEMENT_BODY, "Stelle Probe")

    assert "Datenschutz Probe" in browser.get("/datenschutz").text
    assert "Stelle Probe" in browser.get("/barrierefreiheit").text

from marketplace.people.accounts.enums import Role
from marketplace.stewardship.privacy.models import RuleRun
from marketplace.stewardship.privacy.services.table import RULES
from marketplace.stewardship.privacy.tables import register
from tests.factories.people import make_coordinator, make_user
from tests.moments import NOON
from tests.stewardship.privacy.records import keep

PAGE = "/koordination/aufbewahrung"


def cells_of(text, words):
    """The numbers in the row of a record."""
    row = text.partition(words)[2].partition("</tr>")[0]
    return [part.partition("<")[0] for part in row.split('<td class="number">')[1:]]


def test_office_reads_each_rule_and_what_the_last_night_took(browser):
    keep(RuleRun(rule="drafts", ran_at=NOON, day_count=3, total_count=41))
    browser.sign_in(make_coordinator())

    text = browser.get(PAGE).text

    assert text.count('<th scope="row">') == len(RULES)
    assert cells_of(text, "Entwurf einer Bewerbung") == ["3", "41"]
    assert cells_of(text, "Meldung mit Entscheidung") == ["–", "–"]
    assert "§ 15 Abs. 4 AGG" in text
    assert "Zuletzt am" in text


def test_before_the_first_night_the_page_says_so(browser):
    browser.sign_in(make_user(Role.ADMIN))

    assert "Noch keine Nacht vergangen" in browser.get(PAGE).text


def test_nobody_else_reads_it(browser):
    browser.sign_in(make_user(Role.MEMBER))

    assert browser.get(PAGE).status_code == 404


def test_the_office_prints_the_register_with_purpose_and_period(browser):
    browser.sign_in(make_coordinator())
    assert f'href="{PAGE}/verzeichnis"' in browser.get(PAGE).text

    text = browser.get(f"{PAGE}/verzeichnis").text

    assert text.count('<th scope="row">') == len(register())
    row = text.partition(">Bewerbungen<")[2].partition("</tr>")[0]
    assert "Name der Eltern, " in row
    assert "30 Tage (Entwurf einer Bewerbung)" in row


def test_everybody_reads_how_long_something_stays(browser):
    text = browser.get("/datenschutz").text

    assert "Entwurf einer Bewerbung: 30 Tage" in text
    assert text.count("Dasselbe, wenn") == 0

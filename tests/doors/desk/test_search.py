import pytest

from marketplace.foundation.database import db
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.enums import OrganisationState
from marketplace.upkeep.audit.models import AuditEntry
from tests.factories.people import make_coordinator, make_organisation, make_user

SEARCH = "/koordination/suche"


@pytest.mark.parametrize(
    "words", ["lind", "Ada Lind", "ADA.LINDE@example.org", "ada.l"]
)
def test_people_are_found_by_name_and_address(browser, words):
    founder = make_user(
        email="ada.linde@example.org", first_name="Ada", surname="Lindenblatt"
    )
    make_organisation(founder, "Labor Quitte")
    other = make_user(surname="Ahorn")
    browser.sign_in(make_coordinator())

    page = browser.get(SEARCH, query_string={"q": words}).text

    assert "Ada Lindenblatt" in page
    assert "Labor Quitte" in page
    assert other.email not in page


@pytest.mark.parametrize("words", ["%", "_", "nobody", ""])
def test_what_nobody_is_called_finds_nobody(browser, words):
    make_user(surname="Ahorn")
    browser.sign_in(make_coordinator())

    page = browser.get(SEARCH, query_string={"q": words}).text

    assert "Ahorn" not in page
    assert ("Nichts gefunden" in page) == bool(words)


def test_who_saw_an_account_is_logged(browser):
    seen = make_user(surname="Lindenblatt")
    office = browser.sign_in(reader := make_coordinator())

    office.get(f"{SEARCH}?q=Lindenblatt")

    query = db.select(AuditEntry).where(AuditEntry.verb == "account.read")
    entry = db.session.scalars(query).one()
    assert (entry.thing_id, entry.actor_id) == (seen.id, reader.id)


def test_organisations_are_found_in_every_state_by_name_and_town(browser):
    make_organisation(name="Labor Quitte", state=OrganisationState.FROZEN)
    make_organisation(name="Werk Apfel", town="Dresden")
    browser.sign_in(make_coordinator())

    by_name = browser.get(f"{SEARCH}?art=organisationen&q=Quitte").text
    by_town = browser.get(f"{SEARCH}?art=organisationen&q=Dresd").text

    assert ("Labor Quitte" in by_name, "Werk Apfel" in by_name) == (True, False)
    assert ("Labor Quitte" in by_town, "Werk Apfel" in by_town) == (False, True)


def test_confirmation_is_sent_again_to_whom_it_is_missing(browser, outbox):
    new = make_user(surname="Neuling", confirmed_at=None)
    old = make_user()
    browser.sign_in(make_coordinator())

    page = browser.get(f"{SEARCH}?q=Neuling").text
    for user in (new, old):
        browser.post(f"{SEARCH}/{user.id}/bestaetigung")

    assert "Bestätigung noch einmal schicken" in page
    assert outbox() == [(new.email, "confirm_address")]


def test_search_is_for_office_and_admin(browser):
    statuses = [
        browser.sign_in(make_user(role)).get(SEARCH).status_code
        for role in (Role.MEMBER, Role.SCHOOL, Role.COORDINATOR, Role.ADMIN)
    ]

    assert statuses == [404, 404, 200, 200]


def test_thirty_people_come_in_pages_with_as_many_queries_as_one(browser, queries):
    make_user(surname="Ahorn")
    browser.sign_in(make_coordinator())
    browser.get(f"{SEARCH}?q=Ahorn")
    queries.clear()
    browser.get(f"{SEARCH}?q=Ahorn")
    few = len([q for q in queries if q.startswith("SELECT")])
    for _k in range(29):
        make_user(surname="Ahorn")
    queries.clear()

    page = browser.get(f"{SEARCH}?q=Ahorn").text

    assert len([q for q in queries if q.startswith("SELECT")]) == few
    assert "nach=" in page

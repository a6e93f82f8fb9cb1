"""Links between guardians and children, ended by either side, and who sees what."""

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.people.guardians.queries import guardianships_of, is_guardian_of
from tests.factories.applications import make_application, make_mia, make_place
from tests.factories.people import make_guardian


def test_a_guardian_ends_a_link_on_her_page(browser, mia):
    guardian = make_guardian(mia)
    (link,) = guardianships_of(guardian)
    path = f"/konto/kinder/{link.id}/loesen"
    browser.sign_in(guardian)

    assert path in browser.get("/konto/kinder").text
    answer = browser.post(path)

    assert answer.location == "/konto/kinder"
    assert is_guardian_of(guardian, mia) is False


def test_nobody_ends_the_link_of_somebody_else(browser, mia):
    guardian = make_guardian(mia)
    (link,) = guardianships_of(guardian)
    browser.sign_in(make_guardian())

    assert browser.post(f"/konto/kinder/{link.id}/loesen").status_code == 404
    assert is_guardian_of(guardian, mia) is True


def test_the_office_links_and_unlinks(browser, mia, place, coordinator):
    application = make_application(ApplicationState.OPEN, mia, place)
    guardian = make_guardian()
    path = f"/koordination/bewerbungen/{application.public_id}/eltern"
    browser.sign_in(coordinator)

    browser.post(path, data={"adresse": guardian.email.upper()})
    is_linked = is_guardian_of(guardian, mia)
    (link,) = guardianships_of(guardian)
    page = browser.get(f"/bewerbungen/{application.public_id}").text
    browser.post(f"{path}/{link.id}/loesen")

    assert (is_linked, guardian.name in page) == (True, True)
    assert is_guardian_of(guardian, mia) is False


def test_the_office_links_no_stranger(browser, mia, place, coordinator):
    application = make_application(ApplicationState.OPEN, mia, place)
    path = f"/koordination/bewerbungen/{application.public_id}/eltern"
    browser.sign_in(coordinator)

    assert browser.post(path, data={"adresse": "wer@example.org"}).status_code == 409
    other = make_guardian(make_mia())
    (link,) = guardianships_of(other)
    assert browser.post(f"{path}/{link.id}/loesen").status_code == 404


def test_everybody_reads_which_data_goes_where(browser):
    page = browser.get("/eltern/daten").text

    assert "nichts, auch nicht, dass es eine Bewerbung gibt" in page
    assert make_place().organisation.name not in page

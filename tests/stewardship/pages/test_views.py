import pytest

from marketplace.people.accounts.enums import Role
from marketplace.stewardship.pages.queries import page_by_slug
from tests.factories.people import make_coordinator, make_user

DESK = "/koordination/seiten"
FIELDS = {"slug": "fragen", "title": "Fragen", "body": "## Wer?\n\nWir."}
WRITTEN = {"title": "Impressum", "body": "Verein **Probe**"}
SECOND = WRITTEN | {"body": "Anders", "version": "1"}


@pytest.fixture
def office(browser):
    return browser.sign_in(make_coordinator(first_name="Konni", surname="Probe"))


def test_texts_are_for_office_and_admin(app, browser):
    admin, member = (
        app.test_client().sign_in(make_user(role)) for role in (Role.ADMIN, Role.MEMBER)
    )

    statuses = [who.get(DESK).status_code for who in (admin, member, browser)]

    assert statuses == [200, 404, 302]


@pytest.mark.parametrize("slug", ["impressum", "datenschutz", "barrierefreiheit"])
def test_a_page_of_duty_says_what_is_open_until_it_is_written(app, office, slug):
    guest = app.test_client()
    before = guest.get(f"/{slug}").text

    office.post(f"{DESK}/{slug}", data=WRITTEN)

    after = guest.get(f"/{slug}").text
    assert "Verein <strong>Probe</strong>" not in before
    assert "Verein <strong>Probe</strong>" in after
    assert "Stand: 23.11.2026" in after


def test_a_free_page_is_written_previewed_and_published(app, office):
    guest = app.test_client()
    preview = office.post(f"{DESK}/neu", data=FIELDS | {"preview": "1"})
    assert "<h2>Wer?</h2>" in preview.text
    assert page_by_slug("fragen") is None

    answer = office.post(f"{DESK}/neu", data=FIELDS)

    assert answer.location == f"{DESK}/fragen/fassungen"
    assert guest.get("/seiten/fragen").status_code == 404
    office.post(f"{DESK}/fragen/veroeffentlichen")
    assert "<h2>Wer?</h2>" in guest.get("/seiten/fragen").text
    assert "Fragen" in guest.get("/seiten").text
    office.post(f"{DESK}/fragen/verbergen")
    assert guest.get("/seiten/fragen").status_code == 404


def test_a_mistake_is_told_with_every_entry_kept(office):
    page = office.post(f"{DESK}/neu", data=FIELDS | {"slug": "Groß und leer"})

    assert page.status_code == 422
    assert "Nur kleine Buchstaben, Ziffern und Striche." in page.text
    assert "## Wer?" in page.text


def test_an_address_that_is_taken_is_told_at_its_field(office):
    office.post(f"{DESK}/neu", data=FIELDS)

    page = office.post(f"{DESK}/neu", data=FIELDS)

    assert page.status_code == 422
    assert "Diese Adresse hat schon eine Seite." in page.text


def test_an_old_text_is_read_and_restored(office):
    office.post(f"{DESK}/impressum", data=WRITTEN)
    office.post(f"{DESK}/impressum", data=SECOND)

    assert "<strong>Probe</strong>" in office.get(f"{DESK}/impressum/fassungen/1").text
    office.post(f"{DESK}/impressum/fassungen/1/wiederherstellen")

    assert "<strong>Probe</strong>" in office.get("/impressum").text
    assert "Fassung 3" in office.get(f"{DESK}/impressum/fassungen").text


def test_two_editors_see_both_texts(office):
    office.post(f"{DESK}/impressum", data=WRITTEN)
    office.post(f"{DESK}/impressum", data=SECOND)

    page = office.post(
        f"{DESK}/impressum", data=WRITTEN | {"body": "Dritte", "version": "1"}
    )

    assert page.status_code == 409
    assert "Jemand hat inzwischen gespeichert" in page.text
    assert page_by_slug("impressum").present.body == "Anders"


def test_a_page_that_is_late_is_marked(office):
    office.post(f"{DESK}/impressum", data=WRITTEN | {"review_on": "2026-11-23"})

    assert 'class="due is-bad"' in office.get(DESK).text


@pytest.mark.parametrize(
    "place", ["/seiten/fremd", f"{DESK}/fremd", f"{DESK}/fremd/fassungen"]
)
def test_what_is_not_there_is_not_found(office, place):
    assert office.get(place).status_code == 404


def test_pages_of_duty_stand_at_their_own_address_alone(office):
    office.post(f"{DESK}/impressum", data=WRITTEN)

    assert office.get("/seiten/impressum").status_code == 404

"""What a company must not learn: a marker in every field, looked for everywhere."""

import pytest
from babel.dates import format_date

from marketplace.encounters.applications.enums import (
    GIVEN_UP,
    ApplicationState,
    CancelCode,
)
from marketplace.foundation.database import db, transaction
from marketplace.people.organisations.enums import OrganisationState
from marketplace.upkeep.mail import jobs
from marketplace.upkeep.mail.models import OutboxEntry
from tests.crawling import addresses_of, routes_asked, said_in
from tests.factories.applications import link_for, make_application, make_mia, make_sent
from tests.factories.tokens import make_access
from tests.moments import NOON

MARKER = "Zwirbelwicht"
PAGES = (
    *("/", "/praktika", "/bewerbungen", "/konto", "/organisationen", "/angebote"),
    "/praktika/meine",
)
SEARCHES = (f"/praktika?q={MARKER}", f"/organisationen?q={MARKER}")


@pytest.fixture
def marked():
    pupil = make_mia()
    with transaction():
        pupil.first_name = pupil.surname = MARKER
    return pupil


def words(**changes):
    return {
        "motivation": f"{MARKER} baut Fernrohre.",
        "school_name": MARKER,
        "guardian_name": MARKER,
        "guardian_email": f"{MARKER}@example.org".lower(),
        "guardian_phone": MARKER,
    } | changes


def read_by(browser, person, application):
    browser.sign_in(person)
    internship = application.internship
    pages = (
        *PAGES,
        *SEARCHES,
        f"/praktika/{internship.public_id}",
        f"/organisationen/{internship.organisation.public_id}",
        f"/bewerbungen/{application.public_id}",
    )
    return {page: browser.get(page).text for page in pages}


def things_of(application):
    internship = application.internship
    return (
        *(application, application.period),
        *(internship, internship.organisation),
    )


def letters_to(person):
    query = db.select(OutboxEntry).where(OutboxEntry.recipient == person.email)
    return [
        f"{entry.subject} {entry.context} {entry.shown_text}"
        for entry in db.session.scalars(query)
    ]


@pytest.mark.parametrize(
    "state",
    [
        ApplicationState.DRAFT,
        ApplicationState.WAITING,
        ApplicationState.REFUSED,
        ApplicationState.UNAPPROVED,
    ],
)
def test_before_approval_nothing_reaches_the_company(
    browser, boss, place, marked, state
):
    before = {page: browser.sign_in(boss).get(page).text for page in SEARCHES}
    application = make_application(state, marked, place, **words())

    pages = read_by(browser, boss, application)

    # What is searched for stands on the page that answers, so that one is compared.
    assert {page: pages.pop(page) for page in SEARCHES} == before
    assert [page for page, text in pages.items() if MARKER in text] == []
    assert letters_to(boss) == []


def test_before_approval_no_address_at_all_tells_it(app, browser, boss, place, marked):
    application = make_application(ApplicationState.WAITING, marked, place, **words())
    paths = addresses_of(app, things_of(application))
    program = make_access(place.organisation)

    browser.sign_in(boss)
    own = {path: said_in(browser.get(path)) for path in paths}
    asked = [path for path in paths if "/api/" in path]
    told = {path: said_in(browser.get(path, headers=program)) for path in asked}

    assert [path for path, said in own.items() if MARKER in said] == []
    assert [path for path, said in told.items() if MARKER in said] == []
    assert len(routes_asked(app, paths)) > 250


def test_after_approval_that_crawl_finds_it(app, browser, boss, place, marked):
    application = make_application(ApplicationState.OPEN, marked, place, **words())
    browser.sign_in(boss)
    paths = [
        path
        for path in addresses_of(app, things_of(application))
        if path.startswith("/bewerbungen")
    ]

    found = {path for path in paths if MARKER in said_in(browser.get(path))}

    page = f"/bewerbungen/{application.public_id}"
    assert {"/bewerbungen", page, f"{page}/nachrichten"} <= found


def test_after_approval_the_marker_is_found(browser, boss, place, marked):
    application = make_application(ApplicationState.OPEN, marked, place, **words())

    pages = read_by(browser, boss, application)

    address = f"/bewerbungen/{application.public_id}"
    found = [page for page, text in pages.items() if MARKER in text]
    assert {"/bewerbungen", address} <= set(found)


def test_the_count_of_a_company_does_not_tell_of_it(browser, boss, place, marked):
    before = browser.sign_in(boss).get("/bewerbungen").text
    make_application(ApplicationState.WAITING, marked, place, **words())

    assert browser.get("/bewerbungen").text == before


def test_not_one_letter_to_the_company_bears_a_field(app, browser, boss, place, marked):
    application = make_sent(marked, place, **words())
    page = f"/freigabe/{link_for(application)}"
    app.config["NOW"] = NOON.replace(hour=14)
    browser.post(page, data={"antwort": "ja"})
    browser.sign_in(boss).post(f"/bewerbungen/{application.public_id}/annehmen")
    browser.sign_in(marked).post(f"/bewerbungen/{application.public_id}/bestaetigen")
    app.config["DEMO"] = True
    jobs.send_waiting()

    texts = letters_to(boss)

    assert [text for text in texts if MARKER in text] == []
    assert len(texts) == 2


@pytest.mark.parametrize("state", sorted(GIVEN_UP))
def test_of_a_place_that_was_given_up_a_bare_line_stays(
    browser, boss, place, marked, state
):
    application = make_application(
        state, marked, place, cancel_code=CancelCode.ILL, **words()
    )
    pages = read_by(browser, boss, application)
    for more in ("unterlagen", "nachrichten", "abbrechen"):
        page = f"/bewerbungen/{application.public_id}/{more}"
        pages[page] = browser.get(page).text
    page = f"/bewerbungen/liste/{application.period.public_id}"
    pages[page] = browser.get(page).text
    own = browser.get(f"/bewerbungen/{application.public_id}")

    kept = {page: text for page, text in pages.items() if page not in SEARCHES}
    assert [page for page, text in kept.items() if MARKER in text] == []
    assert own.status_code == 404
    line = pages["/bewerbungen"].partition("<tbody>")[2].partition("</tbody>")[0]
    cells = [cell.partition("<")[0] for cell in line.split("<td>")[1:]]
    code = application.cancel_code.label
    is_own = state is ApplicationState.CANCELLED_BY_COMPANY
    day = format_date(NOON, "long", locale="de")
    shown = [day, place.title, state.label, code if is_own else "–"]
    assert cells == [str(it) for it in shown]


def test_a_company_that_is_not_verified_keeps_no_line(browser, boss, place, marked):
    make_application(ApplicationState.MISSED, marked, place)
    with transaction():
        place.organisation.state = OrganisationState.FROZEN

    page = browser.sign_in(boss).get("/bewerbungen").text

    assert "Nicht zustande gekommen" not in page

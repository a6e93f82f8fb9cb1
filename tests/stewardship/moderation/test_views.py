from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.stewardship.moderation.enums import ReportReason, ReportState
from marketplace.stewardship.moderation.models import Report
from marketplace.stewardship.moderation.services import ReportEntry, report
from tests.factories.people import make_coordinator
from tests.moments import NOON

ENTRY = {
    "reason": "wrong",
    "address": "/angebote/abc",
    "words": "Das gibt es nicht mehr.",
    "email": "melderin@example.org",
}


def test_everybody_reports_and_the_office_hears_of_it(browser, outbox):
    office = make_coordinator()

    response = browser.post("/melden", data=ENTRY)

    row = db.session.scalars(select(Report)).one()
    assert response.location == f"/melden/{row.public_id}"
    assert row.reason is ReportReason.WRONG
    assert outbox() == [
        (office.email, "report_to_office"),
        ("melderin@example.org", "report_received"),
    ]


def test_report_without_reason_comes_back(browser):
    response = browser.post("/melden", data=ENTRY | {"reason": ""})

    assert response.status_code == 422
    assert "Das gibt es nicht mehr." in response.text


def test_danger_needs_no_name(browser):
    response = browser.post(
        "/melden", data={"reason": "danger", "address": "/", "words": "Hilfe"}
    )

    assert response.status_code == 302


def test_office_decides_once_and_in_words(browser, outbox):
    with transaction():
        row = report(
            ReportEntry(
                reason=ReportReason.WRONG,
                address="/x",
                words="…",
                email="melderin@example.org",
            ),
            at=NOON,
        )
    browser.sign_in(make_coordinator())
    address = f"/koordination/meldungen/{row.public_id}"

    empty = browser.post(address, data={"decision": ""})
    done = browser.post(address, data={"decision": "Der Eintrag ist weg."})
    again = browser.post(address, data={"decision": "Noch einmal."})

    statuses = [empty.status_code, done.status_code, again.status_code]
    assert statuses == [422, 302, 409]
    assert db.session.get(Report, row.id).state is ReportState.CLOSED
    assert ("melderin@example.org", "report_decided") in outbox()

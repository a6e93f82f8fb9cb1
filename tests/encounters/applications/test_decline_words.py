"""What a company tells the office alone when it declines: nobody else reads it."""

import json

import pytest

from marketplace.encounters.applications.enums import ApplicationState, DeclineCode
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.services.answering import decline
from marketplace.encounters.applications.services.forgetting import delete_applications
from marketplace.foundation.database import db, transaction
from marketplace.region.labour.enums import Basis
from marketplace.stewardship.privacy.services.gathering import plain, rows_of
from marketplace.upkeep.audit.models import AuditEntry
from marketplace.upkeep.mail.models import OutboxEntry
from tests.crawling import said_in
from tests.factories.applications import SCHOOL_WEEK, make_application, make_place
from tests.factories.people import make_guardian, make_school, make_staff
from tests.moments import NOON

WORDS = "Zwirbelwicht zieht um"
PAGES = ("/", "/bewerbungen", "/konto", "/konto/daten", "/konto/daten/datei.json")


@pytest.fixture
def school(app):
    return make_school()


@pytest.fixture
def declined(mia, boss, company, school):
    """A school event that was declined, so that a school may read of it."""
    with transaction():
        mia.pupil.school_id = school.id
    application = make_application(
        ApplicationState.OPEN,
        mia,
        make_place(organisation=company, week=SCHOOL_WEEK),
        basis=Basis.SCHOOL,
    )
    with transaction():
        decline(application, DeclineCode.OTHER, WORDS, actor=boss, at=NOON)
    return application


def page_of(application):
    return f"/bewerbungen/{application.public_id}"


def test_the_office_reads_why(browser, declined, coordinator):
    page = browser.sign_in(coordinator).get(page_of(declined)).text

    assert (WORDS in page, "Ein anderer Grund" in page) == (True, True)


@pytest.mark.parametrize("who", ["pupil", "guardian", "school", "company"])
def test_nobody_else_reads_it(browser, declined, mia, school, boss, who):
    person = {
        "pupil": lambda: mia,
        "guardian": lambda: make_guardian(mia),
        "school": lambda: make_staff(school),
        "company": lambda: boss,
    }[who]()
    browser.sign_in(person)
    own = page_of(declined)
    pages = (own, f"{own}/nachrichten", f"{own}/unterlagen", *PAGES)

    read = {page: browser.get(page, follow_redirects=True) for page in pages}

    assert read[own].status_code == (404 if who == "company" else 200)
    assert [page for page, answer in read.items() if WORDS in said_in(answer)] == []


def test_no_letter_no_record_and_no_copy_of_own_data_tells_it(declined, mia, boss):
    letters = [
        f"{one.subject} {one.context} {one.shown_text}"
        for one in db.session.scalars(db.select(OutboxEntry))
    ]
    records = [
        str(row) for row in db.session.execute(db.select(AuditEntry.__table__)).all()
    ]
    copies = [json.dumps(rows_of(one), default=plain) for one in (mia, boss)]

    assert len(letters) == 1
    assert (len(records) > 0, page_of(declined)[13:] in copies[0]) == (True, True)
    assert [text for text in (*letters, *records, *copies) if WORDS in text] == []


def test_it_goes_with_the_application(declined):
    with transaction():
        delete_applications([declined.id])

    assert db.session.scalars(db.select(Application.decline_words)).all() == []

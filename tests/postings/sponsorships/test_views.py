import pytest
from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.sponsorships.models import Sponsorship
from tests.factories.people import make_company, make_user
from tests.factories.postings import make_sponsorship


def test_list_shows_what_is_given(browser):
    make_sponsorship()

    page = browser.get("/foerderungen").text

    assert "Lötstationen für Labore" in page
    assert "8 × Lötstation" in page


@pytest.mark.parametrize("count", [1, 30])
def test_list_asks_the_database_as_often_for_many_as_for_one(browser, queries, count):
    company = make_company()
    for _k in range(count):
        make_sponsorship(organisation=company)
    browser.get("/foerderungen")
    queries.clear()

    browser.get("/foerderungen")

    assert len(queries) <= 9


def test_company_writes_what_it_gives(browser):
    member = make_user()
    company = make_company(member)
    browser.sign_in(member)

    response = browser.post(
        "/foerderungen/neu",
        data={
            "title": "Zeit von Fachleuten",
            "description": "Zwei Tage im Monat.",
            "site_id": str(company.sites[0].id),
            "lines-0-kind": "people",
            "lines-0-item": "mentor",
            "lines-0-amount": "3 Tage",
        },
    )

    sponsorship = db.session.scalars(select(Sponsorship)).one()
    assert response.status_code == 302
    assert sponsorship.lines[0].quantity == 24


def test_draft_exists_for_nobody_else(browser):
    sponsorship = make_sponsorship(PostingState.DRAFT)

    assert browser.get(f"/foerderungen/{sponsorship.public_id}").status_code == 404

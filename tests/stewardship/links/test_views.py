from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.stewardship.links.enums import LinkState
from marketplace.stewardship.links.models import CheckedLink, LinkUse
from marketplace.stewardship.links.services.checking import gather_links
from tests.factories.people import make_coordinator, make_member, make_organisation
from tests.factories.postings import make_event
from tests.moments import NOON


@pytest.fixture
def lab(app):
    return make_organisation(name="Labor Linse")


def link_to(lab, title, state=LinkState.GONE):
    host = f"{title.casefold()}.example"
    make_event(organisation=lab, title=title, link=f"https://{host}/")
    with transaction():
        gather_links(at=NOON)
        link = db.session.scalars(select(CheckedLink).where(CheckedLink.host == host))
        found = link.one()
        found.state, found.asked_at = state, NOON
        found.due_at = NOON + timedelta(days=7)
    return found


def test_owner_sees_all_her_links(browser, lab):
    link_to(lab, "Abend")
    link_to(lab, "Kurs", LinkState.ALIVE)
    link_to(make_organisation(), "Fremd")

    page = browser.sign_in(make_member(lab)).get("/links").text

    assert "Seite nicht gefunden" in page
    assert "erreichbar" in page
    assert "seit 23.11.2026" in page
    assert "fremd.example" not in page


def test_office_sees_what_failed(browser, lab):
    link_to(lab, "Abend")
    link_to(lab, "Kurs", LinkState.ALIVE)

    page = browser.sign_in(make_coordinator()).get("/koordination/links").text

    assert "Labor Linse" in page
    assert "abend.example" in page
    assert "kurs.example" not in page


def test_owner_asks_again(browser, lab):
    link = link_to(lab, "Abend")
    use = db.session.scalars(select(LinkUse)).one()

    answer = browser.sign_in(make_member(lab)).post(f"/links/{use.id}/fragen")

    assert answer.location == "/links"
    assert link.due_at == NOON


def test_links_of_others_are_not_there(browser, lab):
    link = link_to(lab, "Abend")
    use = db.session.scalars(select(LinkUse)).one()
    browser.sign_in(make_member(make_organisation()))

    assert browser.post(f"/links/{use.id}/fragen").status_code == 404
    assert browser.get("/koordination/links").status_code == 404
    assert link.due_at > NOON


def test_list_asks_as_often_for_many(browser, lab, queries):
    browser.sign_in(make_member(lab))

    def looked():
        browser.get("/links")
        queries.clear()
        assert browser.get("/links").status_code == 200
        return len(queries)

    link_to(lab, "Abend")
    few = looked()
    for number in range(10):
        link_to(lab, f"Abend{number}")

    assert looked() == few

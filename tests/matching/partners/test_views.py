import pytest
from sqlalchemy import select

from marketplace.encounters.introductions.models import Introduction
from marketplace.foundation.database import db, transaction
from marketplace.matching.partners.services.rebuilding import rebuild
from marketplace.matching.partners.services.worlds import look_again
from marketplace.postings.lives.enums import PostingState
from tests.factories.people import make_company, make_coordinator, make_user
from tests.factories.postings import a_need, make_offer, make_sponsorship
from tests.moments import NOON


def test_provider_sees_partners_with_reasons(browser, firm, offer, provider):
    page = browser.sign_in(provider).get(f"/partner/{offer.public_id}").text

    assert "Siebenlinsen Optik" in page
    assert "Warum" in page
    assert "8 von 12 Stück" in page
    assert "deckt 67 %, es fehlen 4 Stück" in page
    assert "Warum diese Reihenfolge?" in page


def test_company_sees_the_mirror(browser, firm, offer, company):
    site = firm.sites[0]

    page = browser.sign_in(company).get(f"/partner/{site.public_id}").text

    assert "Funkenkiste" in page


def test_list_is_not_for_others(browser, firm, offer):
    browser.sign_in(make_user())

    assert browser.get(f"/partner/{offer.public_id}").status_code == 404


def test_guest_is_told_what_this_is(browser):
    page = browser.get("/partner").text

    assert "Anmelden" in page


def test_member_and_office_begin_at_their_own(browser, firm, offer, provider):
    mine = browser.sign_in(provider).get("/partner").text
    office = browser.sign_in(make_coordinator()).get("/partner").text

    assert offer.title in mine
    assert offer.title in office


def test_provider_proposes(browser, firm, offer, provider):
    site = firm.sites[0]
    browser.sign_in(provider)

    response = browser.post(f"/partner/{offer.public_id}/vorstellen/{site.public_id}")

    made = db.session.scalars(select(Introduction)).one()
    assert response.location == f"/vorstellungen/{made.public_id}"
    page = browser.get(f"/partner/{offer.public_id}").text
    assert "Schon kontaktiert" in page
    assert "Ergebnis: wartet auf Antwort" in page


def test_need_that_was_asked_for_says_so(browser, firm, offer, provider):
    before = browser.sign_in(provider).get(f"/partner/{offer.public_id}").text
    browser.post(f"/partner/{offer.public_id}/vorstellen/{firm.sites[0].public_id}")
    after = browser.get(f"/partner/{offer.public_id}").text

    assert "8 Stück möglich, 4 Stück fehlen." in before
    assert "8 Stück angefragt oder zugesagt." in after
    assert "2.000 € angefragt oder zugesagt." in after
    assert "Noch bietet das niemand" not in after


def test_pair_is_looked_at_before_it_is_asked(browser, firm, offer, provider):
    page = browser.sign_in(provider).get(
        f"/partner/{offer.public_id}/mit/{firm.sites[0].public_id}"
    )

    assert "Was Sie davon haben" in page.text
    assert "Was der Partner davon hat" in page.text
    assert "Kontaktdaten liest sie nicht." in page.text
    assert page.text.count("Siebenlinsen Optik anfragen") == 1
    assert firm.contact_email not in page.text or not firm.contact_email


def test_pair_that_does_not_fit_says_why_and_cannot_be_asked(browser, offer, provider):
    far = make_company(name="Weit weg", town="Dresden")
    far.sites[0].radius_km = 20
    make_sponsorship(organisation=far)

    page = browser.sign_in(provider).get(
        f"/partner/{offer.public_id}/mit/{far.sites[0].public_id}"
    )

    assert "Zu weit voneinander." in page.text
    assert "Weit weg anfragen" not in page.text


def test_pair_is_for_its_side_and_for_what_is_public(browser, firm, offer, company):
    site, hidden = firm.sites[0], make_company().sites[0]
    mine = browser.sign_in(company).get(
        f"/partner/{site.public_id}/mit/{offer.public_id}"
    )
    theirs = browser.get(f"/partner/{offer.public_id}/mit/{site.public_id}")
    gone = browser.get(f"/partner/{site.public_id}/mit/{hidden.public_id}")

    assert [mine.status_code, theirs.status_code, gone.status_code] == [200, 404, 404]


def test_proposal_with_contact_data_is_refused(browser, firm, offer, provider):
    browser.sign_in(provider)
    address = f"/partner/{offer.public_id}/vorstellen/{firm.sites[0].public_id}"

    page = browser.post(address, data={"message": "Rufen Sie an: 0341 123456"})

    assert page.status_code == 422
    assert "0341 123456" in page.text
    assert db.session.scalars(select(Introduction)).all() == []


@pytest.mark.parametrize("count", [1, 30])
def test_office_list_asks_as_often_for_many_as_for_one(browser, queries, count):
    for _one in range(count):
        make_offer(lines=[a_need()])
    make_offer(title="ohne Bedarf", lines=[])
    browser.sign_in(make_coordinator())
    queries.clear()

    page = browser.get("/partner").text

    assert page.count('class="card') >= min(count, 20)
    assert "ohne Bedarf" not in page
    assert len(queries) <= 7


def test_two_offers_are_no_pair(browser, firm, offer, provider):
    browser.sign_in(provider)

    address = f"/partner/{offer.public_id}/vorstellen/{offer.public_id}"

    assert browser.post(address).status_code == 404


def test_member_begins_with_what_is_searched_for(browser, lab, offer, provider):
    make_offer(organisation=lab, title="Später", state=PostingState.DRAFT)
    make_offer(organisation=lab, title="Ohne Bedarf", lines=[])

    page = browser.sign_in(provider).get("/partner").text

    assert page.index(offer.title) < page.index("Später")
    assert page.index(offer.title) < page.index("Ohne Bedarf")
    assert "Tragen Sie ein, was Ihnen fehlt." in page
    assert "Wir suchen, sobald es öffentlich ist." in page


def test_offer_that_is_not_public_says_what_to_do(browser, lab, provider):
    draft = make_offer(organisation=lab, state=PostingState.DRAFT)

    page = browser.sign_in(provider).get(f"/partner/{draft.public_id}").text

    assert "Hier wird gerade nicht gesucht" in page
    assert "Umkreis" not in page


def test_offer_in_a_town_nobody_knows_asks_for_one(browser, lab, provider):
    lost = make_offer(organisation=lab)
    with transaction():
        lost.place_name, lost.lat, lost.lon = "Zweistadt", None, None

    page = browser.sign_in(provider).get(f"/partner/{lost.public_id}").text

    assert "Dieser Ort steht auf keiner Karte" in page
    assert f'href="/organisationen/{lab.public_id}' in page
    assert "Hier wird gerade nicht gesucht" not in page


def test_offer_without_needs_asks_for_them(browser, lab, provider):
    bare = make_offer(organisation=lab, lines=[])

    page = browser.sign_in(provider).get(f"/partner/{bare.public_id}").text

    assert "Noch kein Bedarf eingetragen" in page
    assert f"/{bare.public_id}" in page


def test_pair_in_contact_leads_to_its_introduction(browser, firm, offer, provider):
    address = f"/partner/{offer.public_id}/mit/{firm.sites[0].public_id}"
    browser.sign_in(provider)
    before = browser.get(address).text
    browser.post(f"/partner/{offer.public_id}/vorstellen/{firm.sites[0].public_id}")
    made = db.session.scalars(select(Introduction)).one()

    page = browser.get(address).text

    assert "Zur Vorstellung" not in before
    assert f'href="/vorstellungen/{made.public_id}">Zur Vorstellung</a>' in page
    assert "Zuletzt angefragt am 23.11.2026, Ergebnis: eine Seite hat zugesagt" in page


def test_list_tells_of_when_its_weights_are(browser, firm, offer, provider):
    address = f"/partner/{offer.public_id}"
    before = browser.sign_in(provider).get(address).text
    rebuild(NOON)
    look_again()

    assert "Stand " not in before
    assert "Stand 23.11., 13:00" in browser.get(address).text

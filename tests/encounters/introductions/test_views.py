import pytest

from marketplace.encounters.introductions.enums import IntroductionState, Side
from marketplace.encounters.introductions.models import Introduction
from marketplace.encounters.introductions.services.proposing import (
    Proposal,
    propose_introduction,
)
from marketplace.foundation.database import db, transaction
from marketplace.people.organisations.enums import OrganisationState
from marketplace.people.organisations.models import Membership
from tests.factories.people import make_company, make_coordinator, make_user
from tests.factories.postings import make_offer
from tests.moments import NOON

SECRETS = ("Lea Labor", "lea@labor.example", "Finn Firma", "finn@firma.example")


def secrets_in(page):
    return [secret for secret in SECRETS if secret in page]


def test_contacts_appear_only_after_both_agreed(browser, propose, company):
    address = f"/vorstellungen/{propose().public_id}"
    browser.sign_in(company)

    before = browser.get(address).text
    answer = browser.post(f"{address}/zusagen")
    after = browser.get(address).text

    assert answer.status_code == 302
    assert (secrets_in(before), secrets_in(after)) == ([], list(SECRETS))


def test_introduction_exists_for_its_sides_and_the_office(
    browser, propose, provider, company, office
):
    address = f"/vorstellungen/{propose().public_id}"

    seen = {
        who: browser.sign_in(who).get(address).status_code
        for who in (provider, company, office, make_user())
    }

    assert list(seen.values()) == [200, 200, 200, 404]


def test_no_is_private(browser, propose, provider, company):
    made = propose()
    address = f"/vorstellungen/{made.public_id}"
    browser.sign_in(company)

    wrong = browser.post(f"{address}/absagen", data={})
    browser.post(f"{address}/absagen", data={"code": "too_far"})
    seen = browser.sign_in(provider).get(address).text

    assert wrong.status_code == 422
    assert db.session.get(Introduction, made.id).state is IntroductionState.DECLINED
    assert "kommt nicht zustande" in seen
    assert "zu weit" not in seen.split("<main")[1].split("Ihre Antwort")[0]


def test_office_reads_who_declined_and_why(browser, propose, office, company):
    made = propose()
    address = f"/vorstellungen/{made.public_id}/absagen"
    browser.sign_in(company).post(address, data={"code": "too_far"})

    page = browser.sign_in(office).get(f"/vorstellungen/{made.public_id}").text
    assert "Abgesagt hat" in page
    assert "zu weit" in page
    page = browser.sign_in(company).get(f"/vorstellungen/{made.public_id}").text
    assert "Abgesagt hat" not in page


@pytest.mark.parametrize("side", [Side.PROVIDER, Side.COORDINATION])
def test_proposal_is_taken_back(browser, propose, provider, office, side):
    made = propose(side)
    browser.sign_in(provider if side is Side.PROVIDER else office)

    browser.post(f"/vorstellungen/{made.public_id}/zurueckziehen")

    assert db.session.get(Introduction, made.id).state is IntroductionState.WITHDRAWN


def test_list_shows_what_is_in_contact(browser, propose, provider, offer):
    propose()
    browser.sign_in(provider)

    assert offer.title in browser.get("/vorstellungen").text


@pytest.mark.parametrize("count", [1, 30])
def test_list_asks_the_database_as_often_for_many_as_for_one(
    browser, queries, office, count
):
    for _number in range(count):
        offer, site = make_offer(), make_company().sites[0]
        with transaction():
            propose_introduction(
                Proposal(offer=offer, site=site),
                side=Side.COORDINATION,
                actor=office,
                at=NOON,
            )
    browser.sign_in(office)
    browser.get("/vorstellungen")
    db.session.expunge_all()  # what the factories made must be read anew
    queries.clear()

    page = browser.get("/vorstellungen").text

    assert page.count('href="/vorstellungen/') >= min(count, 20)
    assert len(queries) <= 9


def test_contacts_shut_again_once_a_side_is_frozen(browser, propose, provider, company):
    made = propose()
    address = f"/vorstellungen/{made.public_id}"
    browser.sign_in(company).post(f"{address}/zusagen")
    assert secrets_in(browser.get(address).text) == list(SECRETS)

    with transaction():
        made.company.state = OrganisationState.FROZEN

    pages = [browser.sign_in(who).get(address).text for who in (provider, company)]
    assert [secrets_in(page) for page in pages] == [[], []]


def test_who_acts_for_two_organisations_sees_the_introductions_of_both(
    browser, propose, company
):
    made = propose()
    member = make_user()
    make_company(member)
    with transaction():
        made.company.memberships.append(Membership(user=member))

    page = browser.sign_in(member).get("/vorstellungen").text

    assert f"/vorstellungen/{made.public_id}" in page


def test_who_acts_for_nobody_yet_reads_the_next_step(browser):
    answer = browser.sign_in(make_user()).get("/vorstellungen")

    assert answer.status_code == 200
    assert "Organisation eintragen" in answer.text


def test_contact_is_what_the_organisation_told_or_who_still_signs_in(
    browser, propose, provider, company, offer, site
):
    made, colleague = propose(), make_user(first_name="Kim", surname="Kollegin")
    browser.sign_in(company).post(f"/vorstellungen/{made.public_id}/zusagen")
    with transaction():
        lab, firm = offer.organisation, site.organisation
        lab.contact_name = lab.contact_email = ""
        db.session.add(Membership(organisation=lab, user=colleague, is_owner=False))
        provider.disabled_at = NOON
        for membership in list(firm.memberships):
            db.session.delete(membership)
    office = browser.sign_in(make_coordinator())

    page = office.get(f"/vorstellungen/{made.public_id}").text

    assert "Kim Kollegin" in page
    assert colleague.email in page
    assert provider.email not in page
    assert secrets_in(page) == ["Finn Firma", "finn@firma.example"]


def test_declined_introduction_leads_on_to_further_partners(browser, propose, company):
    address = f"/vorstellungen/{propose().public_id}"
    browser.sign_in(company)

    before = "Weitere Partner" in browser.get(address).text
    browser.post(f"{address}/absagen", data={"code": "too_far"})
    after = "Weitere Partner" in browser.get(address).text

    assert (before, after) == (False, True)

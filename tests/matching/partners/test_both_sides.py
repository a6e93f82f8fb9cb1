"""One organisation that gives and needs: it stands on both sides, never as a pair."""

import pytest

from marketplace.matching.partners.services.finding import partners_of
from marketplace.people.organisations.enums import OrganisationKind
from tests.factories.people import make_organisation
from tests.factories.postings import a_give, make_sponsorship


@pytest.fixture
def both(lab, offer):
    """The lab of the offer, which also gives what it needs itself."""
    lab.kinds = frozenset({OrganisationKind.PROVIDER, OrganisationKind.COMPANY})
    make_sponsorship(organisation=lab, lines=[a_give()], title="Wir geben auch")
    return lab


def test_it_stands_in_both_lists(browser, both):
    make_organisation(name="Nur Labor")

    pages = {
        kind: browser.get(f"/organisationen?art={kind}").text
        for kind in ("company", "provider")
    }

    assert [both.name in page for page in pages.values()] == [True, True]
    assert "Nur Labor" not in pages["company"]


def test_its_partners_page_shows_what_it_needs_and_where_it_gives(
    browser, both, offer, provider
):
    page = browser.sign_in(provider).get("/partner").text

    assert offer.title in page
    assert f"/partner/{both.sites[0].public_id}" in page


def test_it_is_never_its_own_partner(
    browser, both, offer, firm, provider, world, profile
):
    browser.sign_in(provider)
    site = both.sites[0].public_id

    finding = partners_of(world(), profile)
    answer = browser.post(f"/partner/{offer.public_id}/vorstellen/{site}")

    names = [partner.organisation.name for partner in finding.partners]
    assert names == [firm.name]
    assert answer.status_code == 409

"""Where a posting is, copied from its site."""

from marketplace.foundation.database import transaction
from marketplace.postings.lives.services import put_at_site
from tests.factories.people import make_company
from tests.factories.postings import make_sponsorship


def test_what_the_same_act_changed_of_the_site_stays(app):
    company = make_company()
    posting = make_sponsorship(organisation=company)

    with transaction():
        site = company.sites[0]
        site.radius_km = 20
        put_at_site(posting, site)

    assert site.radius_km == 20

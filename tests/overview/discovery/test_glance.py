from marketplace.foundation.database import transaction
from marketplace.overview.discovery.queries import glance
from marketplace.postings.lives.enums import Act
from marketplace.postings.offers.services import move_offer
from tests.factories.people import make_organisation, make_user
from tests.factories.postings import make_offer
from tests.moments import NOON


def test_whole_is_counted_once_until_somebody_acts(app, queries):
    member = make_user()
    offer = make_offer(organisation=make_organisation(member, town="Leipzig"))
    first = glance()
    queries.clear()

    assert glance() is first
    assert len(queries) == 1

    with transaction():
        move_offer(offer, Act.END, actor=member, at=NOON)

    after = glance()
    assert (first.figures["offer"], after.figures["offer"]) == (1, 0)
    assert (len(first.points), len(after.points)) == (1, 0)

from datetime import date

import pytest

from marketplace.foundation.refusals import Refusal
from marketplace.postings.lives.enums import Act, PostingState
from marketplace.postings.sponsorships.services import (
    SponsorshipEntry,
    move_sponsorship,
    write_sponsorship,
)
from marketplace.region.lines.enums import LineKind
from marketplace.region.lines.rules import LineEntry
from tests.factories.people import make_company, make_coordinator, make_user
from tests.moments import NOON


def an_entry(company, **changes):
    values = {
        "title": "Geld für Labore",
        "description": "Für Angebote in der Nähe.",
        "site_id": company.sites[0].id,
        "lines": (LineEntry(kind=LineKind.MONEY, quantity=1500),),
    }
    return SponsorshipEntry(**values | changes)


def test_sponsorship_becomes_public_after_the_office_read_it(app):
    member, office = make_user(), make_coordinator()
    company = make_company(member)
    sponsorship = write_sponsorship(company, an_entry(company), actor=member, at=NOON)

    move_sponsorship(sponsorship, Act.SUBMIT, actor=member, at=NOON)
    move_sponsorship(sponsorship, Act.PUBLISH, actor=office, at=NOON)

    assert sponsorship.state is PostingState.PUBLISHED
    assert sponsorship.lines[0].open_quantity == 1500


@pytest.mark.parametrize(
    ("changes", "named"),
    [({"lines": ()}, "was Sie geben"), ({"valid_to": date(2026, 1, 1)}, "abgelaufen")],
)
def test_sponsorship_that_gives_nothing_is_not_submitted(app, changes, named):
    member = make_user()
    company = make_company(member)
    entry = an_entry(company, **changes)
    sponsorship = write_sponsorship(company, entry, actor=member, at=NOON)

    with pytest.raises(Refusal, match=named):
        move_sponsorship(sponsorship, Act.SUBMIT, actor=member, at=NOON)

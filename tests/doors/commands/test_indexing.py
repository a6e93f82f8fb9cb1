"""What has no card yet is indexed, piece by piece."""

from sqlalchemy import delete

from marketplace.doors.commands import indexing
from marketplace.doors.commands.indexing import index_missing
from marketplace.foundation.database import db, transaction
from marketplace.postings.offers.models import Offer
from marketplace.upkeep.search.models import SearchEntry
from marketplace.upkeep.search.queries.matching import matching_ids
from tests.factories.postings import make_offer
from tests.neighbours import busy_neighbour


def test_missing_cards_are_written_while_others_write(app, monkeypatch):
    monkeypatch.setattr(indexing, "PIECE", 1)
    offers = [make_offer(title=f"Mikroskop {number}") for number in range(2)]
    with transaction():
        db.session.execute(delete(SearchEntry).where(SearchEntry.kind == Offer.kind))

    with busy_neighbour() as written:
        assert index_missing() == 2

    found = db.session.scalars(matching_ids(Offer.kind, "Mikroskop")).all()
    assert sorted(found) == sorted(offer.id for offer in offers)
    assert written[0] > 0
    assert index_missing() == 0

"""Stored lists that follow single changes are those of a full rebuild, row by row."""

import random as dice
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from marketplace.foundation.database import db, transaction
from marketplace.matching.partners import queries as partner_queries
from marketplace.matching.partners.jobs import keep_lists_up
from marketplace.matching.partners.models import (
    Change,
    Price,
    TopicWeight,
    WeightsVersion,
)
from marketplace.matching.partners.queries import (
    readers_holding,
    stored_lists,
    waiting_changes,
    weights_version,
)
from marketplace.matching.partners.services import following, rebuilding, storing
from marketplace.matching.partners.services.following import follow_changes
from marketplace.matching.partners.services.rebuilding import rebuild
from marketplace.matching.partners.services.storing import store_lists, store_prices
from marketplace.matching.partners.services.worlds import (
    profile_of_offer,
    profile_of_site,
    world_at,
)
from marketplace.matching.scores.market import entries_of
from marketplace.matching.scores.ranking import rank
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.offers.models import Offer
from tests.factories.partners import change_something, make_market
from tests.factories.people import make_organisation
from tests.factories.postings import a_need, make_offer
from tests.moments import NOON


@pytest.fixture
def market(app):
    return make_market()


def lists():
    return [tuple(row) for row in stored_lists()]


def fresh(at=NOON):
    """All lists by the weights and prices that are frozen."""
    index = world_at(at).index
    entries = entries_of(index, sorted(index))
    return list(zip(*(column.tolist() for column in entries), strict=True))


def test_rebuild_stores_what_the_pages_rank(market):
    labs, _firms = market

    done = rebuild(NOON)

    assert done.profile_count == 16
    assert done.entry_count == len(lists()) > 60
    mine = profile_of_offer(labs[0].id)
    assert [row[2] for row in lists() if row[0] == mine] == [
        match.profile_id for match in rank(world_at(NOON).index, mine)
    ]
    assert lists() == fresh()


def test_rebuild_freezes_weights_and_prices(market):
    done = rebuild(NOON)

    version = weights_version()
    assert (version.id, version.made_at, version.stored_at) == (
        done.version,
        NOON,
        NOON,
    )
    assert len(db.session.scalars(select(TopicWeight)).all()) == 64
    prices = db.session.scalars(select(Price.price_pm)).all()
    assert len(prices) == 16
    assert set(prices) != {1000}
    assert world_at(NOON).version == done.version


def test_second_rebuild_takes_the_place_of_the_first(market):
    first, second = rebuild(NOON), rebuild(NOON + timedelta(days=1))

    assert second.version > first.version
    versions = db.session.scalars(db.text("SELECT DISTINCT weights_version FROM top"))
    assert list(versions) == [second.version]


def test_changes_are_noted_in_the_transaction_of_the_writer(market):
    labs, firms = market
    rebuild(NOON)
    with transaction():
        labs[0].lines[0].open_quantity = 5
    with transaction():
        firms[0].capacity = 7

    assert {profile for _number, profile in waiting_changes()} == {
        profile_of_offer(labs[0].id),
        profile_of_site(firms[0].sites[0].id),
    }


def test_what_is_rolled_back_leaves_no_note(market):
    labs, _firms = market
    rebuild(NOON)
    count = len(db.session.scalars(select(Change)).all())

    labs[0].lines[0].open_quantity = 5
    db.session.flush()
    db.session.rollback()

    assert len(db.session.scalars(select(Change)).all()) == count


def test_lists_after_changes_are_those_of_a_rebuild(market):
    labs, firms = market
    rebuild(NOON)
    chance = dice.Random(5)  # noqa: S311 - made to be repeated
    for _ in range(25):
        with transaction():
            change_something(chance, labs, firms)
        follow_changes(at=NOON)

        assert lists() == fresh()
    assert waiting_changes() == []


def test_many_changes_are_followed_in_pieces(market, monkeypatch):
    labs, firms = market
    rebuild(NOON)
    monkeypatch.setattr(following, "PIECE", 3)
    chance = dice.Random(7)  # noqa: S311 - made to be repeated
    for _ in range(8):
        with transaction():
            change_something(chance, labs, firms)
    count = len(waiting_changes())

    follow_changes(at=NOON)

    assert count > 6
    assert weights_version().followed_count == -(-count // 3)
    assert waiting_changes() == []
    assert lists() == fresh()


def test_lists_of_more_than_one_query_are_found_and_replaced(market, monkeypatch):
    rebuild(NOON)
    readers = {row[0] for row in lists()}
    monkeypatch.setattr(partner_queries, "SOME", 2)
    monkeypatch.setattr(storing, "SOME", 2)

    assert readers_holding({row[2] for row in lists()}) == readers
    with transaction():
        store_lists(readers, entries_of(world_at(NOON).index, []), 1)
    assert lists() == []


def test_new_offer_comes_into_lists(market):
    _labs, _firms = market
    rebuild(NOON)
    lab = make_organisation(name="Neu", town="Jena")
    lab.sites[0].radius_km = 150
    offer = make_offer(organisation=lab, lines=[a_need()])
    db.session.commit()

    written = follow_changes(at=NOON)

    mine = profile_of_offer(offer.id)
    assert written > 1
    assert {row[2] for row in lists() if row[0] == mine}
    assert {row[0] for row in lists() if row[2] == mine}
    assert lists() == fresh()


def test_worker_makes_the_first_lists_and_keeps_them_up(market):
    labs, _firms = market

    keep_lists_up()
    first = weights_version().id
    with transaction():
        db.session.get(Offer, labs[0].id).state = PostingState.PAUSED
    keep_lists_up()

    assert weights_version().id == first
    assert lists() == fresh()
    assert not [row for row in lists() if row[2] == profile_of_offer(labs[0].id)]


def test_night_stores_lists_weights_and_prices_once(app, market):
    labs, _firms = market
    keep_lists_up()
    first = weights_version().id
    with transaction():
        db.session.get(Offer, labs[0].id).state = PostingState.PAUSED

    app.config["NOW"] = NOON + timedelta(hours=10)  # eleven at night
    keep_lists_up()
    assert weights_version().id == first

    app.config["NOW"] = NOON + timedelta(hours=14)  # past two at night
    keep_lists_up()
    night = weights_version()
    assert (night.id, night.stored_at) == (first + 1, NOON + timedelta(hours=14))
    assert {row.weights_version for row in stored_rows()} == {night.id}
    assert len(db.session.scalars(select(Price)).all()) == 15
    assert lists() == fresh(night.stored_at)

    app.config["NOW"] = NOON + timedelta(hours=15)
    keep_lists_up()
    assert weights_version().id == night.id


def prices():
    return dict(db.session.execute(select(Price.profile_id, Price.price_pm)).all())


def test_rebuild_that_fails_moves_no_price_and_is_tried_again_later(
    app, market, monkeypatch
):
    keep_lists_up()
    first, before = weights_version().id, prices()
    night = NOON + timedelta(hours=14)
    app.config["NOW"] = night
    rebuild(night)
    once = prices()
    assert once != before
    _back_to(first, before)

    # The disk is full when the lists are written.
    with monkeypatch.context() as patch:
        patch.setattr(rebuilding, "store_lists", _fail)
        with pytest.raises(OSError, match="full"):
            keep_lists_up()
    keep_lists_up()  # the next round is too early
    assert (weights_version().id, prices()) == (first, before)

    app.config["NOW"] = night + timedelta(minutes=15)
    keep_lists_up()
    assert weights_version().id > first
    assert prices() == once
    keep_lists_up()
    assert prices() == once


def _fail(*_args):
    raise OSError("the disk is full")


def _back_to(version, prices_then):
    """Makes the night before the last version again."""
    with transaction():
        db.session.execute(delete(TopicWeight).where(TopicWeight.version_id > version))
        db.session.execute(delete(WeightsVersion).where(WeightsVersion.id > version))
        store_prices(prices_then.items())
    entries = entries_of(world_at(NOON).index, sorted(prices_then))
    with transaction():
        store_lists(sorted(prices_then), entries, version)


def stored_rows():
    return db.session.execute(db.text("SELECT weights_version FROM top")).all()


def test_lists_without_a_version_are_not_followed(market):
    assert follow_changes(at=NOON) == 0

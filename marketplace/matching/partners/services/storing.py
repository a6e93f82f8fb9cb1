"""Writes versions, prices and lists; each in a transaction of the caller."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.matching.partners.models import (
    PLACES,
    Change,
    Listed,
    Price,
    TopicWeight,
    WeightsVersion,
)
from marketplace.matching.scores.market import Entries
from marketplace.matching.scores.weights import USUAL_VOTE, TopicWeights

SOME = 5_000
# As many changes as a process looks back for one that was late.
KEPT = 1_000


def begin_version(*, at: datetime) -> int:
    """Takes a new number; it counts for nobody until all of it is stored."""
    version = WeightsVersion(day=day_of(at), made_at=at, profile_count=0)
    db.session.add(version)
    db.session.flush()
    return version.id


def store_weights(number: int, weights: TopicWeights, counts: Iterable[int]) -> None:
    """Freezes the weights of a night under its number."""
    rows = [
        {
            "version_id": number,
            "topic_id": topic,
            "profile_count": count,
            "vote_pm": USUAL_VOTE,
            "weight": weight,
        }
        for topic, (count, weight) in enumerate(
            zip(counts, weights.weights, strict=True)
        )
    ]
    db.session.execute(insert(TopicWeight), rows)


def store_prices(prices: Iterable[tuple[int, int]]) -> None:
    """Puts these prices in the place of all before."""
    db.session.execute(delete(Price))
    rows = [{"profile_id": number, "price_pm": price} for number, price in prices]
    for begin in range(0, len(rows), SOME):
        db.session.execute(insert(Price), rows[begin : begin + SOME])


def store_lists(
    profile_ids: Collection[int], entries: Entries, weights_version: int
) -> None:
    """Puts these entries in the place of the lists of some profiles."""
    ids = sorted(profile_ids)
    for begin in range(0, len(ids), SOME):
        some = Listed.profile_id.in_(ids[begin : begin + SOME])
        db.session.execute(delete(Listed).where(some))
    columns = (column.tolist() for column in entries)
    rows = [
        {
            "id": PLACES * reader + rank,
            "profile_id": reader,
            "rank": rank,
            "other_id": other,
            "key": key,
            "r": mutual,
            "weights_version": weights_version,
        }
        for reader, rank, other, key, mutual in zip(*columns, strict=True)
    ]
    if rows:
        db.session.connection().execute(insert(Listed), rows)


def forget_other_lists(weights_version: int) -> None:
    """Drops the lists of earlier versions: their profiles are gone."""
    db.session.execute(delete(Listed).where(Listed.weights_version != weights_version))


def note_stored(
    number: int, profile_count: int, taken: Collection[int], *, at: datetime
) -> None:
    """Notes that all lists of a version are there, with these changes in them.

    Those begun before it that came to no end are forgotten.
    """
    version = db.session.get_one(WeightsVersion, number)
    version.profile_count, version.stored_at = profile_count, at
    unfinished = WeightsVersion.stored_at.is_(None) & (WeightsVersion.id < number)
    db.session.execute(delete(WeightsVersion).where(unfinished))
    _drop_changes(taken)


def note_followed(weights_version: int, taken: Collection[int]) -> int:
    """Notes that the lists have taken over these changes; says how often they did."""
    version = db.session.get_one(WeightsVersion, weights_version)
    version.followed_count += 1
    numbers = sorted(taken)
    for begin in range(0, len(numbers), SOME):
        db.session.execute(
            update(Change)
            .where(Change.id.in_(numbers[begin : begin + SOME]))
            .values(is_followed=True)
        )
    return version.followed_count


def _drop_changes(taken: Collection[int]) -> None:
    """Of what is in all arrays the last change is kept, by which others notice."""
    if taken:
        db.session.execute(
            update(Change).where(Change.id <= max(taken)).values(is_followed=True)
        )
        last = select(Change.id).order_by(Change.id.desc()).limit(1).scalar_subquery()
        db.session.execute(
            delete(Change).where(Change.id <= max(taken) - KEPT, Change.id < last)
        )

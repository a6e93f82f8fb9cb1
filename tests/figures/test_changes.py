"""After 1,000 random changes the stored lists are those of a full rebuild."""

import random

from marketplace.foundation.database import transaction
from marketplace.matching.partners.queries import stored_lists
from marketplace.matching.partners.services.following import follow_changes
from marketplace.matching.partners.services.rebuilding import rebuild
from marketplace.matching.partners.services.worlds import world_at
from marketplace.matching.scores.market import all_entries
from tests.factories.partners import change_something, make_market
from tests.moments import NOON

CHANGES, TOGETHER = 1_000, 4


def test_lists_after_many_changes_are_those_of_a_rebuild(app):
    offers, firms = make_market(30)
    rebuild(NOON)
    first = lists()
    chance = random.Random(1_000)  # noqa: S311 - made to be repeated
    for _ in range(CHANGES // TOGETHER):
        for _ in range(TOGETHER):
            with transaction():
                change_something(chance, offers, firms)
        follow_changes(at=NOON)

    assert lists() == fresh()
    assert lists() != first


def lists():
    return [tuple(row) for row in stored_lists()]


def fresh():
    return sorted(
        row
        for entries in all_entries(world_at(NOON).index)
        for row in zip(*(column.tolist() for column in entries), strict=True)
    )

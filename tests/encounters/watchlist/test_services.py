from datetime import UTC, date, datetime, timedelta

import pytest

from marketplace.encounters.watchlist import rules
from marketplace.encounters.watchlist.models import Bookmark
from marketplace.encounters.watchlist.queries import bookmarks_of
from marketplace.encounters.watchlist.services import forget_lists, keep, remove
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.postings.lives.enums import PostingState
from tests.factories.applications import make_mia, make_place
from tests.factories.internships import make_internship, make_period
from tests.moments import NOON


def kept(mia, *places, at=NOON):
    with transaction():
        for place in places:
            keep(place, actor=mia, at=at)


def listed():
    query = db.select(Bookmark.pupil_id, Bookmark.internship_id)
    return sorted(tuple(row) for row in db.session.execute(query))


def test_keeping_and_removing_twice_do_no_harm(app):
    mia, place = make_mia(), make_place()
    kept(mia, place)
    kept(mia, place)
    assert listed() == [(mia.id, place.id)]

    with transaction():
        remove(place, actor=mia)
        remove(place, actor=mia)

    assert listed() == []


@pytest.mark.parametrize(
    "state", [PostingState.DRAFT, PostingState.FROZEN, PostingState.LISTED]
)
def test_what_is_not_public_is_not_kept(app, state):
    with pytest.raises(Refusal, match="nicht öffentlich"):
        kept(make_mia(), make_internship(state))


def test_a_list_is_full_at_some_point(app, monkeypatch):
    mia = make_mia()
    monkeypatch.setattr("marketplace.encounters.watchlist.services.MOST", 2)
    kept(mia, make_place(), make_place())

    with pytest.raises(Refusal, match="passen 2 Praktika"):
        kept(mia, make_place())


def test_what_ends_first_stands_above_and_what_is_over_below(app):
    def place(state=PostingState.PUBLISHED, **days):
        return make_internship(state, periods=[make_period(**days)])

    week = {"starts_on": date(2027, 2, 1), "ends_on": date(2027, 2, 5)}
    late, soon = place(**week), place(**week, apply_until=date(2026, 12, 1))
    over = place(**week, apply_until=date(2026, 11, 22))
    paused = place(PostingState.PAUSED, **week)
    mia = make_mia()
    kept(mia, paused, late, over)
    kept(mia, soon, at=NOON + timedelta(hours=1))

    today = NOON.date()
    found = sorted(bookmarks_of(mia), key=lambda one: rules.urgency(one, today))

    assert [one.internship_id for one in found[:2]] == [soon.id, late.id]
    assert {one.internship_id for one in found[2:]} == {over.id, paused.id}


@pytest.mark.parametrize(
    ("signed_in_at", "is_left"),
    [
        (datetime(2025, 11, 23, 12, 1, tzinfo=UTC), True),
        (datetime(2025, 11, 23, 11, 59, tzinfo=UTC), False),
        # Opened today and never signed in since.
        (None, True),
    ],
)
def test_a_list_is_kept_for_twelve_months_without_a_sign_in(app, signed_in_at, is_left):
    mia = make_mia()
    kept(mia, make_place())
    with transaction():
        mia.signed_in_at = signed_in_at

    for _twice in range(2):
        with transaction():
            forget_lists(at=NOON)

    assert bool(listed()) is is_left

from datetime import timedelta

from marketplace.doors.feeds.queries import (
    in_numbers,
    in_portions,
    last_number,
    left_out_count,
    stamp_of,
)
from marketplace.foundation.database import transaction
from marketplace.postings.events.models import Event
from marketplace.postings.events.queries import narrowed_events, overdue_events
from marketplace.postings.events.services import move_event
from marketplace.postings.lives.enums import Act, PostingState
from marketplace.postings.lives.queries import Narrowing, open_postings
from tests.factories.people import make_coordinator, make_organisation
from tests.factories.postings import make_event
from tests.moments import NOON

HINT = {"source": "Katalog"}


def some_events():
    lab = make_organisation()
    return [
        make_event(organisation=lab, title=f"Nr. {k}", starts_at=at, ends_at=at)
        for k in range(3)
        for at in [NOON + timedelta(days=k)]
    ]


def test_things_come_newest_first_and_by_their_numbers(app):
    first, second, third = some_events()
    query = open_postings(Event)

    assert list(in_portions(query, Event)) == [third, second, first]
    numbered = in_numbers(query, Event, first.id, third.id)
    assert list(numbered) == [first, second]
    assert last_number(Event) == third.id


def test_days_of_berlin_bound_what_is_found(app):
    some_events()
    query = open_postings(Event)
    day = NOON.date() + timedelta(days=1)

    found = narrowed_events(query, Narrowing(starts_from=day, ends_by=day))

    assert [event.title for event in in_portions(found, Event)] == ["Nr. 1"]


def test_what_was_over_before_today_is_overdue(app):
    past, *_ahead = some_events()

    assert list(in_portions(overdue_events(NOON.date()), Event)) == []
    tomorrow = NOON.date() + timedelta(days=1)
    assert list(in_portions(overdue_events(tomorrow), Event)) == [past]


def test_only_what_has_no_open_licence_is_left_out(app):
    make_event()
    make_event(PostingState.LISTED, licence="CC BY 4.0", **HINT)
    make_event(PostingState.LISTED, licence="privat", **HINT)

    assert left_out_count(Event) == 1


def test_stamp_changes_with_every_act(app):
    event = make_event()
    before = stamp_of(Event)

    with transaction():
        office = make_coordinator()
        move_event(event, Act.FREEZE, actor=office, words="Nein.", at=NOON)

    after = stamp_of(Event)
    assert after.acts != before.acts
    assert after.at == NOON

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.foundation.refusals import Refusal
from marketplace.postings.events.services import (
    EventEntry,
    copy_event,
    move_event,
    revise_event,
    write_event,
)
from marketplace.postings.lives.enums import Act, PostingState
from marketplace.postings.lives.models import PostingChange
from marketplace.region.topics.enums import Audience, Topic
from tests.factories.people import make_coordinator, make_organisation, make_user
from tests.factories.postings import make_event
from tests.moments import NOON

EVENING = datetime(2026, 12, 4, 18, 30, tzinfo=UTC)


@pytest.fixture
def member(app):
    return make_user()


@pytest.fixture
def lab(member):
    return make_organisation(member)


def an_entry(lab, **changes):
    values = {
        "title": "Offenes Labor",
        "description": "Alle Geräte laufen.",
        "topics": frozenset({Topic.ELECTRONICS}),
        "audiences": frozenset({Audience.CLASS_7_8}),
        "starts_at": EVENING,
        "ends_at": EVENING + timedelta(hours=2),
        "capacity": 40,
        "site_id": lab.sites[0].id,
    }
    return EventEntry(**values | changes)


def test_event_becomes_public_after_the_office_read_it(lab, member):
    event = write_event(lab, an_entry(lab), actor=member, at=NOON)

    move_event(event, Act.SUBMIT, actor=member, at=NOON)
    move_event(event, Act.PUBLISH, actor=make_coordinator(), at=NOON)

    assert event.state is PostingState.PUBLISHED
    assert (event.starts_at, event.capacity, event.published_at) == (EVENING, 40, NOON)
    assert (event.place_name, event.lat) == (
        lab.sites[0].place_name,
        lab.sites[0].lat,
    )


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"topics": frozenset()}, "ein Thema"),
        ({"audiences": frozenset()}, "für wen es ist"),
        ({"starts_at": None, "ends_at": None}, "wann es beginnt"),
        ({"starts_at": NOON - timedelta(days=2), "ends_at": None}, "vorbei"),
    ],
)
def test_event_that_lacks_something_is_not_submitted(lab, member, changes, named):
    event = write_event(lab, an_entry(lab, **changes), actor=member, at=NOON)

    with pytest.raises(Refusal, match=named):
        move_event(event, Act.SUBMIT, actor=member, at=NOON)

    assert event.state is PostingState.DRAFT


def test_event_that_ends_before_it_begins_is_not_written(lab, member):
    entry = an_entry(lab, ends_at=EVENING - timedelta(hours=1))

    with pytest.raises(Refusal, match="Ende"):
        write_event(lab, entry, actor=member, at=NOON)


def test_event_is_written_by_its_own_people_alone(lab):
    with pytest.raises(Refusal, match="Mitglieder"):
        write_event(lab, an_entry(lab), actor=make_user(), at=NOON)


def test_moved_event_keeps_in_its_history_what_clocks_showed(lab, member):
    event = make_event(organisation=lab, starts_at=EVENING, ends_at=None)
    entry = an_entry(lab, ends_at=None, starts_at=EVENING + timedelta(hours=1))

    revise_event(event, entry, actor=member, at=NOON)

    changes = db.session.scalars(
        select(PostingChange).where(PostingChange.field == "starts_at")
    )
    assert [(c.old, c.new) for c in changes] == [
        ("04.12.2026 19:30", "04.12.2026 20:30")
    ]


def test_copy_of_what_ended_asks_for_new_days(lab, member):
    over = make_event(PostingState.ENDED, lab, capacity=12)

    copy = copy_event(over, actor=member, at=NOON)

    assert (copy.state, copy.title) == (PostingState.DRAFT, over.title)
    assert (copy.starts_at, copy.ends_at, copy.capacity) == (None, None, 12)

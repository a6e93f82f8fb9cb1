"""Events of the demonstration, in the weeks ahead."""

from collections.abc import Mapping
from csv import DictReader
from datetime import datetime, time, timedelta
from importlib.resources import files

from marketplace.doors.commands.demo.people import Cast
from marketplace.doors.commands.demo.postings import by_name, member_of
from marketplace.foundation.clock import BERLIN, day_of
from marketplace.people.organisations.models import Organisation
from marketplace.postings.events.models import Event
from marketplace.postings.events.services import (
    EventEntry,
    copy_event,
    move_event,
    write_event,
)
from marketplace.postings.lives.enums import Act, PostingState

# A line of the table beside this module.
Story = Mapping[str, str]
# Written twice by two people, so that somebody says which one stays.
TWICE = "Lötwerkstatt: offene Türen"
LINK = "https://www.funkenkiste.example/offen"
# What became of further ones of the demo's provider.
FURTHER = (
    ("Probelauf: Löten im Dunkeln", Act.PAUSE),
    ("Sommerfest im Labor", Act.END),
)
LATER = timedelta(hours=1)


def post_events(cast: Cast, *, at: datetime) -> None:
    """Publishes what the table tells.

    Of the demo's provider one more rests, and one is over and begun anew.
    """
    organisations = by_name([*cast.providers, *cast.companies])
    stories = _stories()
    for story in stories:
        organisation = organisations[story["organisation"]]
        _publish(_written(story, organisation, at=at), cast, at=at)
    provider = cast.providers[0]
    for words in (TWICE, f"{TWICE}!"):
        told = {**stories[0], "title": words, "link": LINK}
        event = _written(told, provider, at=at)
        _publish(event, cast, at=at)
    for title, act in FURTHER:
        event = _written({**stories[0], "title": title}, provider, at=at)
        _publish(event, cast, at=at)
        actor = member_of(provider)
        move_event(event, act, actor=actor, at=at + LATER)
        if act is Act.END:
            copy_event(event, actor=actor, at=at + LATER)


def _written(story: Story, organisation: Organisation, *, at: datetime) -> Event:
    entry = _entry(story, organisation, at=at)
    return write_event(organisation, entry, actor=member_of(organisation), at=at)


def _publish(event: Event, cast: Cast, *, at: datetime) -> None:
    move_event(event, Act.SUBMIT, actor=member_of(event.organisation), at=at)
    if event.state is PostingState.SUBMITTED:
        move_event(event, Act.PUBLISH, actor=cast.users["koordination"], at=at)


def _entry(story: Story, organisation: Organisation, *, at: datetime) -> EventEntry:
    """The event of a story, so many weeks ahead."""
    today = day_of(at)
    monday = today + timedelta(weeks=int(story["weeks"]), days=-today.weekday())
    day = monday + timedelta(days=int(story["weekday"]))
    clock = time.fromisoformat(story["begins"].zfill(5))
    starts_at = datetime.combine(day, clock, BERLIN)
    return EventEntry(
        title=story["title"],
        description=story["description"],
        topics=organisation.topics,
        audiences=organisation.audiences,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=int(story["hours"])),
        link=story.get("link", ""),
        capacity=int(story["capacity"]) if story["capacity"] else None,
        site_id=organisation.sites[0].id,
    )


def _stories() -> list[Story]:
    beside = files("marketplace.doors.commands.demo").joinpath("events.csv")
    return list(DictReader(beside.read_text("utf-8").splitlines(), delimiter=";"))

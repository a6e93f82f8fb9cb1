from typing import Any

from flask import Blueprint, url_for

from marketplace.foundation.clock import BERLIN
from marketplace.people.organisations.models import Organisation
from marketplace.postings.events.forms import EventFilters, EventForm
from marketplace.postings.events.models import Event
from marketplace.postings.events.queries import (
    events_of,
    narrowed_events,
    soonest_first,
)
from marketplace.postings.events.rules import is_one_day
from marketplace.postings.events.services import (
    copy_event,
    move_event,
    revise_event,
    write_event,
)
from marketplace.postings.lives.enums import PUBLIC_STATES
from marketplace.postings.lives.views.kinds import Kind
from marketplace.postings.lives.views.machines import organiser_of, place_of
from marketplace.postings.lives.views.reading import Order
from marketplace.postings.lives.views.routes import serve

blueprint = Blueprint("events", __name__, url_prefix="/veranstaltungen")


def _form(organisation: Organisation, event: Event | None, **rest: Any) -> EventForm:
    return EventForm(sites=organisation.sites, event=event, **rest)


def _details(event: Event) -> dict[str, Any]:
    return {**_words(), "json_ld": _event(event)}


def _event(event: Event) -> dict[str, Any] | None:
    """What search engines read (schema.org Event); hints never have it."""
    if event.state not in PUBLIC_STATES or event.starts_at is None:
        return None
    link = url_for(".show", key=event, _external=True)
    last = event.ends_at or event.starts_at
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": link,
        "url": link,
        "name": event.title,
        "description": event.description,
        "startDate": event.starts_at.astimezone(BERLIN).isoformat(),
        "endDate": last.astimezone(BERLIN).isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "inLanguage": "de",
        "about": [str(topic.label) for topic in sorted(event.topics)],
        "location": place_of(event),
        "organizer": organiser_of(event),
    }
    if event.capacity:
        told["maximumAttendeeCapacity"] = event.capacity
    return told


def _words() -> dict[str, Any]:
    return {"is_one_day": is_one_day}


KIND = Kind(
    model=Event,
    folder="events",
    choices=(),
    filters=EventFilters,
    order=Order(soonest_first, is_ascending=True),
    narrow=narrowed_events,
    own=events_of,
    form=_form,
    write=write_event,
    revise=revise_event,
    move=move_event,
    copy=copy_event,
    details=_details,
    words=_words,
)
serve(blueprint, KIND)

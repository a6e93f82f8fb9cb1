"""The lists themselves, one address for each form."""

from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from flask import Response, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from marketplace.doors.feeds.enums import TYPES, Form
from marketplace.doors.feeds.queries import Stamp, in_portions, stamp_of
from marketplace.doors.feeds.services.atom import Head, atom_of
from marketplace.doors.feeds.services.calendars import calendar_of
from marketplace.doors.feeds.services.geojson import geojson_of
from marketplace.doors.feeds.services.records import record_of
from marketplace.doors.feeds.services.sheets import csv_of
from marketplace.doors.feeds.tables import LISTS
from marketplace.doors.feeds.views.blueprint import blueprint
from marketplace.doors.feeds.views.checking import mistakes_in
from marketplace.doors.feeds.views.choosing import CHOICES, OF_PAGES
from marketplace.foundation.clock import day_of, now, start_of
from marketplace.foundation.language import _, in_german
from marketplace.foundation.licences import is_open
from marketplace.foundation.refusals import found, permit
from marketplace.postings.events.models import Event
from marketplace.postings.lives.queries import posting_by_key
from marketplace.postings.lives.rules import is_public
from marketplace.upkeep.settings.queries import licence_changed_at, own_licence
from marketplace.web.access import EVERYONE, open_to
from marketplace.web.navigation import Link

NAMES, ENDINGS = ", ".join(f"'{name}'" for name in LISTS), ", ".join(Form)
# What every answer bears, so that pages of others may read it.
SHARED = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    # Asked for each time, answered in one line where nothing has changed.
    "Cache-Control": "no-cache",
}
# How a form is called where it is offered.
LABELS = {
    Form.CSV: "CSV",
    Form.GEOJSON: "GeoJSON",
    Form.ICS: "iCal",
    Form.ATOM: "Atom",
}


@blueprint.get(f"/<any({NAMES}):name>.<any({ENDINGS}):form>")
@open_to(EVERYONE)
def read(name: str, form: str) -> ResponseReturnValue:
    kept, ending = LISTS[name], Form(form)

    permit(ending in kept.forms)

    if wrong := mistakes_in(name, request.args):
        return _unusable(wrong)

    stamp = stamp_of(kept.model)
    response = Response(
        stream_with_context(_body(name, ending, stamp)), content_type=TYPES[ending]
    )
    response.headers.update(SHARED)
    way = "attachment" if ending is Form.CSV else "inline"
    response.headers.set("Content-Disposition", way, filename=f"{name}.{form}")
    response.set_etag(_tag(stamp))
    # What is over is left out from midnight on, without an act of anybody.
    midnight = start_of(day_of(now()))
    moments = (stamp.at, licence_changed_at(), midnight)
    response.last_modified = max(moment for moment in moments if moment)
    return response.make_conditional(request)


@blueprint.get("/veranstaltungen/<public:key>.ics")
@open_to(EVERYONE)
def event(key: str) -> ResponseReturnValue:
    posting = found(posting_by_key(Event, key))

    is_ours = not posting.source or is_open(posting.licence)
    permit(is_ours and is_public(posting, day_of(now())))

    records = [record_of(posting, _link_to)]
    text = "".join(calendar_of(records, since=date.min))
    response = Response(text, content_type=TYPES[Form.ICS])
    response.headers.update(SHARED)
    response.headers.set("Content-Disposition", "inline", filename="termin.ics")
    return response


def links_of(endpoint: str) -> list[Link]:
    """The addresses of the list that is looked at, with the same filters."""
    name = next((n for n, kept in LISTS.items() if kept.index == endpoint), None)
    if name is None:
        return []
    entries = request.args.to_dict(flat=False)
    told = {k: v for k, v in entries.items() if k not in OF_PAGES}
    return forms_of(name, **told)


def forms_of(name: str, **entries: Any) -> list[Link]:
    """The addresses of a list in each of its forms."""
    return [
        Link(LABELS[form], url_for("feeds.read", name=name, form=form.value, **entries))
        for form in LISTS[name].forms
    ]


def _unusable(mistakes: Sequence[str]) -> Response:
    """Says why a list cannot be narrowed so, to whoever looks why it stays empty."""
    text = "\n".join([_("Es gibt ein Problem"), *mistakes, ""])
    response = Response(text, HTTPStatus.UNPROCESSABLE_ENTITY, mimetype="text/plain")
    response.headers.update(SHARED)
    return response


def _body(name: str, form: Form, stamp: Stamp) -> Iterator[str]:
    kept = LISTS[name]
    things = in_portions(CHOICES[name](request.args), kept.model)
    if form is Form.CSV:
        yield from csv_of(kept.model, things, _link_to)
        return
    records = (record_of(thing, _link_to) for thing in things)
    if form is Form.GEOJSON:
        yield from geojson_of(records)
    elif form is Form.ICS:
        yield from calendar_of(records, since=day_of(now()), name=_title(name))
    else:
        yield from atom_of(_head(name, stamp), records)


def _title(name: str) -> str:
    return f"{in_german(LISTS[name].label)} – MINT-Börse Mitteldeutschland"


def _head(name: str, stamp: Stamp) -> Head:
    return Head(
        title=_title(name),
        link=url_for("feeds.read", name=name, form=Form.ATOM.value, _external=True),
        page=url_for(LISTS[name].index, _external=True),
        updated_at=stamp.at or now(),
    )


def _link_to(thing: Any) -> str:
    """The address of the page of a thing; of what has none, its place in the list."""
    kept = next(kept for kept in LISTS.values() if isinstance(thing, kept.model))
    if kept.endpoint is None:
        anchor = f"f-{thing.public_id}"
        return url_for(kept.index, _anchor=anchor, _external=True)
    return url_for(kept.endpoint, key=thing, _external=True)


def _tag(stamp: Stamp) -> str:
    """What changes with the list, the day, our licence, and with what is asked for."""
    told = (request.full_path, stamp.acts, day_of(now()), own_licence())
    return sha256(repr(told).encode()).hexdigest()[:24]

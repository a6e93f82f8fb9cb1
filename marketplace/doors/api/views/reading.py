"""What everybody may read: lists, single records, figures and the description."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial, update_wrapper
from typing import Any

from flask import current_app, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Integer

from marketplace.doors.api.schemas.columns import record_of, records
from marketplace.doors.api.schemas.description import RESOURCES
from marketplace.doors.api.schemas.figures import gaps, statistics
from marketplace.doors.api.schemas.parameters import PAGING, USUAL, read
from marketplace.doors.api.schemas.resources import Resource
from marketplace.doors.api.schemas.vocabulary import TOPIC_COLUMNS
from marketplace.doors.api.views.answering import answer
from marketplace.doors.api.views.blueprint import blueprint
from marketplace.doors.api.views.knowing import token_shown
from marketplace.doors.api.views.writing import own_posting
from marketplace.foundation.database import db
from marketplace.foundation.refusals import NotFound, found
from marketplace.postings.lives.views.kinds import Kind
from marketplace.region.topics.enums import Topic
from marketplace.web.access import EVERYONE, open_to
from marketplace.web.pages import Page, page_of
from marketplace.web.problems import BadEntries, Mistake

STRANGE_CURSOR = Mistake("after", "This cursor is not of this list.")
LARGEST = 2**31 - 1


def index(resource: Resource) -> ResponseReturnValue:
    values = read(request.args, (*resource.parameters, *PAGING))

    page = _page(resource, values)

    items = records(resource.columns)(page.rows)
    return _list(items, page.next)


def show(resource: Resource, key: str) -> ResponseReturnValue:
    read(request.args, ())
    if kind := _kind_of_own(resource):
        token = token_shown()
        with suppress(NotFound):  # what is another's is read as everybody reads it
            own = own_posting(kind, key, token)
            return answer(record_of(resource.columns, own))

    query = resource.query({}).where(resource.key == _typed(resource, key))
    thing = found(db.session.scalars(query).unique().one_or_none())

    return answer(record_of(resource.columns, thing))


@blueprint.get("/topics")
@open_to(EVERYONE)
def topics() -> ResponseReturnValue:
    values = read(request.args, PAGING)

    every = list(Topic)
    after = values.get("after")
    if after and after not in every:
        raise BadEntries([STRANGE_CURSOR])
    first = every.index(Topic(after)) + 1 if after else 0  # type: ignore[call-arg]
    end = first + values.get("limit", USUAL)

    items = records(TOPIC_COLUMNS)(every[first:end])
    return _list(items, items[-1]["id"] if items and end < len(every) else None)


@blueprint.get("/topics/<key>")
@open_to(EVERYONE)
def topic(key: str) -> ResponseReturnValue:
    read(request.args, ())

    named = {topic.value: topic for topic in Topic}

    return answer(record_of(TOPIC_COLUMNS, found(named.get(key))))


@blueprint.get("/statistics")
@open_to(EVERYONE)
def published_figures() -> ResponseReturnValue:
    read(request.args, ())

    return answer({"items": statistics()})


@blueprint.get("/gaps")
@open_to(EVERYONE)
def missing() -> ResponseReturnValue:
    read(request.args, ())

    return answer({"items": gaps()})


def _kind_of_own(resource: Resource) -> Kind[Any] | None:
    """The kind of what an organisation's program asks for; None where anybody asks."""
    written: Mapping[str, Kind[Any]] = current_app.extensions["written"]
    return written.get(resource.name) if "Authorization" in request.headers else None


def _page(resource: Resource, values: Mapping[str, Any]) -> Page[Any]:
    try:
        return page_of(
            resource.query(values),
            by=resource.order,
            after=values.get("after"),
            size=values.get("limit", USUAL),
        )
    except NotFound as mistake:  # a cursor that is not ours
        raise BadEntries([STRANGE_CURSOR]) from mistake


def _list(
    items: Sequence[Mapping[str, Any]], cursor: str | None
) -> ResponseReturnValue:
    headers = {}
    if cursor:
        entries: dict[str, Any] = request.args.to_dict(flat=False)
        entries["after"] = cursor
        address = url_for(request.endpoint or "", _external=True, **entries)
        headers["Link"] = f'<{address}>; rel="next"'
    return answer({"items": items, "next": cursor}, headers=headers)


def _typed(resource: Resource, key: str) -> str | int:
    """The key as its column keeps it; readable words may stand behind an id."""
    if not isinstance(resource.key.type, Integer):
        return key.partition("-")[0]
    if not (key.isascii() and key.isdigit()) or int(key) > LARGEST:
        raise NotFound
    return int(key)


def _serve(resource: Resource) -> None:
    for address, name, view in (
        (f"/{resource.name}", f"list_{resource.name}", index),
        (f"/{resource.name}/<key>", f"show_{resource.name}", show),
    ):
        shared = open_to(EVERYONE)(update_wrapper(partial(view, resource), view))
        blueprint.add_url_rule(address, name, shared, methods=["GET"])


for one in RESOURCES:
    _serve(one)

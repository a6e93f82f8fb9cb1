"""What is handed on: the page for people, and the catalogue for portals."""

import json
from dataclasses import dataclass
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.doors.feeds.enums import TYPES
from marketplace.doors.feeds.queries import left_out_count, stamp_of
from marketplace.doors.feeds.services.catalogue import (
    Dataset,
    Offered,
    Publisher,
    catalogue_of,
)
from marketplace.doors.feeds.tables import LISTS, WORDS
from marketplace.doors.feeds.views.blueprint import blueprint
from marketplace.doors.feeds.views.reading import SHARED, forms_of
from marketplace.foundation.clock import now
from marketplace.foundation.language import in_german
from marketplace.foundation.licences import OWN_LICENCES
from marketplace.upkeep.settings.enums import Setting
from marketplace.upkeep.settings.queries import own_licence, value_of
from marketplace.web.access import EVERYONE, open_to
from marketplace.web.navigation import Link


@dataclass(frozen=True)
class Line:
    """One list as the page tells it: where it is, its forms, what is left out."""

    label: str
    link: str
    words: str
    forms: list[Link]
    left_out_count: int


@blueprint.get("/daten")
@open_to(EVERYONE)
def about() -> ResponseReturnValue:
    lines = [
        Line(
            label=str(kept.label),
            link=url_for(kept.index),
            words=str(WORDS[name]),
            forms=forms_of(name),
            left_out_count=left_out_count(kept.model),
        )
        for name, kept in LISTS.items()
    ]

    return render_template(
        "doors/feeds/about.html", lines=lines, licence=OWN_LICENCES[own_licence()]
    )


@blueprint.get("/daten/katalog.jsonld")
@open_to(EVERYONE)
def catalogue() -> ResponseReturnValue:
    told: dict[str, Any] = catalogue_of(
        url_for(".catalogue", _external=True), _publisher(), _datasets()
    )

    body = json.dumps(told, ensure_ascii=False, indent=1)
    response = Response(body, content_type="application/ld+json")
    response.headers.update(SHARED)
    response.add_etag()
    return response.make_conditional(request)


def _publisher() -> Publisher:
    name = value_of(Setting.OFFICE_NAME) or "MINT-Börse Mitteldeutschland"
    page = url_for("home.index", _external=True)
    email, licence = value_of(Setting.OFFICE_EMAIL), OWN_LICENCES[own_licence()]
    return Publisher(str(name), page, str(email), licence)


def _datasets() -> list[Dataset]:
    return [
        Dataset(
            name=name,
            title=in_german(kept.label),
            words=in_german(WORDS[name]),
            page=url_for(kept.index, _external=True),
            changed_at=stamp_of(kept.model).at or now(),
            forms=[
                Offered(
                    form.value,
                    url_for("feeds.read", name=name, form=form.value, _external=True),
                    TYPES[form],
                )
                for form in kept.forms
            ],
        )
        for name, kept in LISTS.items()
    ]

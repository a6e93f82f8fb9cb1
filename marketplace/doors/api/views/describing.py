"""The description, for programs as JSON; its page reads the same."""

from collections.abc import Mapping
from typing import Any

from flask import current_app, url_for
from flask.typing import ResponseReturnValue

from marketplace.doors.api.schemas.description import described
from marketplace.doors.api.schemas.entries import schema_of_form
from marketplace.doors.api.views.answering import answer
from marketplace.doors.api.views.blueprint import blueprint
from marketplace.doors.api.views.writing import blank_form
from marketplace.postings.lives.views.kinds import Kind
from marketplace.web.access import EVERYONE, open_to


@blueprint.get("/openapi.json")
@open_to(EVERYONE)
def openapi() -> ResponseReturnValue:
    return answer(description())


def description() -> dict[str, Any]:
    """All that can be asked for here, the forms of what can be written among it."""
    written: Mapping[str, Kind[Any]] = current_app.extensions["written"]
    forms = {name: schema_of_form(blank_form(kind)) for name, kind in written.items()}
    base = url_for("api.openapi", _external=True).removesuffix("/openapi.json")
    return described(base, forms)

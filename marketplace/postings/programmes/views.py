from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import day_of, now
from marketplace.postings.programmes.forms import ProgrammeFilters
from marketplace.postings.programmes.queries import (
    LATEST_FIRST,
    SOONEST_FIRST,
    expired,
    programmes,
    still_open,
)
from marketplace.postings.programmes.rules import is_expired, is_stale
from marketplace.web.access import EVERYONE, open_to
from marketplace.web.pages import COUNTED, count_of, page_of

blueprint = Blueprint("programmes", __name__, url_prefix="/foerderprogramme")


@blueprint.get("")
@open_to(EVERYONE)
def index() -> ResponseReturnValue:
    filters, today = ProgrammeFilters(request.args), day_of(now())
    query = programmes(
        q=filters.values.get("q", ""),
        land=filters.values.get("land"),
        topics=filters.thema.topics,
    )

    over, is_over = expired(query, today), bool(filters.abgelaufen.data)
    shown = over if is_over else still_open(query, today)
    keys = LATEST_FIRST if is_over else SOONEST_FIRST
    after = filters.values.get("nach")
    page = page_of(shown, by=keys, after=after, ascending=not is_over)

    return render_template(
        "postings/programmes/index.html",
        filters=filters,
        page=page,
        count=count_of(shown),
        counted=COUNTED,
        expired_count=0 if is_over else count_of(over),
        is_expired=lambda programme: is_expired(programme, today),
        is_stale=lambda programme: is_stale(programme, today),
        link=lambda **changes: _link(filters, **changes),
    )


def _link(filters: ProgrammeFilters, **changes: Any) -> str:
    """The address of this list with some entries changed; None takes one away."""
    sent = {name: filters[name].raw_data for name in filters.values if name != "nach"}
    entries = {**sent, **changes}
    return url_for(".index", **{k: v for k, v in entries.items() if v is not None})

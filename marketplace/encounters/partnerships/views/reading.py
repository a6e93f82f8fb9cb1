"""Lists, the page of one partnership, and what stalls."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from marketplace.encounters.introductions.enums import Side
from marketplace.encounters.introductions.services.telling import broker_log
from marketplace.encounters.partnerships.enums import Act
from marketplace.encounters.partnerships.models import Partnership
from marketplace.encounters.partnerships.queries import (
    NEWEST_FIRST,
    all_partnerships,
    introductions_to_arrange,
    partnerships_of,
    stalled_partnerships,
)
from marketplace.encounters.partnerships.rules import (
    can_act,
    has_confirmed,
    is_public,
    is_with_school,
    lacks_decision,
    line_words,
    wish_of,
)
from marketplace.encounters.partnerships.services.telling import (
    questions_for,
    readable_feedback,
)
from marketplace.encounters.partnerships.views.blueprint import (
    blueprint,
    seen,
    side_for,
)
from marketplace.foundation.clock import now
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.queries import organisations_of
from marketplace.web.access import actor, open_to
from marketplace.web.pages import page_of


@blueprint.get("")
@open_to(Role.MEMBER, Role.COORDINATOR)
def index() -> ResponseReturnValue:
    is_office = actor().role is Role.COORDINATOR

    organisations = [] if is_office else organisations_of(actor())
    query = all_partnerships() if is_office else partnerships_of(organisations)
    page = page_of(query, by=NEWEST_FIRST, after=request.args.get("nach"))

    return render_template(
        "encounters/partnerships/index.html",
        page=page,
        agreed=introductions_to_arrange(organisations),
        is_office=is_office,
        words_of=line_words,
    )


@blueprint.get("/stockend")
@open_to(Role.COORDINATOR)
def stalled() -> ResponseReturnValue:
    query = stalled_partnerships(now()).order_by(None)
    page = page_of(
        query,
        by=(Partnership.due_at, Partnership.id),
        after=request.args.get("nach"),
        ascending=True,
    )

    return render_template("encounters/partnerships/stalled.html", page=page)


@blueprint.get("/<public:key>")
@open_to(Role.MEMBER, Role.COORDINATOR)
def show(key: str) -> ResponseReturnValue:
    partnership = seen(key)

    side, at = side_for(partnership), now()

    return render_template(
        "encounters/partnerships/show.html",
        partnership=partnership,
        side=side,
        acts={act for act in Act if can_act(side, partnership, act)},
        words_of=line_words,
        has_confirmed=has_confirmed,
        is_with_school=is_with_school(partnership),
        lacks_decision=lacks_decision(partnership),
        is_public=is_public(partnership),
        my_wish=wish_of(partnership, side),
        feedback=readable_feedback(partnership, side, at=at),
        questions=questions_for(partnership, side, at=at)
        if side is not Side.COORDINATION
        else [],
        log=broker_log(partnership.introduction),
    )

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import InstrumentedAttribute
from werkzeug.datastructures import MultiDict

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.geometry import Point
from marketplace.foundation.language import chosen_language
from marketplace.foundation.refusals import found
from marketplace.overview.occupations.forms import OccupationFilters, PlaceFilters
from marketplace.overview.occupations.queries import (
    internships_near,
    offers_near,
    sites_near,
)
from marketplace.overview.occupations.tables import LIKINGS
from marketplace.people.accounts.enums import Role
from marketplace.postings.internships.rules import open_periods
from marketplace.postings.lives.rules import sign_for as sign_of_posting
from marketplace.postings.rolemodels.queries import rolemodels_like
from marketplace.region.occupations.models import Occupation
from marketplace.region.occupations.queries import (
    BY_TITLE,
    group_by_code,
    narrowed_occupations,
    occupation_by_key,
    occupations_around,
)
from marketplace.region.occupations.rules import sign_for, story_of
from marketplace.region.places.queries import place_for
from marketplace.web.access import EVERYONE, actor, open_to
from marketplace.web.heads import present_link
from marketplace.web.pages import COUNTED, count_of, is_cursor_of, page_of

blueprint = Blueprint("occupations", __name__, url_prefix="/berufe")


@blueprint.get("")
@open_to(EVERYONE)
def index() -> ResponseReturnValue:
    filters = OccupationFilters(request.args)
    query = narrowed_occupations(
        words=filters.values.get("q", ""),
        way=filters.values.get("art"),
        topics=filters.thema.topics,
    )

    after = filters.values.get("nach")
    page = page_of(query, by=_order_of(after), after=after, ascending=True)

    return render_template(
        "overview/occupations/index.html",
        filters=filters,
        page=page,
        count=count_of(query),
        counted=COUNTED,
        likings=LIKINGS,
        sign_for=sign_for,
        story_of=story_of,
        link=lambda **changes: _link(filters, **changes),
    )


@blueprint.get("/<public:key>")
@open_to(EVERYONE)
def show(key: str) -> ResponseReturnValue:
    occupation = found(occupation_by_key(key))

    present = present_link(occupation)
    if present:
        return redirect(present, 301)

    filters = PlaceFilters(request.args or MultiDict({"ort": _own_town()}))
    place = place_for(filters.values.get("ort", ""))
    centre = Point(place.lat, place.lon) if place else None

    return render_template(
        "overview/occupations/show.html",
        occupation=occupation,
        story=story_of(occupation, chosen_language()),
        story_of=story_of,
        sign=sign_for(occupation),
        group=group_by_code(occupation.code),
        filters=filters,
        place=place,
        internships=internships_near(occupation, centre),
        offers=offers_near(occupation, centre),
        sites=sites_near(occupation, centre),
        others=occupations_around(occupation),
        rolemodels=rolemodels_like(occupation),
        sign_for=sign_of_posting,
        open_periods=lambda internship: open_periods(internship, day_of(now())),
        json_ld=_occupation(occupation),
    )


def _order_of(cursor: str | None) -> Sequence[InstrumentedAttribute[Any]]:
    """By the names that are shown; a list begun in another order goes on in that."""
    orders = (BY_TITLE[chosen_language()], *BY_TITLE.values())
    fitting = (by for by in orders if not cursor or is_cursor_of(cursor, by))
    return next(fitting, orders[0])


def _own_town() -> str:
    """Where a pupil lives, if she told it; others say where they are."""
    person = actor()
    is_pupil = getattr(person, "role", None) is Role.PUPIL
    return person.pupil.town if is_pupil and person.pupil else ""


def _link(filters: OccupationFilters, **changes: Any) -> str:
    """The address of this list with some entries changed; None takes one away."""
    sent = {name: filters[name].raw_data for name in filters.values if name != "nach"}
    entries = {**sent, **changes}
    return url_for(".index", **{k: v for k, v in entries.items() if v is not None})


def _occupation(occupation: Occupation) -> dict[str, Any]:
    """The occupation in the words of schema.org."""
    story = story_of(occupation, chosen_language())
    return {
        "@context": "https://schema.org",
        "@type": "Occupation",
        "name": story.name,
        "url": url_for(".show", key=occupation, _external=True),
        "description": story.doing,
        "occupationalCategory": {
            "@type": "CategoryCode",
            "codeValue": occupation.code,
            "inCodeSet": "KldB 2010",
        },
        "qualifications": story.way,
    }

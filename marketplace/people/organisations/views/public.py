from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.database import db
from marketplace.foundation.geometry import Point
from marketplace.foundation.refusals import found, permit
from marketplace.people.organisations.enums import STEP_OF, CheckWay, VerificationStep
from marketplace.people.organisations.forms.listing import OrganisationFilters
from marketplace.people.organisations.forms.verifying import ReturnForm
from marketplace.people.organisations.models import Organisation, Picture, Site
from marketplace.people.organisations.queries import (
    BY_NAME,
    imported_organisations,
    listed_organisations,
    organisation_by_key,
    products_of,
)
from marketplace.people.organisations.rules import (
    can_see,
    is_member,
    is_owner,
    is_safeguarded,
    is_verified,
    shares_domain,
    shows_contact,
    tells_all,
    works_on,
)
from marketplace.region.places.queries import all_districts, place_meant
from marketplace.region.topics.rules import sign_of
from marketplace.web.access import EVERYONE, actor, open_to
from marketplace.web.heads import present_link
from marketplace.web.maps import Spot, map_of
from marketplace.web.pages import COUNTED, count_of, page_of

blueprint = Blueprint("organisations", __name__, url_prefix="/organisationen")

# A code is noted when it is entered; the other ways the office presses.
PRESSED = frozenset(CheckWay) - {CheckWay.CLAIM_CODE}
# So near, in digits of a degree, two sites share a sign on the map.
SAME_SPOT = 2


@dataclass(frozen=True)
class Shown:
    """A picture by its addresses, its words and the size of the large one."""

    small: str
    large: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True)
class Line:
    """An organisation as a line of the directory: the numbers of its sites' signs."""

    organisation: Organisation
    numbers: Sequence[int]

    @property
    def anchor(self) -> str:
        """Where in the page its card stands."""
        return f"o-{self.organisation.public_id}"


@blueprint.get("")
@open_to(EVERYONE)
def index() -> ResponseReturnValue:
    districts = [(d.ags, d.name) for d in db.session.scalars(all_districts())]
    filters = OrganisationFilters(request.args, districts=districts)

    found_here = filters.values
    place = place_meant(found_here.get("ort", ""), found_here.get("land"))
    hints = imported_organisations(filters.q.data or "")
    query = (
        hints
        if filters.hinweise.data
        else listed_organisations(**filters.narrowing(place))
    )
    page = page_of(query, by=BY_NAME, after=request.args.get("nach"), ascending=True)
    lines, spots = _lines(page.rows)

    return render_template(
        "people/organisations/index.html",
        filters=filters,
        page=page,
        lines=lines,
        map=None if filters.hinweise.data else map_of(spots),
        count=count_of(query),
        counted=COUNTED,
        hint_count=count_of(hints),
        is_unknown_place="ort" in found_here and place is None,
    )


@blueprint.get("/<public:key>")
@open_to(EVERYONE)
def show(key: str) -> ResponseReturnValue:
    organisation = found(organisation_by_key(key))

    permit(can_see(actor(), organisation))

    present = present_link(organisation)
    if present:
        return redirect(present, 301)

    return page_of_organisation(organisation)


def page_of_organisation(
    organisation: Organisation,
    *,
    return_form: ReturnForm | None = None,
) -> str:
    """The page of one organisation; a form with mistakes takes its place in it."""
    [line], spots = _lines([organisation])
    is_told = tells_all(actor(), organisation)
    is_mine = is_member(actor(), organisation)
    is_office = works_on(actor(), organisation) and not is_mine
    if is_office:  # the token of a form would give every reader a cookie
        return_form = return_form or ReturnForm(None)
    return render_template(
        "people/organisations/show.html",
        organisation=organisation,
        return_form=return_form,
        anchor=line.anchor,
        sign_of=sign_of,
        map=map_of(spots, labels=_towns(organisation)) if spots and is_told else None,
        is_told=is_told,
        is_mine=is_mine,
        is_owner=is_owner(actor(), organisation),
        is_office=is_office,
        is_verified=is_verified(organisation),
        shows_contact=shows_contact(organisation),
        check_ways=_ways_of_steps(),
        shares_domain=shares_domain,
        is_safeguarded=is_safeguarded(organisation, day_of(now())),
        products=products_of(organisation),
        picture_of=picture_shown,
        json_ld=_organization(organisation) if is_verified(organisation) else None,
    )


def picture_shown(picture: Picture | None) -> Shown | None:
    """A picture as a page shows it."""
    if picture is None:
        return None
    return Shown(
        url_for("products.picture", key=picture.small.public_id),
        url_for("products.picture", key=picture.large.public_id),
        picture.alt,
        picture.width,
        picture.height,
    )


def _ways_of_steps() -> Mapping[VerificationStep, Sequence[CheckWay]]:
    """The steps of a verification in their order, each with its ways."""
    return {
        step: [way for way in CheckWay if STEP_OF[way] is step and way in PRESSED]
        for step in VerificationStep
    }


def _lines(organisations: Sequence[Organisation]) -> tuple[list[Line], list[Spot]]:
    """Numbers the sites of a page for the map; neighbours share a sign."""
    signs: dict[tuple[float, float], list[tuple[Site, Line]]] = {}
    lines = []
    for organisation in organisations:
        line = Line(organisation, numbers := [])
        for site in organisation.sites:
            if site.lat is None or site.lon is None:
                continue
            spot = (round(site.lat, SAME_SPOT), round(site.lon, SAME_SPOT))
            signs.setdefault(spot, []).append((site, line))
            number = list(signs).index(spot) + 1
            numbers += [number] if number not in numbers else []
        lines.append(line)
    return lines, [
        _spot(number, group) for number, group in enumerate(signs.values(), 1)
    ]


def _towns(organisation: Organisation) -> list[tuple[str, Point]]:
    """The names that its map shows beside the signs."""
    return [
        (site.place_name or "", Point(site.lat, site.lon))
        for site in organisation.sites
        if site.lat is not None and site.lon is not None
    ]


def _spot(number: int, group: Sequence[tuple[Site, Line]]) -> Spot:
    site, line = group[0]
    names = dict.fromkeys(line.organisation.name for _site, line in group)
    return Spot(
        point=Point(site.lat or 0.0, site.lon or 0.0),
        number=number,
        label=f"{site.place_name}: {'; '.join(names)}",
        link=f"#{line.anchor}",
    )


def _organization(organisation: Organisation) -> dict[str, Any]:
    """The organisation in the words of schema.org."""
    return {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": organisation.name,
        "url": url_for(".show", key=organisation, _external=True),
        "description": organisation.description,
        "sameAs": organisation.website or None,
        "location": [
            {
                "@type": "Place",
                "address": {
                    "@type": "PostalAddress",
                    "addressCountry": "DE",
                    "addressLocality": site.place_name,
                    "postalCode": site.postal_code,
                    "streetAddress": site.street or None,
                },
            }
            for site in organisation.sites
        ],
    }

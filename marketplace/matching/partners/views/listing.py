"""The list of partners of one offer or site, and where one's own are."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from marketplace.encounters.introductions.models import Introduction, Unwanted
from marketplace.encounters.introductions.queries import asked_quantities, contacts_of
from marketplace.encounters.introductions.rules import is_live
from marketplace.foundation.clock import now
from marketplace.foundation.geometry import Point
from marketplace.foundation.refusals import permit
from marketplace.matching.partners.forms import PartnerFilters, SearchForm
from marketplace.matching.partners.queries import (
    MATCHED_FIRST,
    offers_named,
    running_bundle,
    sites_named,
)
from marketplace.matching.partners.rules import can_look, names_no_subject
from marketplace.matching.partners.services.bundling import BundleTable, bundles_of
from marketplace.matching.partners.services.covering import entered_of
from marketplace.matching.partners.services.finding import IN_FULL, Finding
from marketplace.matching.partners.services.widening import additions_for
from marketplace.matching.partners.services.worlds import World, world_at
from marketplace.matching.partners.views.blueprint import blueprint
from marketplace.matching.partners.views.reading import (
    Thing,
    line_names,
    narrowing_of,
    profile_of,
    thing_by_key,
    told_choices,
)
from marketplace.matching.partners.views.trying import found_with, tools_of
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.queries import organisations_of
from marketplace.postings.offers.models import Offer
from marketplace.postings.offers.queries import matchable_offers, offers_of_each
from marketplace.postings.sponsorships.queries import giving_sites_of
from marketplace.web.access import EVERYONE, actor, open_to
from marketplace.web.maps import Map, Spot, constellation_map, map_of
from marketplace.web.pages import page_of


@blueprint.get("")
@open_to(EVERYONE)
def index() -> ResponseReturnValue:
    person = actor()

    organisations = organisations_of(person) if person else []
    is_office = person is not None and person.role is Role.COORDINATOR
    query = matchable_offers() if is_office else offers_of_each(organisations)
    after = request.args.get("nach")
    page = page_of(query.order_by(None), by=(MATCHED_FIRST, Offer.id), after=after)

    return render_template(
        "matching/partners/index.html",
        page=page,
        is_office=is_office,
        sites=giving_sites_of(organisations),
    )


@blueprint.get("/<public:key>")
@open_to(Role.MEMBER, Role.COORDINATOR)
def show(key: str) -> ResponseReturnValue:
    thing = thing_by_key(key)

    permit(can_look(actor(), thing.organisation))

    filters = PartnerFilters(request.args, line_names(thing))
    office = _office(thing) if actor().role is Role.COORDINATOR else {}
    contacts = contacts_of(thing.organisation)
    needs = {"narrowing": narrowing_of(filters), **_needs(thing, contacts)}
    world, finding, changes = found_with(
        world_at(now()), thing, office.get("trial"), needs
    )
    return render_template(
        "matching/partners/show.html",
        thing=thing,
        is_offer=isinstance(thing, Offer),
        finding=finding,
        in_full=IN_FULL,
        as_of=world.made_at,
        filters=filters,
        map=_map(thing, finding),
        **_bundles(world, thing, contacts),
        lacks_subject=isinstance(thing, Offer) and names_no_subject(thing.topics),
        additions=additions_for(world, profile_of(thing)),
        contacts=contacts,
        is_live=is_live,
        choices=_choices(world, thing),
        office=office,
        changes=changes,
    )


def _choices(world: World, thing: Thing) -> Sequence[Unwanted]:
    """Who is not wanted, and by whom; the arrays know whether there is anybody."""
    blocked = world.index.relations.blocked.of(thing.organisation_id)
    return told_choices(thing) if blocked else []


def _office(thing: Thing) -> dict[str, Any]:
    """What the office may try: another need line, and a pair with whom it names."""
    search, world = SearchForm(request.args), world_at(now())
    name = search.values.get("name", "")
    others = _named(thing, name) if name else []
    return {
        **(tools_of(thing) if isinstance(thing, Offer) else {}),
        "search": search,
        "others": [one for one in others if profile_of(one) in world.index.profiles],
    }


def _named(thing: Thing, name: str) -> Sequence[Thing]:
    return sites_named(name) if isinstance(thing, Offer) else offers_named(name)


def _needs(thing: Thing, contacts: Sequence[Introduction]) -> dict[str, Any]:
    """The need lines, and how much of each waits for an answer or is agreed."""
    if not isinstance(thing, Offer):
        return {}
    # Whoever never asked anybody has nothing to be counted.
    quantities = asked_quantities(thing.id) if contacts else {}
    asked = {n: quantities.get(x.id, 0) for n, x in enumerate(thing.lines, 1)}
    return {"entered": entered_of(thing.lines), "asked": asked}


def _map(thing: Thing, finding: Finding) -> Map | None:
    if thing.lat is None or thing.lon is None:
        return None
    spots = [
        Spot(
            partner.point, partner.rank, partner.organisation.name, f"#p{partner.rank}"
        )
        for partner in finding.partners
    ]
    here = Point(thing.lat, thing.lon)
    return map_of(spots, labels=[(thing.place_name or "", here)], centre=here)


def _bundles(
    world: World, thing: Thing, contacts: Sequence[Introduction]
) -> dict[str, Any]:
    """The bundles for an offer, drawn, and who was asked as one of the last."""
    if not isinstance(thing, Offer):
        return {}
    asked = running_bundle(thing.id) if contacts else []
    found = bundles_of(world, thing, asked)
    stars = _stars(thing, found.best) if found else None
    return {"bundles": found, "stars": stars, "running": asked}


def _stars(thing: Thing, bundle: BundleTable) -> Map:
    here = Point(thing.lat or 0.0, thing.lon or 0.0)
    others = [(member.name, member.point) for member in bundle.members]
    return constellation_map(
        (thing.organisation.name, here), others, description=bundle.names
    )

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.introductions.enums import Side
from marketplace.encounters.introductions.queries import contacts_of
from marketplace.encounters.introductions.rules import is_live
from marketplace.foundation.clock import now
from marketplace.foundation.geometry import Point
from marketplace.foundation.language import _
from marketplace.foundation.refusals import NotFound, found, permit
from marketplace.matching.partners.forms import PartnerFilters
from marketplace.matching.partners.rules import can_look
from marketplace.matching.partners.services.finding import Finding, partners_of
from marketplace.matching.partners.services.proposing import propose
from marketplace.matching.partners.services.worlds import (
    profile_of_offer,
    profile_of_site,
    world_at,
)
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.models import Site
from marketplace.people.organisations.queries import organisations_of, site_by_key
from marketplace.people.organisations.rules import is_member
from marketplace.postings.offers.models import Offer
from marketplace.postings.offers.queries import (
    matchable_offers,
    offer_by_key,
    offers_of_each,
)
from marketplace.postings.sponsorships.queries import giving_sites_of
from marketplace.web.access import EVERYONE, actor, open_to
from marketplace.web.maps import Map, Spot, map_of
from marketplace.web.pages import page_of

blueprint = Blueprint("partners", __name__, url_prefix="/partner")


@blueprint.get("")
@open_to(EVERYONE)
def index() -> ResponseReturnValue:
    person = actor()

    organisations = organisations_of(person) if person else []
    is_office = person is not None and person.role is Role.COORDINATOR
    query = matchable_offers() if is_office else offers_of_each(organisations)
    after = request.args.get("nach")
    page = page_of(query.order_by(None), by=(Offer.id,), after=after)

    return render_template(
        "matching/partners/index.html",
        page=page,
        is_office=is_office,
        sites=giving_sites_of(organisations),
    )


@blueprint.get("/<public:key>")
@open_to(Role.MEMBER, Role.COORDINATOR)
def show(key: str) -> ResponseReturnValue:
    thing = _thing(key)

    permit(can_look(actor(), thing.organisation))

    filters = PartnerFilters(request.args)
    world = world_at(now())
    finding = partners_of(
        world, _profile_of(thing), radius_km=filters.values.get("umkreis")
    )
    return render_template(
        "matching/partners/show.html",
        thing=thing,
        is_offer=isinstance(thing, Offer),
        finding=finding,
        filters=filters,
        map=_map(thing, finding),
        contacts=contacts_of(thing.organisation),
        is_live=is_live,
        can_propose=is_member(actor(), thing.organisation)
        or actor().role is Role.COORDINATOR,
    )


@blueprint.post("/<public:key>/vorstellen/<public:other>")
@open_to(Role.MEMBER, Role.COORDINATOR)
def introduce(key: str, other: str) -> ResponseReturnValue:
    mine, theirs = _thing(key), _thing(other)

    permit(can_look(actor(), mine.organisation))

    offer, site = _pair(mine, theirs)
    introduction = propose(offer, site, side=_side(mine), actor=actor(), at=now())

    flash(_("Angefragt. Kontakte sehen beide Seiten erst nach zwei Zusagen."))
    return redirect(url_for("introductions.show", key=introduction))


def _thing(key: str) -> Offer | Site:
    """The offer or site of this public id."""
    offer = offer_by_key(key)
    return offer or found(site_by_key(key))


def _pair(one: Offer | Site, other: Offer | Site) -> tuple[Offer, Site]:
    """An offer and a site, whichever of both comes first; two of a kind are none."""
    if isinstance(one, Offer) and isinstance(other, Site):
        return one, other
    if isinstance(one, Site) and isinstance(other, Offer):
        return other, one
    raise NotFound


def _side(mine: Offer | Site) -> Side:
    if actor().role is Role.COORDINATOR:
        return Side.COORDINATION
    return Side.PROVIDER if isinstance(mine, Offer) else Side.COMPANY


def _profile_of(thing: Offer | Site) -> int:
    if isinstance(thing, Offer):
        return profile_of_offer(thing.id)
    return profile_of_site(thing.id)


def _map(thing: Offer | Site, finding: Finding) -> Map | None:
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

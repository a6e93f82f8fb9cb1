"""Where an organisation works: its owners say so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation, Site
from marketplace.people.organisations.services.allowing import require_owner
from marketplace.people.organisations.services.indexing import index_organisation
from marketplace.region.places.models import Place
from marketplace.region.places.queries import address_of, place_for
from marketplace.region.topics.enums import Accessibility
from marketplace.upkeep.audit.services import record


@dataclass(frozen=True, kw_only=True)
class SiteEntry:
    """Where an organisation works; before the town a postal code may stand."""

    place: str
    street: str = ""
    radius_km: int | None = None
    is_radius_hard: bool = True
    accessibility: frozenset[Accessibility] = frozenset()
    way_there: str = ""


def add_site(
    organisation: Organisation, entry: SiteEntry, *, actor: User, at: datetime
) -> Site:
    """Adds a place where the organisation works; refuses one outside the region."""
    require_owner(organisation, actor)
    site = Site()
    _place(entry, site)
    organisation.sites.append(site)
    db.session.flush()  # the record needs its id
    record("organisation.site_added", site, actor=actor, at=at)
    index_organisation(organisation)
    return site


def add_known_site(
    organisation: Organisation, place: Mapping[str, Any], *, actor: User, at: datetime
) -> Site:
    """Adds a site where a list says that the organisation works.

    `place` are the columns of where that is.
    """
    site = Site(**place)
    organisation.sites.append(site)
    db.session.flush()  # the record needs its id
    record("organisation.site_added", site, actor=actor, at=at)
    index_organisation(organisation)
    return site


def revise_site(site: Site, entry: SiteEntry, *, actor: User, at: datetime) -> None:
    """Changes where and how far an organisation works.

    Whoever calls knows that nobody is expected there if `moves` says that it moves.
    """
    require_owner(site.organisation, actor)
    _place(entry, site)
    record("organisation.site_revised", site, actor=actor, at=at)
    index_organisation(site.organisation)


def drop_site(site: Site, *, actor: User, at: datetime) -> None:
    """Takes a place away; whoever calls knows that nothing points to it."""
    require_owner(site.organisation, actor)
    organisation = site.organisation
    record("organisation.site_removed", site, actor=actor, at=at)
    organisation.sites.remove(site)
    index_organisation(organisation)


def moves(site: Site, entry: SiteEntry) -> bool:
    """Says whether an entry names another town, or another postal code of it."""
    return entry.place.strip() != site.town


def _place(entry: SiteEntry, site: Site) -> None:
    is_known = site.lat is not None
    if not is_known or moves(site, entry):  # else it stays where it is
        place = _found_place(entry.place)
        site.place_name = place.name
        site.postal_code = address_of(entry.place).postal_code
        site.state_code, site.district_ags = place.state, place.district_ags
        site.lat, site.lon = place.lat, place.lon
    site.street, site.way_there = entry.street, entry.way_there
    site.radius_km, site.is_radius_hard = entry.radius_km, entry.is_radius_hard
    site.accessibility = entry.accessibility


def _found_place(text: str) -> Place:
    place = place_for(text)
    if place is None:
        raise Refusal(
            _("Den Ort „%(place)s“ kennen wir nicht.", place=text)
            + " "
            + _("Nennen Sie eine Stadt oder Gemeinde in einem der drei Länder.")
        )
    return place

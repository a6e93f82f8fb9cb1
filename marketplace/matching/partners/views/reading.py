"""What the pages of partners are about: an offer or a site, and who looks at it."""

from collections.abc import Iterable, Sequence

from flask import request

from marketplace.encounters.introductions.enums import Side
from marketplace.encounters.introductions.models import Unwanted
from marketplace.encounters.introductions.queries import unwanted_around
from marketplace.foundation.refusals import NotFound, found
from marketplace.matching.partners.forms import PartnerFilters
from marketplace.matching.partners.services.finding import Narrowing
from marketplace.matching.partners.services.worlds import (
    profile_of_offer,
    profile_of_site,
)
from marketplace.matching.scores.sets import MOST_PARTNERS
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.models import Site
from marketplace.people.organisations.queries import site_by_key
from marketplace.postings.offers.models import Offer
from marketplace.postings.offers.queries import offer_by_key
from marketplace.region.lines.rules import words_of
from marketplace.web.access import actor

Thing = Offer | Site


def thing_by_key(key: str) -> Thing:
    """The offer or site of this public id."""
    return offer_by_key(key) or found(site_by_key(key))


def pair_of_things(one: Thing, other: Thing) -> tuple[Offer, Site]:
    """An offer and a site, whichever of both comes first; two of a kind are none."""
    if isinstance(one, Offer) and isinstance(other, Site):
        return one, other
    if isinstance(one, Site) and isinstance(other, Offer):
        return other, one
    raise NotFound


def chosen_sites() -> Sequence[Site]:
    """The sites that a form or an address names, each once."""
    keys = dict.fromkeys(request.values.getlist("mit"))
    if len(keys) > MOST_PARTNERS:
        raise NotFound
    return [found(site_by_key(key)) for key in keys]


def chosen_things(most: int) -> Sequence[Thing]:
    """The partners that an address names, each once, and no more than so many."""
    keys = dict.fromkeys(request.args.getlist("mit"))
    if len(keys) > most:
        raise NotFound
    return [thing_by_key(key) for key in keys]


def line_names(thing: Thing) -> Sequence[str]:
    """The need lines of an offer by name; a site has none."""
    lines = thing.lines if isinstance(thing, Offer) else []
    return [words_of(line) for line in lines]


def narrowing_of(filters: PartnerFilters) -> Narrowing:
    """What the filters ask of the list."""
    chosen = filters.values
    return Narrowing(
        radius_km=chosen.get("umkreis"),
        topics=filters.thema.topics,
        kind=chosen.get("art"),
        state=chosen.get("land", ""),
        line_no=chosen.get("zeile"),
    )


def told_choices(mine: Thing) -> list[Unwanted]:
    """Whom one's own side does not want; the office also reads who does not want it."""
    rows = unwanted_around(mine.organisation)
    is_office = actor().role is Role.COORDINATOR
    own = mine.organisation_id
    return [one for one in rows if is_office or one.organisation_id == own]


def choices_about(choices: Iterable[Unwanted], theirs: Thing) -> list[Unwanted]:
    """Those of them that are about one partner."""
    other = theirs.organisation_id
    return [one for one in choices if other in {one.organisation_id, one.other_id}]


def side_of(mine: Thing) -> Side:
    """As whom a person asks."""
    if actor().role is Role.COORDINATOR:
        return Side.COORDINATION
    return Side.PROVIDER if isinstance(mine, Offer) else Side.COMPANY


def profile_of(thing: Thing) -> int:
    """The number of the profile of an offer or site."""
    if isinstance(thing, Offer):
        return profile_of_offer(thing.id)
    return profile_of_site(thing.id)

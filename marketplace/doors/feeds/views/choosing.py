"""What a feed holds: the hits of its page, as far as they may be handed on."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import Select

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import NamedEnum
from marketplace.foundation.licences import may_be_handed_on
from marketplace.people.organisations.enums import OrganisationKind
from marketplace.people.organisations.queries import listed_organisations
from marketplace.postings.actions.models import Action
from marketplace.postings.actions.queries import actions
from marketplace.postings.events.models import Event
from marketplace.postings.events.queries import narrowed_events
from marketplace.postings.internships.models import Internship
from marketplace.postings.internships.queries import narrowed_internships
from marketplace.postings.lives.forms import ListFilters
from marketplace.postings.lives.models import Posting
from marketplace.postings.lives.queries import open_postings
from marketplace.postings.lives.views.listing import place_asked_for
from marketplace.postings.lives.views.ways import Narrow
from marketplace.postings.offers.models import Offer
from marketplace.postings.offers.queries import narrowed_offers
from marketplace.postings.programmes.models import Programme
from marketplace.postings.programmes.queries import expired, programmes, still_open
from marketplace.postings.rolemodels.models import RoleModel
from marketplace.postings.rolemodels.queries import narrowed_rolemodels
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.postings.sponsorships.queries import narrowed_sponsorships
from marketplace.region.labour.enums import Basis
from marketplace.region.lines.enums import LineKind
from marketplace.region.topics.enums import Format

Args = Mapping[str, Any]
# Entries of an address that say how a page looks, and nothing of what it holds.
OF_PAGES = frozenset({"nach", "ansicht", "sortierung", "sprache", "hinweise"})


def _postings(
    model: type[Posting], narrow: Narrow, kinds: Iterable[NamedEnum] = ()
) -> Callable[[Args], Select[Any]]:
    def chosen(args: Args) -> Select[Any]:
        filters = ListFilters(args, kinds=kinds)
        place = place_asked_for(filters)
        centre = (place.lat, place.lon) if place else None
        return narrow(open_postings(model), filters.narrowing(centre))

    return chosen


def _actions(args: Args) -> Select[Action]:
    filters = ListFilters(args)
    found = filters.values
    query = actions(
        q=found.get("q", ""), land=found.get("land"), topics=filters.thema.topics
    )
    return query.where(may_be_handed_on(Action))


def _programmes(args: Args) -> Select[Programme]:
    filters, today = ListFilters(args), day_of(now())
    found = filters.values
    query = programmes(
        q=found.get("q", ""), land=found.get("land"), topics=filters.thema.topics
    ).where(may_be_handed_on(Programme))
    is_over = args.get("abgelaufen", "") not in ("", "0")
    return expired(query, today) if is_over else still_open(query, today)


def _organisations(args: Args) -> Select[Any]:
    filters = ListFilters(args, kinds=OrganisationKind)
    found = filters.values
    kind = found.get("art")
    return listed_organisations(
        q=found.get("q", ""),
        art=OrganisationKind(kind) if kind else None,  # type: ignore[call-arg]
        thema=filters.thema.topics,
        where=filters.whereabouts(place_asked_for(filters)),
        is_step_free=found.get("barrierefrei", False),
    )


# What `art` chooses from, by the address of the list; of others nothing.
KINDS: Mapping[str, Iterable[NamedEnum]] = {
    "praktika": Basis,
    "angebote": Format,
    "foerderungen": LineKind,
    "organisationen": OrganisationKind,
}
# By the address of the list.
CHOICES: Mapping[str, Callable[[Args], Select[Any]]] = {
    "praktika": _postings(Internship, narrowed_internships, KINDS["praktika"]),
    "angebote": _postings(Offer, narrowed_offers, KINDS["angebote"]),
    "foerderungen": _postings(
        Sponsorship, narrowed_sponsorships, KINDS["foerderungen"]
    ),
    "veranstaltungen": _postings(Event, narrowed_events),
    "aktionen": _actions,
    "foerderprogramme": _programmes,
    "organisationen": _organisations,
    "vorbilder": _postings(RoleModel, narrowed_rolemodels),
}

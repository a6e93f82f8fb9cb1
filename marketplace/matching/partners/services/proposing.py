"""From a partner of the list to an introduction."""

from dataclasses import replace
from datetime import datetime

from marketplace.encounters.introductions.enums import Side
from marketplace.encounters.introductions.models import Introduction
from marketplace.encounters.introductions.services import (
    Proposal,
    propose_introduction,
)
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.matching.partners.services.explaining import kept_reasons
from marketplace.matching.partners.services.finding import partners_of
from marketplace.matching.partners.services.worlds import (
    profile_of_offer,
    profile_of_site,
    world_at,
)
from marketplace.matching.scores.enums import Reason
from marketplace.matching.scores.gates import gate
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Site
from marketplace.postings.offers.models import Offer

# What the introduction itself refuses, in words of its own.
LEFT_TO_THE_ACT = (None, Reason.FULL, Reason.RECENT, Reason.SAME_ORGANISATION)


def propose(
    offer: Offer,
    site: Site,
    *,
    side: Side,
    actor: User,
    at: datetime,
) -> Introduction:
    """Proposes a partner with the reasons of both sides as they are now.

    Refuses a pair that does not fit (any more).
    """
    world = world_at(at)
    profiles = world.index.profiles
    provider = profiles.get(profile_of_offer(offer.id))
    company = profiles.get(profile_of_site(site.id))
    if provider is None or company is None:
        raise Refusal(_("Vorgestellt wird nur, was geprüft und öffentlich ist."))
    mine, other = (company, provider) if side is Side.COMPANY else (provider, company)
    # Whoever asks may look beyond the own radius, never beyond that of the other.
    asking = replace(mine, is_radius_hard=False)
    if gate(asking, other, world.index.relations) not in LEFT_TO_THE_ACT:
        raise Refusal(_("Diese beiden passen gerade nicht zusammen."))
    listed = partners_of(world, mine.profile_id).partners
    ranks = {partner.match.profile_id: partner.rank for partner in listed}
    proposal = Proposal(
        offer=offer,
        site=site,
        list_rank=ranks.get(other.profile_id),
        reasons=kept_reasons(provider, company, world.index.weights),
    )
    return propose_introduction(proposal, side=side, actor=actor, at=at)

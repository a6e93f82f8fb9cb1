"""From partners of the list to introductions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from marketplace.encounters.introductions.enums import Side
from marketplace.encounters.introductions.models import Introduction
from marketplace.encounters.introductions.services.proposing import (
    LinePair,
    Proposal,
    Words,
    propose_introduction,
)
from marketplace.foundation.columns import new_public_id
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.matching.partners.queries import lines_given_at, running_bundle
from marketplace.matching.partners.services.digesting import came_by_digest
from marketplace.matching.partners.services.explaining import kept_reasons
from marketplace.matching.partners.services.worlds import (
    World,
    profile_of_offer,
    profile_of_site,
    world_at,
)
from marketplace.matching.scores.coverage import allocate
from marketplace.matching.scores.directed import DirectedScore, directed_parts
from marketplace.matching.scores.enums import Reason
from marketplace.matching.scores.gates import is_declared, serves, told_reason
from marketplace.matching.scores.ranking import rank
from marketplace.matching.scores.sets import MOST_PARTNERS
from marketplace.matching.scores.values import Profile
from marketplace.matching.scores.weights import TopicWeights
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
    words: Words | None = None,
    override_reason: str = "",
    is_from_letter: bool = False,
) -> Introduction:
    """Proposes a partner with the reasons of both sides as they are now.

    Refuses a pair that does not fit (any more). Who says to come from a Monday letter
    does so only if one has shown this pair.
    """
    proposal, pairs = _proposal(world_at(at), offer, site, side)
    mine, other = profile_of_offer(offer.id), profile_of_site(site.id)
    if side is Side.COMPANY:
        mine, other = other, mine
    is_known = is_from_letter and came_by_digest(mine, other, at=at)
    proposal = replace(
        proposal, override_reason=override_reason, is_from_digest=is_known
    )
    return propose_introduction(
        proposal, side=side, actor=actor, at=at, words=words, pairs=pairs
    )


def propose_bundle(
    offer: Offer,
    sites: Sequence[Site],
    *,
    side: Side,
    actor: User,
    at: datetime,
    words: Words | None = None,
) -> list[Introduction]:
    """Proposes several partners at once; each decides for itself.

    Who joins a bundle that is asked already belongs to it. Refuses all if one of them
    cannot be asked, and more partners than a bundle has.
    """
    running = running_bundle(offer.id)
    if not sites or not 2 <= len(sites) + len(running) <= MOST_PARTNERS:
        raise Refusal(
            _("Ein Bündel hat zwei bis %(most)s Partner.", most=MOST_PARTNERS)
        )
    bundle_id = running[0].bundle_id if running else new_public_id()
    # All see the same world: what is proposed first changes it for those after.
    world = world_at(at)
    proposals = [_proposal(world, offer, site, side) for site in sites]
    left = _left(offer, running)
    return [
        propose_introduction(
            replace(proposal, bundle_id=bundle_id),
            side=side,
            actor=actor,
            at=at,
            words=words,
            pairs=_shares(pairs, left),
        )
        for proposal, pairs in proposals
    ]


def bundle_shares(
    world: World, offer: Offer, sites: Sequence[Site]
) -> list[list[LinePair]]:
    """What each of some partners would be asked for, in the order they are asked."""
    profiles = world.index.profiles
    left = _left(offer, running_bundle(offer.id))
    provider = profiles[profile_of_offer(offer.id)]
    companies = [profiles[profile_of_site(site.id)] for site in sites]
    return [
        _shares(line_pairs(offer, site, provider, company), left)
        for site, company in zip(sites, companies, strict=True)
    ]


def _left(offer: Offer, running: Sequence[Introduction]) -> Counter[int | None]:
    """How much of each need is left to ask for, beside those who are asked already."""
    left: Counter[int | None] = Counter()
    for need in offer.lines:
        left[need.id] = (need.open_quantity or 0) * max(1, len(need.slots))
    asked = [one for one in running if one.arranged_at is None]
    # What is arranged is no longer open, so it is counted already.
    for line in (line for one in asked for line in one.lines):
        left[line.need_line_id] -= line.quantity or 0
    return left


def _shares(pairs: Sequence[LinePair], left: Counter[int | None]) -> list[LinePair]:
    """What one of a bundle is asked for: no more than those before it leave open.

    Whom nothing is left for is asked for all it could give.
    """
    shares = []
    for pair in pairs:
        quantity = min(pair.quantity or 0, max(0, left[pair.need_line_id]))
        left[pair.need_line_id] -= quantity
        if quantity or pair.quantity is None:
            shares.append(replace(pair, quantity=quantity or None))
    return shares or list(pairs)


def _proposal(
    world: World, offer: Offer, site: Site, side: Side
) -> tuple[Proposal, list[LinePair]]:
    index = world.index
    provider = index.profiles.get(profile_of_offer(offer.id))
    company = index.profiles.get(profile_of_site(site.id))
    if provider is None or company is None:
        raise Refusal(_("Vorgestellt wird nur, was geprüft und öffentlich ist."))
    mine, other = (company, provider) if side is Side.COMPANY else (provider, company)
    # Whoever asks may look beyond the own radius, never beyond that of the other.
    asking = replace(mine, is_radius_hard=False)
    if told_reason(asking, other, index.relations) not in LEFT_TO_THE_ACT:
        raise Refusal(_("Diese beiden passen gerade nicht zusammen."))
    listed = enumerate(rank(index, mine.profile_id), 1)
    ranks = {match.profile_id: place for place, match in listed}
    proposal = Proposal(
        offer=offer,
        site=site,
        list_rank=ranks.get(other.profile_id),
        reasons=kept_reasons(provider, company, index.weights),
        parts=kept_parts(provider, company, index.weights),
        weights_version=index.weights.version,
    )
    return proposal, line_pairs(offer, site, provider, company)


def line_pairs(
    offer: Offer, site: Site, provider: Profile, company: Profile
) -> list[LinePair]:
    """Which give line would serve which need line, and with how much of it.

    A pair without a quantity on either side is kept too: the amount is to be settled.
    """
    needs = {line.line_no: line for line in offer.lines}
    gives = dict(enumerate(lines_given_at(site), 1))
    taken: Counter[tuple[int, int]] = Counter()
    for row in allocate(provider, company):
        for unit in row.units:
            for take in unit.takes:
                taken[row.line_no, take.line_no] += take.quantity
    declared = is_declared(provider, company)
    open_ones = [
        (need.line_no, give.line_no)
        for need in provider.needs
        for give in company.gives
        if None in {need.open_quantity, give.open_quantity}
        and serves(need, give, declared)
    ]
    pairs = [*taken, *(pair for pair in open_ones if pair not in taken)]
    return [
        LinePair(
            need_line_id=needs[need_no].id,
            give_line_id=gives[give_no].id,
            kind=needs[need_no].kind,
            item=needs[need_no].item or gives[give_no].item,
            quantity=taken.get((need_no, give_no)),
        )
        for need_no, give_no in sorted(pairs)
        if need_no in needs and give_no in gives
    ]


def kept_parts(
    provider: Profile, company: Profile, weights: TopicWeights
) -> dict[str, Any]:
    """Both directions in numbers: part, weight, share, points and note of each."""
    return {
        "provider": _numbers(directed_parts(provider, company, weights)),
        "company": _numbers(directed_parts(company, provider, weights)),
    }


def _numbers(score: DirectedScore) -> list[dict[str, Any]]:
    return [
        {
            "part": part.part.name.lower(),
            "weight": part.weight,
            "num": part.num,
            "den": part.den,
            "points": part.points,
            "note": part.note.value if part.note else "",
        }
        for part in score.parts
    ]

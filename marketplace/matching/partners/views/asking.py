"""From the list to an introduction: one pair or a whole bundle, first looked at."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.introductions.queries import introductions_of_pair
from marketplace.encounters.introductions.rules import is_live
from marketplace.foundation.clock import now
from marketplace.foundation.language import _, ngettext
from marketplace.foundation.refusals import NotFound, found, permit
from marketplace.matching.partners.forms import ProposalForm
from marketplace.matching.partners.rules import can_look
from marketplace.matching.partners.services.covering import share_rows
from marketplace.matching.partners.services.pairing import pair_of
from marketplace.matching.partners.services.proposing import (
    bundle_shares,
    propose,
    propose_bundle,
)
from marketplace.matching.partners.services.worlds import world_at
from marketplace.matching.partners.views.blueprint import blueprint
from marketplace.matching.partners.views.reading import (
    Thing,
    choices_about,
    chosen_sites,
    pair_of_things,
    profile_of,
    side_of,
    thing_by_key,
    told_choices,
)
from marketplace.people.accounts.enums import Role
from marketplace.postings.offers.models import Offer
from marketplace.postings.offers.queries import offer_by_key
from marketplace.web.access import actor, open_to

# What the links of the Monday letter say.
FROM_LETTER = "brief"


@blueprint.get("/<public:key>/mit/<public:other>")
@open_to(Role.MEMBER, Role.COORDINATOR)
def pair(key: str, other: str) -> ResponseReturnValue:
    mine, theirs = thing_by_key(key), thing_by_key(other)

    permit(can_look(actor(), mine.organisation))

    return _pair_page(mine, theirs, ProposalForm(formdata=None))


@blueprint.post("/<public:key>/vorstellen/<public:other>")
@open_to(Role.MEMBER, Role.COORDINATOR)
def introduce(key: str, other: str) -> ResponseReturnValue:
    mine, theirs = thing_by_key(key), thing_by_key(other)

    permit(can_look(actor(), mine.organisation))

    form = ProposalForm()
    if not form.accepted():
        return _pair_page(mine, theirs, form), form.status
    offer, site = pair_of_things(mine, theirs)
    introduction = propose(
        offer,
        site,
        side=side_of(mine),
        actor=actor(),
        at=now(),
        words=form.words,
        override_reason=form.override_reason.data or "",
        is_from_letter=request.args.get("aus") == FROM_LETTER,
    )

    flash(_asked_words())
    return redirect(url_for("introductions.show", key=introduction))


@blueprint.get("/<public:key>/buendel")
@open_to(Role.MEMBER, Role.COORDINATOR)
def bundle(key: str) -> ResponseReturnValue:
    offer = found(offer_by_key(key))

    permit(can_look(actor(), offer.organisation))

    return _bundle_page(offer, ProposalForm(formdata=None))


@blueprint.post("/<public:key>/buendel")
@open_to(Role.MEMBER, Role.COORDINATOR)
def ask_bundle(key: str) -> ResponseReturnValue:
    offer = found(offer_by_key(key))

    permit(can_look(actor(), offer.organisation))

    form, sites = ProposalForm(), chosen_sites()
    if not form.accepted():
        return _bundle_page(offer, form), form.status
    made = propose_bundle(
        offer,
        sites,
        side=side_of(offer),
        actor=actor(),
        at=now(),
        words=form.words,
    )

    flash(
        ngettext(
            "Ein Partner ist angefragt. Wir schreiben Ihnen, wenn er antwortet.",
            "%(num)s Partner sind angefragt. Wir schreiben bei jeder Antwort.",
            len(made),
        )
    )
    return redirect(url_for(".show", key=offer, _anchor="kontaktiert"))


def _asked_words() -> str:
    if actor().role is Role.COORDINATOR:
        return _("Beiden vorgeschlagen. Was sie antworten, steht hier.")
    return _("Angefragt. Sobald eine Antwort da ist, schreiben wir Ihnen.")


def _pair_page(mine: Thing, theirs: Thing, form: ProposalForm) -> str:
    offer, site = pair_of_things(mine, theirs)
    contacts = introductions_of_pair(offer.organisation_id, site.organisation_id)
    choices = choices_about(told_choices(mine), theirs)
    profiles = profile_of(mine), profile_of(theirs)
    seen = pair_of(world_at(now()), *profiles, tells_blocks=bool(choices))
    return render_template(
        "matching/partners/pair.html",
        thing=mine,
        other=theirs,
        pair=found(seen),
        contact=contacts[0] if contacts else None,
        choices=choices,
        can_leave=not any(map(is_live, contacts)),
        form=form,
        is_offer=isinstance(mine, Offer),
        is_office=actor().role is Role.COORDINATOR,
    )


def _bundle_page(offer: Offer, form: ProposalForm) -> str:
    sites, world = chosen_sites(), world_at(now())
    if not sites:
        raise NotFound
    choices, mine = told_choices(offer), profile_of(offer)
    pairs = [
        found(
            pair_of(
                world,
                mine,
                profile_of(site),
                tells_blocks=bool(choices_about(choices, site)),
            )
        )
        for site in sites
    ]
    shares = bundle_shares(world, offer, sites)
    asked = [share_rows(offer, one) for one in shares]
    return render_template(
        "matching/partners/bundle.html",
        thing=offer,
        members=list(zip(sites, pairs, asked, strict=True)),
        form=form,
    )

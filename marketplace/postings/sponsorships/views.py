from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.queries import organisation_of
from marketplace.postings.lives.enums import DONE, Act
from marketplace.postings.lives.forms import ListFilters, ReturnForm
from marketplace.postings.lives.rules import (
    act_named,
    acts_for,
    can_revise,
    can_see,
    sign_for,
    works_on,
)
from marketplace.postings.lives.services import confirm_posting
from marketplace.postings.lives.views import listing_of, locator_of, map_of_listing
from marketplace.postings.sponsorships.forms import SponsorshipForm
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.postings.sponsorships.queries import (
    narrowed_sponsorships,
    sponsorship_by_key,
    sponsorships_of,
)
from marketplace.postings.sponsorships.services import (
    move_sponsorship,
    revise_sponsorship,
    write_sponsorship,
)
from marketplace.region.lines.enums import LineKind
from marketplace.region.lines.rules import words_of
from marketplace.web.access import EVERYONE, actor, open_to
from marketplace.web.forms import Difference
from marketplace.web.pages import page_of

blueprint = Blueprint("sponsorships", __name__, url_prefix="/foerderungen")


@blueprint.get("")
@open_to(EVERYONE)
def index() -> ResponseReturnValue:
    filters = ListFilters(request.args, kinds=LineKind)

    today = day_of(now())
    listing = listing_of(
        Sponsorship, filters, narrow=narrowed_sponsorships, today=today
    )

    return render_template(
        "postings/sponsorships/index.html",
        filters=filters,
        listing=listing,
        map=map_of_listing(listing, filters),
        line_words=words_of,
        is_map=filters.is_map,
    )


@blueprint.get("/meine")
@open_to(Role.MEMBER)
def mine() -> ResponseReturnValue:
    organisation = found(organisation_of(actor()))

    query = sponsorships_of(organisation).order_by(None)
    keys = (Sponsorship.changed_at, Sponsorship.id)
    page = page_of(query, by=keys, after=request.args.get("nach"))

    return render_template("postings/sponsorships/mine.html", page=page)


@blueprint.get("/<public:key>")
@open_to(EVERYONE)
def show(key: str) -> ResponseReturnValue:
    sponsorship = found(sponsorship_by_key(key))

    permit(can_see(actor(), sponsorship))

    return _page(sponsorship, ReturnForm(formdata=None)), 200


@blueprint.route("/neu", methods=["GET", "POST"])
@open_to(Role.MEMBER)
def new() -> ResponseReturnValue:
    organisation = found(organisation_of(actor()))

    form = SponsorshipForm(sites=organisation.sites)
    if not form.accepted():
        return render_template("postings/sponsorships/new.html", form=form), form.status

    sponsorship = write_sponsorship(organisation, form.entry, actor=actor(), at=now())

    flash(_("Ihr Entwurf ist gespeichert. Noch sieht ihn niemand sonst."))
    return redirect(url_for(".show", key=sponsorship))


@blueprint.route("/<public:key>/bearbeiten", methods=["GET", "POST"])
@open_to(Role.MEMBER)
def edit(key: str) -> ResponseReturnValue:
    sponsorship = found(sponsorship_by_key(key))

    permit(can_revise(actor(), sponsorship))

    sites = sponsorship.organisation.sites
    form = SponsorshipForm(sites=sites, sponsorship=sponsorship)
    if form.is_submitted() and form.is_overtaken(sponsorship):
        stored = SponsorshipForm(sites=sites, sponsorship=sponsorship, formdata=None)
        differences = form.differences(stored)
        form.take_version_of(sponsorship)
        return _edit_page(sponsorship, form, differences), 409
    if not form.accepted():
        return _edit_page(sponsorship, form), form.status

    revise_sponsorship(sponsorship, form.entry, actor=actor(), at=now())

    flash(_("Ihre Änderungen sind gespeichert."))
    return redirect(url_for(".show", key=sponsorship))


@blueprint.post("/<public:key>/schritt/<act>")
@open_to(Role.MEMBER, Role.COORDINATOR)
def move(key: str, act: str) -> ResponseReturnValue:
    sponsorship = found(sponsorship_by_key(key))

    permit(works_on(actor(), sponsorship))

    step = found(act_named(act))
    form = ReturnForm()
    if step is Act.RETURN and not form.accepted():
        return _page(sponsorship, form), form.status
    words = form.words.data or ""
    move_sponsorship(sponsorship, step, actor=actor(), at=now(), words=words)

    flash(str(DONE[step]))
    return redirect(url_for(".show", key=sponsorship))


@blueprint.post("/<public:key>/bestaetigen")
@open_to(Role.MEMBER)
def confirm(key: str) -> ResponseReturnValue:
    sponsorship = found(sponsorship_by_key(key))

    permit(works_on(actor(), sponsorship))

    confirm_posting(sponsorship, actor=actor(), at=now())

    flash(_("Danke. Das Datum der Bestätigung ist von heute."))
    return redirect(url_for(".show", key=sponsorship))


def _page(sponsorship: Sponsorship, form: ReturnForm) -> str:
    return render_template(
        "postings/sponsorships/show.html",
        sponsorship=sponsorship,
        form=form,
        sign=sign_for(sponsorship),
        map=locator_of(sponsorship),
        acts=acts_for(actor(), sponsorship),
        can_revise=can_revise(actor(), sponsorship),
        line_words=words_of,
        move_link=lambda act: url_for(".move", key=sponsorship, act=act),
    )


def _edit_page(
    sponsorship: Sponsorship,
    form: SponsorshipForm,
    differences: Sequence[Difference] = (),
) -> str:
    return render_template(
        "postings/sponsorships/edit.html",
        sponsorship=sponsorship,
        form=form,
        differences=differences,
    )

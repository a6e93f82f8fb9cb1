"""How a member writes and revises, and sees what her organisation wrote."""

from collections.abc import Sequence

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.people.organisations.queries import organisation_of
from marketplace.postings.lives.forms import PostingForm
from marketplace.postings.lives.queries import latest_changes_first, posting_by_key
from marketplace.postings.lives.rules import works_on
from marketplace.postings.lives.services import require_revisable
from marketplace.postings.lives.views.kinds import Kind, P
from marketplace.postings.lives.views.listing import listing_of, map_of_listing
from marketplace.web.access import actor
from marketplace.web.forms import Difference
from marketplace.web.pages import page_of


def index(kind: Kind[P]) -> ResponseReturnValue:
    filters = kind.filters(request.args, kinds=kind.choices)

    today = day_of(now())
    listing = listing_of(
        *(kind.model, filters),
        narrow=kind.narrow,
        today=today,
        order=kind.order,
        fit=kind.fit,
        stages=kind.stages,
    )

    return kind.page(
        "index",
        filters=filters,
        listing=listing,
        map=map_of_listing(listing, filters),
        is_map=filters.is_map,
        **kind.words(),
    )


def mine(kind: Kind[P]) -> ResponseReturnValue:
    organisation = found(organisation_of(actor()))

    query = kind.own(organisation).order_by(None)
    keys = latest_changes_first(kind.model)
    page = page_of(query, by=keys, after=request.args.get("nach"))

    return kind.page("mine", page=page, organisation=organisation, **kind.words())


def new(kind: Kind[P]) -> ResponseReturnValue:
    organisation = found(organisation_of(actor()))

    form = kind.form(organisation, None)
    if not form.accepted():
        return kind.page("new", form=form, organisation=organisation), form.status

    posting = kind.write(organisation, form.entry, actor=actor(), at=now())

    flash(_("Ihr Entwurf ist gespeichert. Noch sieht ihn niemand sonst."))
    return redirect(url_for(".show", key=posting))


def edit(kind: Kind[P], key: str) -> ResponseReturnValue:
    posting = found(posting_by_key(kind.model, key))

    permit(works_on(actor(), posting))
    require_revisable(posting, actor=actor())

    form = kind.form(posting.organisation, posting)
    if form.is_submitted() and form.is_overtaken(posting):
        stored = kind.form(posting.organisation, posting, formdata=None)
        differences = form.differences(stored)
        form.take_version_of(posting)
        return _edit_page(kind, posting, form, differences), 409
    if not form.accepted():
        return _edit_page(kind, posting, form), form.status

    entry = form.entry
    if form.refused(lambda: kind.revise(posting, entry, actor=actor(), at=now())):
        return _edit_page(kind, posting, form), 409

    flash(_("Ihre Änderungen sind gespeichert."))
    return redirect(url_for(".show", key=posting))


def _edit_page(
    kind: Kind[P], posting: P, form: PostingForm, differences: Sequence[Difference] = ()
) -> str:
    return kind.page(
        "edit",
        posting,
        organisation=posting.organisation,
        form=form,
        differences=differences,
    )

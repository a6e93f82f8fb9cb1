from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.queries import organisation_of
from marketplace.postings.lives.models import Posting
from marketplace.postings.lives.queries import posting_by_key
from marketplace.stewardship.duplicates.forms import MergeForm
from marketplace.stewardship.duplicates.models import Merge, Pair
from marketplace.stewardship.duplicates.queries import (
    KINDS,
    merge_by_key,
    merges,
    pair_by_key,
    survivors_of,
    titles_of,
    waiting_pairs,
)
from marketplace.stewardship.duplicates.rules import (
    UNDOABLE_FOR,
    can_choose,
    can_decide,
    may_stay,
)
from marketplace.stewardship.duplicates.services.comparing import differences, marks
from marketplace.stewardship.duplicates.services.merging import (
    keep_apart,
    merge,
    rivalries,
)
from marketplace.stewardship.duplicates.services.undoing import (
    obstacles,
    undo_merge,
)
from marketplace.stewardship.takeovers.enums import TakeoverKind
from marketplace.stewardship.takeovers.tables import FIELDS
from marketplace.web.access import actor, open_to
from marketplace.web.forms import Form
from marketplace.web.pages import count_of, page_of

blueprint = Blueprint("duplicates", __name__, url_prefix="/dubletten")

NEWEST_FIRST = (Merge.merged_at, Merge.id)


@blueprint.get("")
@open_to(Role.MEMBER, Role.COORDINATOR)
def index() -> ResponseReturnValue:
    is_office = actor().role is Role.COORDINATOR
    organisation = None if is_office else found(organisation_of(actor()))

    query = waiting_pairs(organisation)
    after = request.args.get("nach")
    page = page_of(query.order_by(None), by=(Pair.id,), after=after, ascending=True)

    return render_template(
        "stewardship/duplicates/index.html",
        page=page,
        count=count_of(query),
        postings=titles_of(page.rows),
        differences=differences,
        kinds={kind.value: kind.label for kind in TakeoverKind},
        is_office=is_office,
    )


@blueprint.get("/<public:key>")
@open_to(Role.MEMBER, Role.COORDINATOR)
def show(key: str) -> ResponseReturnValue:
    pair = found(pair_by_key(key))
    one, other = _postings_of(pair)

    permit(can_decide(actor(), one, other))

    survivor = other if request.args.get("bleibt") == other.public_id else one
    if not may_stay(survivor, other if survivor is one else one):
        survivor = other if survivor is one else one
    form = MergeForm(one, other, formdata=None)
    form.survivor.data = survivor.public_id
    return _page(pair, form, survivor, other if survivor is one else one)


@blueprint.post("/<public:key>/zusammenfuehren")
@open_to(Role.MEMBER, Role.COORDINATOR)
def join(key: str) -> ResponseReturnValue:
    pair = found(pair_by_key(key))
    one, other = _postings_of(pair)

    permit(can_decide(actor(), one, other))

    form = MergeForm(one, other)
    is_second = form.survivor.data == other.public_id
    survivor, gone = (other, one) if is_second else (one, other)
    if not form.accepted():
        return _page(pair, form, survivor, gone), form.status

    chosen = form.fields.data or []
    merge(pair, survivor, gone, chosen, actor=actor(), at=now())

    flash(
        _("Zusammengeführt. Die alte Adresse führt jetzt hierher.")
        + " "
        + _("30 Tage lang lässt es sich rückgängig machen.")
    )
    return redirect(url_for(f"{survivor.__tablename__}.show", key=survivor))


@blueprint.post("/<public:key>/zweierlei")
@open_to(Role.MEMBER, Role.COORDINATOR)
def part(key: str) -> ResponseReturnValue:
    pair = found(pair_by_key(key))
    one, other = _postings_of(pair)

    permit(can_decide(actor(), one, other) and Form().accepted())

    keep_apart(pair, one, other, actor=actor(), at=now())

    flash(_("Gut, es sind zweierlei. Danach fragt niemand mehr."))
    return redirect(url_for(".index"))


@blueprint.get("/zusammengefuehrt")
@open_to(Role.MEMBER, Role.COORDINATOR)
def merged() -> ResponseReturnValue:
    is_office = actor().role is Role.COORDINATOR
    organisation = None if is_office else found(organisation_of(actor()))

    after = request.args.get("nach")
    page = page_of(merges(organisation), by=NEWEST_FIRST, after=after)

    return render_template(
        "stewardship/duplicates/merged.html",
        page=page,
        postings=survivors_of(page.rows),
    )


@blueprint.get("/zusammengefuehrt/<public:key>")
@open_to(Role.MEMBER, Role.COORDINATOR)
def merge_of(key: str) -> ResponseReturnValue:
    merge = found(merge_by_key(key))
    survivor, other = _both(merge.kind, merge.survivor_key, merge.other_key)

    permit(can_decide(actor(), survivor, other))

    return render_template(
        "stewardship/duplicates/merge.html",
        merge=merge,
        survivor=survivor,
        other=other,
        obstacles=obstacles(merge, survivor, other, actor=actor(), at=now()),
        until=merge.merged_at + UNDOABLE_FOR,
        labels=FIELDS,
    )


@blueprint.post("/zusammengefuehrt/<public:key>/rueckgaengig")
@open_to(Role.MEMBER, Role.COORDINATOR)
def undo(key: str) -> ResponseReturnValue:
    merge = found(merge_by_key(key))
    survivor, other = _both(merge.kind, merge.survivor_key, merge.other_key)

    permit(can_decide(actor(), survivor, other) and Form().accepted())

    undo_merge(merge, survivor, other, actor=actor(), at=now())

    flash(_("Es sind wieder zwei Einträge, jeder unter seiner Adresse."))
    return redirect(url_for(".merge_of", key=key))


def _postings_of(pair: Pair) -> tuple[Posting, Posting]:
    return _both(pair.kind, pair.first_key, pair.second_key)


def _both(kind: str, *keys: str) -> tuple[Posting, Posting]:
    """Both entries; what tells of one that is gone is no longer there."""
    one, other = (found(posting_by_key(KINDS[kind], key)) for key in keys)
    return one, other


def _page(pair: Pair, form: MergeForm, survivor: Posting, other: Posting) -> str:
    rivals = rivalries(survivor, other)
    # The names of both stand above; what can be chosen stands below, with a box.
    shown = {_("Titel"), *(str(FIELDS.get(rival.field)) for rival in rivals)}
    return render_template(
        "stewardship/duplicates/show.html",
        pair=pair,
        form=form,
        survivor=survivor,
        other=other,
        marks=[mark for mark in marks(survivor, other) if mark.label not in shown],
        rivals=rivals,
        may_choose=can_choose(actor(), survivor),
        may_swap=may_stay(other, survivor),
        labels=FIELDS,
    )

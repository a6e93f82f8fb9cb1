from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import now
from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found
from marketplace.people.accounts.enums import Role
from marketplace.region.places.queries import all_districts, places_by_ids
from marketplace.stewardship.imports.enums import HeldReason, ImportKind
from marketplace.stewardship.imports.forms import PlaceForm
from marketplace.stewardship.imports.models import HeldRow
from marketplace.stewardship.imports.queries import held_row_by_id, waiting_rows
from marketplace.stewardship.imports.services.files import TAKES
from marketplace.stewardship.imports.services.held import (
    dismiss_held_row,
    take_held_row,
)
from marketplace.stewardship.imports.services.merging import (
    Rivalry,
    like_of,
    may_merge,
    merge_held_row,
    rivalries,
)
from marketplace.stewardship.imports.tables import COLUMNS, LABELS
from marketplace.web.access import actor, open_to
from marketplace.web.pages import count_of, page_of

blueprint = Blueprint("held_rows", __name__, url_prefix="/koordination/doppelt")


@blueprint.get("")
@open_to(Role.COORDINATOR)
def index() -> ResponseReturnValue:
    query = waiting_rows()
    after = request.args.get("nach")
    page = page_of(query, by=(HeldRow.id,), after=after, ascending=True)

    return render_template(
        "stewardship/imports/held.html", page=page, count=count_of(query)
    )


@blueprint.get("/<id:row_id>")
@open_to(Role.COORDINATOR)
def show(row_id: int) -> ResponseReturnValue:
    row = found(held_row_by_id(row_id))

    return _page(row)


@blueprint.post("/<id:row_id>/dasselbe")
@open_to(Role.COORDINATOR)
def merge(row_id: int) -> ResponseReturnValue:
    row = found(held_row_by_id(row_id))

    columns = request.form.getlist("columns")
    merge_held_row(row, columns, actor=actor(), at=now())

    flash(_("Zusammengeführt. Die Zeile kommt nicht noch einmal."))
    return redirect(url_for(".index"))


@blueprint.post("/<id:row_id>/etwas-anderes")
@open_to(Role.COORDINATOR)
def take(row_id: int) -> ResponseReturnValue:
    row = found(held_row_by_id(row_id))

    form = _place_form(row)
    if form and not form.accepted():
        return _page(row, form), form.status
    place_id = form.place.data if form else None
    take_held_row(row, TAKES[row.kind], place_id=place_id, actor=actor(), at=now())

    flash(_("Übernommen."))
    return redirect(url_for(".index"))


@blueprint.post("/<id:row_id>/weglassen")
@open_to(Role.COORDINATOR)
def dismiss(row_id: int) -> ResponseReturnValue:
    row = found(held_row_by_id(row_id))

    dismiss_held_row(row, actor=actor(), at=now())

    flash(_("Weggelassen. Die Zeile kommt nicht noch einmal."))
    return redirect(url_for(".index"))


def _page(row: HeldRow, form: PlaceForm | None = None) -> str:
    like = like_of(row)
    rivals: Sequence[Rivalry] = rivalries(row, like) if like else []
    return render_template(
        "stewardship/imports/held_row.html",
        row=row,
        like=like,
        may_merge=like is not None and may_merge(like),
        rivals=rivals,
        columns=COLUMNS,
        labels=LABELS,
        like_link=_link_to(row, like) if like else "",
        form=form or _place_form(row, formdata=None),
    )


def _place_form(row: HeldRow, **rest: Any) -> PlaceForm | None:
    """Asks which place is meant; nothing where that is clear."""
    if row.reason is not HeldReason.AMBIGUOUS_PLACE:
        return None
    places = places_by_ids(row.place_ids)
    districts = {d.ags: d.name for d in db.session.scalars(all_districts())}
    return PlaceForm(places=places, districts=districts, **rest)


def _link_to(row: HeldRow, like: Any) -> str:
    """Where the entry that is there already can be seen."""
    if row.kind is ImportKind.PROGRAMMES:
        return url_for("programmes.index", q=like.name)
    return url_for(f"{row.kind}.show", key=like)

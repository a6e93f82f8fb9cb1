from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found
from marketplace.people.accounts.enums import Role
from marketplace.region.places.models import Place
from marketplace.region.places.queries import places_by_ids
from marketplace.stewardship.imports.enums import HeldReason
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

    places = _places(row)
    form = PlaceForm(places=places) if places else None
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
    places = _places(row)
    return render_template(
        "stewardship/imports/held_row.html",
        row=row,
        like=like,
        may_merge=like is not None and may_merge(like),
        rivals=rivals,
        columns=COLUMNS,
        labels=LABELS,
        form=form or (PlaceForm(places=places, formdata=None) if places else None),
    )


def _places(row: HeldRow) -> Sequence[Place]:
    is_unclear = row.reason is HeldReason.AMBIGUOUS_PLACE
    return places_by_ids(row.place_ids) if is_unclear else []

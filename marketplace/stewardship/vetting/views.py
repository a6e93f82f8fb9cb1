from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.queries import organisation_by_key
from marketplace.stewardship.vetting.forms import SeenForm, TaskForm
from marketplace.stewardship.vetting.queries import LAST_FIRST, all_notes, note_by_id
from marketplace.stewardship.vetting.rules import is_released, seen_of
from marketplace.stewardship.vetting.services import (
    Task,
    ask_for_certificate,
    drop_note,
    note_certificate,
)
from marketplace.web.access import actor, freshly, open_to
from marketplace.web.pages import page_of

blueprint = Blueprint(
    "vetting", __name__, url_prefix="/koordination/fuehrungszeugnisse"
)
FOLDER = "stewardship/vetting"


@blueprint.get("")
@open_to(Role.COORDINATOR)
def index() -> ResponseReturnValue:
    page = page_of(all_notes(), by=LAST_FIRST, after=request.args.get("nach"))

    return render_template(
        f"{FOLDER}/index.html",
        page=page,
        today=day_of(now()),
        seen_of=seen_of,
        is_released=is_released,
    )


@blueprint.route("/neu/<public:key>", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
@freshly
def new(key: str) -> ResponseReturnValue:
    organisation = found(organisation_by_key(key))

    form = TaskForm()
    if not form.accepted():
        page = render_template(
            f"{FOLDER}/new.html", form=form, organisation=organisation
        )
        return page, form.status

    task = Task(**form.values)
    note = ask_for_certificate(organisation, task, actor=actor(), at=now())

    return redirect(url_for(".letter", number=note.id))


@blueprint.get("/<id:number>/anforderung")
@open_to(Role.COORDINATOR)
def letter(number: int) -> ResponseReturnValue:
    note = found(note_by_id(number))

    return render_template(f"{FOLDER}/letter.html", note=note, today=day_of(now()))


@blueprint.route("/<id:number>/einsehen", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
@freshly
def see(number: int) -> ResponseReturnValue:
    note = found(note_by_id(number))

    form = SeenForm(today=day_of(now()))
    if not form.accepted() or form.refused(
        lambda: note_certificate(note, **form.values, actor=actor(), at=now()),
        field=form.dated_on,
    ):
        page = render_template(f"{FOLDER}/see.html", form=form, note=note)
        return page, form.status

    flash(_said(form))
    return redirect(url_for(".index"))


@blueprint.post("/<id:number>/entfernen")
@open_to(Role.COORDINATOR)
def drop(number: int) -> ResponseReturnValue:
    note = found(note_by_id(number))

    drop_note(note, actor=actor(), at=now())

    flash(_("Gelöscht."))
    return redirect(url_for(".index"))


def _said(form: SeenForm) -> str:
    if form.is_clean.data:
        return _("Eingetragen. Die Person ist für diese Aufgabe freigegeben.")
    return _("Nichts ist gespeichert. Diese Person übernimmt die Aufgabe nicht.")

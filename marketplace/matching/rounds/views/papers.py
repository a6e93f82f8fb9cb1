"""The list on paper: a pupil prints it, the office enters what was signed."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.matching.rounds.forms import ListNumberForm, SignedListForm
from marketplace.matching.rounds.models import RoundEntry
from marketplace.matching.rounds.queries.entries import entry_by_key, entry_of
from marketplace.matching.rounds.queries.rounds import round_by_key
from marketplace.matching.rounds.rules import is_minor, takes_wishes
from marketplace.matching.rounds.services.consenting import companies_of
from marketplace.matching.rounds.services.papering import (
    SignedList,
    codes_of,
    enter_list,
)
from marketplace.matching.rounds.views.blueprint import blueprint
from marketplace.matching.rounds.views.public import words_for
from marketplace.people.accounts.enums import Role
from marketplace.web.access import actor, open_to


@blueprint.get("/verteilrunden/<public:key>/wuensche/blatt")
@open_to(Role.PUPIL)
def sheet(key: str) -> ResponseReturnValue:
    entry = found(entry_of(found(round_by_key(key)), actor()))

    permit(is_minor(entry.pupil, day_of(now())) and takes_wishes(entry, now()))

    return render_template(
        "matching/rounds/sheet.html",
        **words_for(entry.round),
        entry=entry,
        firms=companies_of(entry),
        codes=codes_of(entry, _key()),
    )


@blueprint.route("/koordination/verteilrunden/papier", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def find_list() -> ResponseReturnValue:
    form = ListNumberForm()

    entry = entry_by_key((form.number.data or "").strip().lower())
    if form.accepted() and entry:
        return redirect(url_for(".signed_list", key=entry))
    if form.is_submitted() and not form.errors:
        form.number.errors = [_("Diese Nummer kennen wir nicht.")]

    page = render_template("matching/rounds/find_list.html", form=form)
    return page, 422 if form.is_submitted() else 200


@blueprint.route(
    "/koordination/verteilrunden/papier/<public:key>", methods=["GET", "POST"]
)
@open_to(Role.COORDINATOR)
def signed_list(key: str) -> ResponseReturnValue:
    entry = found(entry_by_key(key))

    permit(is_minor(entry.pupil, day_of(now())) and takes_wishes(entry, now()))

    form = SignedListForm(firms=companies_of(entry), today=day_of(now()))
    if not form.accepted() or form.refused(
        lambda: _enter(entry, form), field=form.code
    ):
        page = render_template(
            "matching/rounds/signed_list.html",
            **words_for(entry.round),
            entry=entry,
            form=form,
        )
        return page, form.status

    flash(_("Eingetragen."))
    return redirect(url_for(".find_list"))


def _enter(entry: RoundEntry, form: SignedListForm) -> None:
    paper = SignedList(**form.values | {"firms": form.firms.data or ()})
    enter_list(entry, paper, key=_key(), actor=actor(), at=now())


def _key() -> bytes:
    return bytes.fromhex(current_app.config["FIELD_KEY"])

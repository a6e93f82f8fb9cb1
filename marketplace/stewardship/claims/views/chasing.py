"""Readers who ask for news of a hint, and the office that gets it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found
from marketplace.people.accounts.enums import Role
from marketplace.stewardship.claims.forms import OutcomeForm
from marketplace.stewardship.claims.queries import (
    hint_with,
    open_chases_of,
    wanted_hints,
)
from marketplace.stewardship.claims.services.chasing import ask_to_chase, note_chased
from marketplace.stewardship.claims.views.blueprint import blueprint
from marketplace.web.access import SIGNED_IN, actor, open_to


@blueprint.post("/uebernehmen/hinweis/<kind>/<public:key>/nachfassen")
@open_to(SIGNED_IN)
def chase(kind: str, key: str) -> ResponseReturnValue:
    hint = found(hint_with(kind, key))

    ask_to_chase(hint, actor=actor(), at=now())

    flash(_("Danke. Die Koordinationsstelle fragt nach und schreibt dann."))
    return redirect(url_for(f"{hint.kind}s.show", key=hint))


@blueprint.get("/koordination/nachfassen")
@open_to(Role.COORDINATOR)
def chases() -> ResponseReturnValue:
    wanted = wanted_hints()

    return render_template("stewardship/claims/chases.html", wanted=wanted)


@blueprint.route(
    "/koordination/nachfassen/<kind>/<public:key>", methods=["GET", "POST"]
)
@open_to(Role.COORDINATOR)
def chased(kind: str, key: str) -> ResponseReturnValue:
    hint = found(hint_with(kind, key))

    form = OutcomeForm()
    if not form.accepted():
        page = render_template(
            "stewardship/claims/chased.html",
            hint=hint,
            form=form,
            count=len(open_chases_of(hint)),
        )
        return page, form.status

    note_chased(hint, form.words.data or "", actor=actor(), at=now())

    flash(_("Notiert. Wer gefragt hat, bekommt einen Brief."))
    return redirect(url_for(".chases"))

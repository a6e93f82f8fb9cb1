from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import now
from marketplace.foundation.language import _, lazy
from marketplace.foundation.refusals import found
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.forms.verifying import ReturnForm, VerifyForm
from marketplace.people.organisations.queries import organisation_by_key
from marketplace.people.organisations.services.verifying import (
    freeze_organisation,
    return_organisation,
    thaw_organisation,
    verify_organisation,
)
from marketplace.people.organisations.views.public import page_of_organisation
from marketplace.web.access import actor, open_to

blueprint = Blueprint("verification", __name__, url_prefix="/organisationen")

ACTS = {
    "sperren": (freeze_organisation, lazy("Gesperrt. Niemand sieht sie mehr.")),
    "entsperren": (thaw_organisation, lazy("Wieder öffentlich.")),
}


@blueprint.post("/<public:key>/pruefen")
@open_to(Role.COORDINATOR)
def verify(key: str) -> ResponseReturnValue:
    organisation = found(organisation_by_key(key))

    form = VerifyForm()
    if not form.accepted():
        return page_of_organisation(organisation, verify_form=form), form.status

    verify_organisation(organisation, actor=actor(), at=now())

    flash(_("Geprüft. Die Organisation ist öffentlich."))
    return redirect(url_for("organisations.show", key=organisation))


@blueprint.post("/<public:key>/zurueckgeben")
@open_to(Role.COORDINATOR)
def give_back(key: str) -> ResponseReturnValue:
    organisation = found(organisation_by_key(key))

    form = ReturnForm()
    if not form.accepted():
        return page_of_organisation(organisation, return_form=form), form.status

    return_organisation(organisation, form.words.data or "", actor=actor(), at=now())

    flash(_("Der Brief mit Ihrer Frage ist unterwegs."))
    return redirect(url_for("organisations.show", key=organisation))


@blueprint.post("/<public:key>/<any(sperren, entsperren):act>")
@open_to(Role.COORDINATOR)
def act(key: str, act: str) -> ResponseReturnValue:
    organisation = found(organisation_by_key(key))

    do, words = ACTS[act]
    do(organisation, actor=actor(), at=now())

    flash(str(words))
    return redirect(url_for("organisations.show", key=organisation))

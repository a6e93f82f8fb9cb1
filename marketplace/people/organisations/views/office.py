from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import now
from marketplace.foundation.language import _, lazy
from marketplace.foundation.refusals import found
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.enums import CheckWay, VerificationStep
from marketplace.people.organisations.forms.verifying import ReturnForm
from marketplace.people.organisations.queries import organisation_by_key
from marketplace.people.organisations.services.verifying import (
    freeze_organisation,
    note_check,
    return_organisation,
    thaw_organisation,
    verify_organisation,
    withdraw_check,
)
from marketplace.people.organisations.views.public import page_of_organisation
from marketplace.web.access import actor, open_to

blueprint = Blueprint("verification", __name__, url_prefix="/organisationen")

WAYS = {way.value: way for way in CheckWay}
STEPS = {step.value: step for step in VerificationStep}
ACTS = {
    "sperren": (freeze_organisation, lazy("Gesperrt. Niemand sieht sie mehr.")),
    "entsperren": (thaw_organisation, lazy("Wieder öffentlich.")),
}


@blueprint.post(
    "/<public:key>/pruefen/<any(register, imprint, call_back, domain_mail):way>"
)
@open_to(Role.COORDINATOR)
def check(key: str, way: str) -> ResponseReturnValue:
    organisation = found(organisation_by_key(key))

    note_check(organisation, WAYS[way], actor=actor(), at=now())

    flash(_("Eingetragen."))
    return redirect(url_for("organisations.show", key=organisation))


@blueprint.post("/<public:key>/zuruecknehmen/<any(real, reached):step>")
@open_to(Role.COORDINATOR)
def uncheck(key: str, step: str) -> ResponseReturnValue:
    organisation = found(organisation_by_key(key))

    withdraw_check(organisation, STEPS[step], actor=actor(), at=now())

    flash(_("Der Schritt ist wieder offen."))
    return redirect(url_for("organisations.show", key=organisation))


@blueprint.post("/<public:key>/veroeffentlichen")
@open_to(Role.COORDINATOR)
def verify(key: str) -> ResponseReturnValue:
    organisation = found(organisation_by_key(key))

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

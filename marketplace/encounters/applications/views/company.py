"""A company says yes, or no with a reason."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.applications.forms import DeclineForm
from marketplace.encounters.applications.queries import application_by_key
from marketplace.encounters.applications.rules import is_company_of
from marketplace.encounters.applications.services.answering import accept as say_yes
from marketplace.encounters.applications.services.answering import decline as say_no
from marketplace.encounters.applications.services.answering import (
    put_on_list as keep_waiting,
)
from marketplace.encounters.applications.views.blueprint import blueprint
from marketplace.encounters.applications.views.reading import (
    cancel_form,
    company_page,
)
from marketplace.foundation.clock import now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.web.access import actor, open_to


@blueprint.post("/bewerbungen/<public:key>/annehmen")
@open_to(Role.MEMBER)
def accept(key: str) -> ResponseReturnValue:
    application = found(application_by_key(key))

    permit(is_company_of(actor(), application))

    say_yes(application, actor=actor(), at=now())

    flash(_("Zugesagt. Der Platz ist reserviert, bis er bestätigt wird."))
    return redirect(url_for(".show", key=application))


@blueprint.post("/bewerbungen/<public:key>/warteliste")
@open_to(Role.MEMBER)
def put_on_list(key: str) -> ResponseReturnValue:
    application = found(application_by_key(key))

    permit(is_company_of(actor(), application))

    keep_waiting(application, actor=actor(), at=now())

    flash(_("Auf der Warteliste. Wird ein Platz frei, rückt die Bewerbung nach."))
    return redirect(url_for(".show", key=application))


@blueprint.post("/bewerbungen/<public:key>/absagen")
@open_to(Role.MEMBER)
def decline(key: str) -> ResponseReturnValue:
    application = found(application_by_key(key))

    permit(is_company_of(actor(), application))

    form = DeclineForm()
    if not form.accepted():
        return company_page(application, cancel_form(), form), form.status

    reason = (form.code.data, form.words.data or "")
    say_no(application, *reason, actor=actor(), at=now())

    flash(_("Abgesagt. Die Nachricht mit dem Grund ist unterwegs."))
    return redirect(url_for(".index"))

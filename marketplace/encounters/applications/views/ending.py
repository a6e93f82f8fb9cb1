"""Whoever was promised a place, or promised one, gives it back."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.applications.queries import application_by_key
from marketplace.encounters.applications.services.ending import cancel as give_back
from marketplace.encounters.applications.views.blueprint import blueprint
from marketplace.encounters.applications.views.reading import (
    READERS,
    SIDES,
    cancel_form,
)
from marketplace.foundation.clock import now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.web.access import actor, open_to


@blueprint.post("/bewerbungen/<public:key>/platz-absagen")
@open_to(Role.PUPIL, Role.GUARDIAN, Role.MEMBER)
def cancel(key: str) -> ResponseReturnValue:
    application = found(application_by_key(key))

    is_allowed, page = READERS[actor().role]
    permit(is_allowed(application))

    form = cancel_form()
    if not form.accepted():
        return page(application, form), form.status

    side = SIDES[actor().role]
    give_back(application, form.code.data, side=side, actor=actor(), at=now())

    flash(_("Abgesagt. Die andere Seite bekommt eine Nachricht."))
    return redirect(url_for(".show", key=application))

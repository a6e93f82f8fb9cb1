"""The school without an account confirms by the link of its letter; the pupil shows."""

from collections.abc import Callable, Mapping

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.applications.forms import SignForm
from marketplace.encounters.applications.mails import SCHOOL
from marketplace.encounters.applications.queries import (
    application_by_id,
    application_by_key,
)
from marketplace.encounters.applications.rules import (
    awaits_school_of,
    is_pupil_of,
    is_readable_by_school,
)
from marketplace.encounters.applications.services.approving import confirm_for_school
from marketplace.encounters.applications.services.schooling import (
    hide_from_school,
    show_to_school,
)
from marketplace.encounters.applications.views.blueprint import blueprint
from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.people.schools.queries import school_attended_by
from marketplace.upkeep.mail.queries import link_of
from marketplace.upkeep.mail.services import use_link
from marketplace.web.access import EVERYONE, actor, open_to

SHOWINGS: Mapping[str, Callable[..., None]] = {
    "zeigen": show_to_school,
    "verbergen": hide_from_school,
}


blueprint.add_app_template_global(awaits_school_of)


@blueprint.route("/schulbestaetigung/<token>", methods=["GET", "POST"])
@open_to(EVERYONE)
def confirm_by_link(token: str) -> ResponseReturnValue:
    link = found(link_of(SCHOOL, token))
    application = found(application_by_id(link.subject_id))
    school = found(school_attended_by(application.pupil))

    permit(is_readable_by_school(application, school.id))

    form, at = SignForm(), now()
    is_open = link.used_at is None and link.valid_until >= at
    is_asked = is_open and awaits_school_of(application)
    if not is_asked or not form.accepted():
        page = render_template(
            "encounters/applications/confirm_by_link.html",
            application=application,
            school=school,
            form=form,
            is_asked=is_asked,
        )
        return page, form.status

    if use_link(link, at=at):
        name = form.signed_by.data or ""
        confirm_for_school(
            application, signed_by=name, signed_on=day_of(at), actor=None, at=at
        )

    return redirect(url_for(".confirm_by_link", token=token))


@blueprint.post("/bewerbungen/<public:key>/schule-<any(zeigen, verbergen):act>")
@open_to(Role.PUPIL)
def showing(key: str, act: str) -> ResponseReturnValue:
    application = found(application_by_key(key))

    permit(is_pupil_of(actor(), application))

    SHOWINGS[act](application, actor=actor(), at=now())

    flash(_("Gespeichert."))
    return redirect(url_for(".show", key=application))

"""The name of an organisation, as the office changes it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.doors.desk.forms import NameForm
from marketplace.doors.desk.views.blueprint import blueprint
from marketplace.foundation.clock import now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.queries import organisation_by_key
from marketplace.people.organisations.services.naming import rename_organisation
from marketplace.web.access import actor, open_to


@blueprint.route("/organisationen/<public:key>/name", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def rename(key: str) -> ResponseReturnValue:
    organisation = found(organisation_by_key(key))

    form = NameForm(obj=organisation)
    is_done = form.accepted() and not form.refused(
        lambda: rename_organisation(
            organisation, **form.values, actor=actor(), at=now()
        ),
        field=form.name,
    )
    if not is_done:
        page = render_template(
            "doors/desk/rename.html", organisation=organisation, form=form
        )
        return page, form.status

    flash(_("Der neue Name gilt. Wer die Organisation verwaltet, bekommt einen Brief."))
    return redirect(url_for("organisations.show", key=organisation))

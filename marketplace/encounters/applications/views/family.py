"""Who is linked with whom at home, and which data goes where."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.applications.queries import (
    NEWEST_FIRST,
    application_by_key,
    applications_of_children,
)
from marketplace.encounters.applications.views.blueprint import blueprint
from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal, found, permit
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.queries import user_by_email
from marketplace.people.guardians.queries import guardianship_by_id, guardianships_of
from marketplace.people.guardians.services import link_child
from marketplace.people.guardians.services import unlink as end_link
from marketplace.web.access import EVERYONE, actor, open_to
from marketplace.web.pages import page_of


@blueprint.get("/konto/kinder")
@open_to(Role.GUARDIAN)
def children() -> ResponseReturnValue:
    query = applications_of_children(actor(), day_of(now()))

    page = page_of(query, by=NEWEST_FIRST, after=request.args.get("nach"))

    return render_template(
        "encounters/applications/children.html",
        page=page,
        links=guardianships_of(actor()),
    )


@blueprint.get("/eltern/daten")
@open_to(EVERYONE)
def data_paths() -> ResponseReturnValue:
    return render_template("encounters/applications/data_paths.html")


@blueprint.post("/konto/kinder/<id:number>/loesen")
@open_to(Role.GUARDIAN)
def unlink(number: int) -> ResponseReturnValue:
    link = found(guardianship_by_id(number))

    permit(link.guardian_id == actor().id)

    end_link(link, actor=actor(), at=now())

    flash(_("Die Verknüpfung ist gelöst."))
    return redirect(url_for(".children"))


@blueprint.post("/koordination/bewerbungen/<public:key>/eltern")
@open_to(Role.COORDINATOR)
def link_guardian(key: str) -> ResponseReturnValue:
    application = found(application_by_key(key))

    permit(application.sent_at is not None)

    guardian = user_by_email(request.form.get("adresse", "").strip().lower())
    if guardian is None:
        raise Refusal(_("Zu dieser Adresse gibt es kein Konto für Eltern."))
    link_child(guardian, application.pupil, at=now(), actor=actor())

    flash(_("Verknüpft."))
    return redirect(url_for(".show", key=application))


@blueprint.post("/koordination/bewerbungen/<public:key>/eltern/<id:number>/loesen")
@open_to(Role.COORDINATOR)
def unlink_guardian(key: str, number: int) -> ResponseReturnValue:
    application = found(application_by_key(key))
    link = found(guardianship_by_id(number))

    permit(link.child_id == application.pupil_id)

    end_link(link, actor=actor(), at=now())

    flash(_("Gelöst. Die Eltern bekommen eine Nachricht."))
    return redirect(url_for(".show", key=application))

"""School and office: what was signed on paper, and what was held back."""

from collections.abc import Callable, Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.applications.enums import Side
from marketplace.encounters.applications.forms import PaperForm
from marketplace.encounters.applications.queries import (
    NEWEST_FIRST,
    application_by_key,
    held_applications,
)
from marketplace.encounters.applications.rules import is_readable_by_school
from marketplace.encounters.applications.services.approving import (
    confirm_for_school,
    note_reads,
    refuse_held,
    release_held,
)
from marketplace.encounters.applications.services.lifting import lift_refusal
from marketplace.encounters.applications.services.signing import Paper, enter_paper
from marketplace.encounters.applications.views.blueprint import blueprint
from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal, found, permit
from marketplace.people.accounts.enums import Role
from marketplace.people.schools.queries import school_of
from marketplace.web.access import actor, open_to
from marketplace.web.pages import page_of

DECISIONS: Mapping[str, Callable[..., None]] = {
    "freigeben": release_held,
    "stoppen": refuse_held,
}


@blueprint.post("/bewerbungen/<public:key>/schule-bestaetigt")
@open_to(Role.SCHOOL)
def confirm_school(key: str) -> ResponseReturnValue:
    application = found(application_by_key(key))

    permit(is_readable_by_school(application, found(school_of(actor())).id))

    confirm_for_school(
        application,
        signed_by=actor().name,
        signed_on=day_of(now()),
        actor=actor(),
        at=now(),
    )

    flash(_("Bestätigt. Der Platz kann jetzt fest werden."))
    return redirect(url_for(".show", key=application))


@blueprint.route("/koordination/papier", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def paper() -> ResponseReturnValue:
    form = PaperForm(today=day_of(now()))

    if not form.accepted():
        return _sheet(form), form.status

    try:
        application = enter_paper(Paper(**form.values), actor=actor(), at=now())
    except Refusal as refusal:  # what was typed stays
        form.form_errors.append(refusal.sentence)
        return _sheet(form), 409

    flash(_("Eingetragen: %(state)s.", state=application.state.label))
    return redirect(url_for(".show", key=application))


@blueprint.route("/schule/papier", methods=["GET", "POST"])
@open_to(Role.SCHOOL)
def school_paper() -> ResponseReturnValue:
    school = found(school_of(actor()))
    form = PaperForm(today=day_of(now()))

    if not form.accepted():
        return _sheet(form), form.status

    try:
        application = enter_paper(Paper(**form.values), actor=actor(), at=now())
    except Refusal as refusal:  # what was typed stays
        form.form_errors.append(refusal.sentence)
        return _sheet(form), 409

    flash(_("Eingetragen: %(state)s.", state=application.state.label))
    if is_readable_by_school(application, school.id):
        return redirect(url_for(".show", key=application))
    return redirect(url_for(".index"))


@blueprint.post("/koordination/bewerbungen/<public:key>/nein-zuruecknehmen")
@open_to(Role.COORDINATOR)
def lift(key: str) -> ResponseReturnValue:
    application = found(application_by_key(key))

    permit(application.sent_at is not None)

    lift_refusal(application, side=Side.COORDINATION, actor=actor(), at=now())

    flash(_("Das Nein ist zurückgenommen. Die Eltern bekommen einen neuen Link."))
    return redirect(url_for(".show", key=application))


@blueprint.get("/koordination/zurueckgehalten")
@open_to(Role.COORDINATOR)
def held() -> ResponseReturnValue:
    after = request.args.get("nach")

    page = page_of(held_applications(), by=NEWEST_FIRST, after=after)
    note_reads(page.rows, actor=actor(), at=now())

    return render_template("encounters/applications/held.html", page=page)


@blueprint.post(
    "/koordination/zurueckgehalten/<public:key>/<any(freigeben, stoppen):decision>"
)
@open_to(Role.COORDINATOR)
def decide_held(key: str, decision: str) -> ResponseReturnValue:
    application = found(application_by_key(key))

    permit(application.is_held)

    DECISIONS[decision](application, actor=actor(), at=now())

    flash(_("Entschieden. Die Nachricht ist unterwegs."))
    return redirect(url_for(".held"))


def _sheet(form: PaperForm) -> str:
    """The page on which a signed sheet is entered, for office and school."""
    is_school = actor().role is Role.SCHOOL
    return render_template(
        "encounters/applications/paper.html", form=form, is_school=is_school
    )

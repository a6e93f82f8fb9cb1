from collections.abc import Callable, Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import application_by_key
from marketplace.encounters.applications.rules import is_event_of
from marketplace.encounters.placements.forms import VisitForm
from marketplace.encounters.placements.queries import visit_to
from marketplace.encounters.placements.rules import can_remind, can_visit
from marketplace.encounters.placements.services.caring import (
    confirm_several,
    drop_visit,
    note_visit,
    remind,
)
from marketplace.encounters.placements.services.overview import (
    Overview,
    chosen_period,
    overview_of,
)
from marketplace.encounters.placements.services.sheets import (
    list_as_csv,
    list_as_xlsx,
)
from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _, ngettext
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.people.schools.models import SchoolClass
from marketplace.people.schools.queries import class_by_key, school_of
from marketplace.people.schools.rules import is_of_school
from marketplace.web.access import actor, open_to
from marketplace.web.files import download

blueprint = Blueprint("placements", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Sheet = Callable[[SchoolClass, Overview], bytes]
SHEETS: Mapping[str, tuple[str, Sheet]] = {
    "csv": ("text/csv; charset=utf-8", lambda _own, overview: list_as_csv(overview)),
    "xlsx": (XLSX, list_as_xlsx),
}

blueprint.add_app_template_global(visit_to)


@blueprint.get("/klassen/<public:key>")
@open_to(Role.SCHOOL)
def show(key: str) -> ResponseReturnValue:
    own = _own_class(key)

    overview = _overview(own)

    return render_template(
        "encounters/placements/show.html",
        own=own,
        overview=overview,
        can_remind=can_remind(own, now()),
        is_ahead=overview.period and overview.period.starts_on > day_of(now()),
        can_visit=can_visit,
    )


@blueprint.post("/klassen/<public:key>/bestaetigen")
@open_to(Role.SCHOOL)
def confirm(key: str) -> ResponseReturnValue:
    own = _own_class(key)

    keys = set(request.form.getlist("bewerbung"))
    count = confirm_several(_overview(own), keys, actor=actor(), at=now())

    flash(ngettext("Ein Praktikum bestätigt.", "%(num)s Praktika bestätigt.", count))
    return _back(own)


@blueprint.post("/klassen/<public:key>/erinnern")
@open_to(Role.SCHOOL)
def remind_class(key: str) -> ResponseReturnValue:
    own = _own_class(key)

    count = remind(own, _overview(own), actor=actor(), at=now())

    flash(ngettext("Eine Erinnerung ist unterwegs.", "%(num)s Briefe gehen ab.", count))
    return _back(own)


@blueprint.get("/klassen/<public:key>/liste.<any(csv, xlsx):form>")
@open_to(Role.SCHOOL)
def sheet(key: str, form: str) -> ResponseReturnValue:
    own = _own_class(key)

    content_type, write = SHEETS[form]
    content = write(own, _overview(own))

    name = f"klasse-{own.name}.{form}"
    return download(content, name=name, content_type=content_type)


@blueprint.route("/bewerbungen/<public:key>/besuch", methods=["GET", "POST"])
@open_to(Role.SCHOOL)
def visit(key: str) -> ResponseReturnValue:
    application = _own_event(key)

    form = VisitForm(obj=visit_to(application))
    is_done = form.accepted() and not form.refused(
        lambda: note_visit(application, form.day, actor=actor(), at=now()),
        field=form.visit_on,
    )
    if not is_done:
        page = render_template(
            "encounters/placements/visit.html", application=application, form=form
        )
        return page, form.status

    flash(_("Eingetragen. Betrieb und Jugendliche haben Bescheid."))
    return redirect(url_for("applications.show", key=application))


@blueprint.post("/bewerbungen/<public:key>/besuch/weg")
@open_to(Role.SCHOOL)
def unvisit(key: str) -> ResponseReturnValue:
    application = _own_event(key)

    drop_visit(application, actor=actor(), at=now())

    flash(_("Der Besuch ist abgesagt."))
    return redirect(url_for("applications.show", key=application))


def _own_class(key: str) -> SchoolClass:
    own = found(class_by_key(key))
    permit(is_of_school(own, school_of(actor())))
    return own


def _own_event(key: str) -> Application:
    application = found(application_by_key(key))
    permit(is_event_of(application, found(school_of(actor())).id))
    return application


def _overview(own: SchoolClass) -> Overview:
    number = request.values.get("zeitraum", "")
    return overview_of(own, chosen_period(own, number, day_of(now())))


def _back(own: SchoolClass) -> ResponseReturnValue:
    number = request.values.get("zeitraum") or None
    return redirect(url_for(".show", key=own, zeitraum=number))

"""The school of a member of its staff: choose it, lay down its rules, leave it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import now
from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found
from marketplace.people.accounts.enums import Role
from marketplace.people.schools.forms.choosing import SchoolFilters
from marketplace.people.schools.forms.settling import DaysForm, TermsForm
from marketplace.people.schools.models import School
from marketplace.people.schools.queries import (
    request_of,
    school_by_key,
    school_of,
    staff_of,
    suggested_schools,
)
from marketplace.people.schools.services.settling import add_days, drop_days, lay_down
from marketplace.people.schools.services.staffing import (
    ask_to_act,
    leave_school,
    take_back_request,
)
from marketplace.web.access import actor, open_to
from marketplace.web.forms import Form

blueprint = Blueprint("own_school", __name__, url_prefix="/schule")

SHOWN = 20


@blueprint.route("", methods=["GET", "POST"])
@open_to(Role.SCHOOL)
def show() -> ResponseReturnValue:
    school = school_of(actor())
    if school is None:
        return redirect(url_for(".search"))

    form = TermsForm(obj=school)
    if not form.accepted():
        return _page(school, form, DaysForm(formdata=None)), form.status

    lay_down(school, **form.values, actor=actor(), at=now())

    flash(_("Gespeichert. Ab jetzt gilt es für alle Bewerbungen Ihrer Schule."))
    return redirect(url_for(".show"))


@blueprint.post("/tage")
@open_to(Role.SCHOOL)
def add() -> ResponseReturnValue:
    school = found(school_of(actor()))

    form = DaysForm()
    is_done = form.accepted() and not form.refused(
        lambda: add_days(school, form.entry, actor=actor(), at=now()),
        field=form.starts_on,
    )
    if not is_done:
        return _page(school, _stored(school), form), form.status

    flash(_("Eingetragen."))
    return redirect(url_for(".show"))


@blueprint.post("/tage/<id:number>/weg")
@open_to(Role.SCHOOL)
def drop(number: int) -> ResponseReturnValue:
    school = found(school_of(actor()))
    days = found(next((it for it in school.days if it.id == number), None))

    drop_days(school, days, actor=actor(), at=now())

    flash(_("Gestrichen."))
    return redirect(url_for(".show"))


@blueprint.get("/waehlen")
@open_to(Role.SCHOOL)
def search() -> ResponseReturnValue:
    filters = SchoolFilters(request.args)

    query = suggested_schools(filters.values.get("q", "")).limit(SHOWN)

    return render_template(
        "people/schools/ask.html",
        filters=filters,
        schools=db.session.scalars(query).all(),
        asked=request_of(actor()),
        own=school_of(actor()),
        shown=SHOWN,
    )


@blueprint.post("/waehlen/<public:key>")
@open_to(Role.SCHOOL)
def choose(key: str) -> ResponseReturnValue:
    school = found(school_by_key(key))

    if ask_to_act(actor(), school, at=now()):
        flash(_("Ihre Adresse gehört zur Schule. Sie können gleich anfangen."))
        return redirect(url_for("classes.index"))

    flash(_("Die Koordinationsstelle prüft es. Sie bekommen einen Brief."))
    return redirect(url_for(".search"))


@blueprint.post("/anfrage/zurueck")
@open_to(Role.SCHOOL)
def take_back() -> ResponseReturnValue:
    take_back_request(actor(), at=now())

    flash(_("Zurückgenommen."))
    return redirect(url_for(".search"))


@blueprint.route("/verlassen", methods=["GET", "POST"])
@open_to(Role.SCHOOL)
def leave() -> ResponseReturnValue:
    school = found(school_of(actor()))

    form = Form()
    if not form.accepted():
        page = render_template("people/schools/leave.html", form=form, school=school)
        return page, form.status

    leave_school(actor(), at=now())

    flash(_("Sie handeln nicht mehr für %(name)s.", name=school.name))
    return redirect(url_for(".search"))


def _stored(school: School) -> TermsForm:
    return TermsForm(obj=school, formdata=None)


def _page(school: School, form: TermsForm, days_form: DaysForm) -> str:
    return render_template(
        "people/schools/own_school.html",
        school=school,
        staff=staff_of(school),
        form=form,
        days_form=days_form,
    )

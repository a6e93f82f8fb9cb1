"""Schools as the office looks after them: who acts for them, what they lay down."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import now
from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found
from marketplace.people.accounts.enums import Role
from marketplace.people.schools.forms.choosing import SchoolFilters
from marketplace.people.schools.forms.settling import ContactForm, DaysForm, TermsForm
from marketplace.people.schools.forms.staffing import ReasonForm
from marketplace.people.schools.models import School
from marketplace.people.schools.queries import (
    request_by_id,
    school_by_key,
    staff_by_id,
    staff_of,
    staff_requests,
    staffed_schools,
    suggested_schools,
)
from marketplace.people.schools.services.settling import (
    add_days,
    drop_days,
    lay_down,
    note_contact,
)
from marketplace.people.schools.services.staffing import (
    end_binding,
    grant_request,
    refuse_request,
)
from marketplace.web.access import actor, open_to

blueprint = Blueprint("school_office", __name__, url_prefix="/koordination/schulen")

SHOWN = 20


@blueprint.get("")
@open_to(Role.COORDINATOR)
def index() -> ResponseReturnValue:
    filters = SchoolFilters(request.args)

    asked = filters.values.get("q", "")
    query = suggested_schools(asked) if asked else staffed_schools()

    return render_template(
        "people/schools/office.html",
        filters=filters,
        schools=db.session.scalars(query.limit(SHOWN)).all(),
        requests=db.session.scalars(staff_requests().limit(SHOWN)).all(),
        shown=SHOWN,
    )


@blueprint.route("/<public:key>", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def show(key: str) -> ResponseReturnValue:
    school = found(school_by_key(key))

    form = ContactForm(obj=school)
    is_done = form.accepted() and not form.refused(
        lambda: note_contact(school, **form.values, actor=actor(), at=now()),
        field=form.mail_domain,
    )
    if not is_done:
        return _page(school, contact=form), form.status

    flash(_("Gespeichert."))
    return redirect(url_for(".show", key=school))


@blueprint.post("/<public:key>/regeln")
@open_to(Role.COORDINATOR)
def settle(key: str) -> ResponseReturnValue:
    school = found(school_by_key(key))

    form = TermsForm()
    if not form.accepted():
        return _page(school, terms=form), form.status

    lay_down(school, **form.values, actor=actor(), at=now())

    flash(_("Gespeichert. Ab jetzt gilt es für alle Bewerbungen dieser Schule."))
    return redirect(url_for(".show", key=school))


@blueprint.post("/<public:key>/tage")
@open_to(Role.COORDINATOR)
def add(key: str) -> ResponseReturnValue:
    school = found(school_by_key(key))

    form = DaysForm()
    is_done = form.accepted() and not form.refused(
        lambda: add_days(school, form.entry, actor=actor(), at=now()),
        field=form.starts_on,
    )
    if not is_done:
        return _page(school, days=form), form.status

    flash(_("Eingetragen."))
    return redirect(url_for(".show", key=school))


@blueprint.post("/<public:key>/tage/<id:number>/weg")
@open_to(Role.COORDINATOR)
def drop(key: str, number: int) -> ResponseReturnValue:
    school = found(school_by_key(key))
    days = found(next((it for it in school.days if it.id == number), None))

    drop_days(school, days, actor=actor(), at=now())

    flash(_("Gestrichen."))
    return redirect(url_for(".show", key=school))


@blueprint.route("/anfragen/<id:number>", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def decide(number: int) -> ResponseReturnValue:
    asked = found(request_by_id(number))

    form = ReasonForm()
    if not form.accepted():
        page = render_template("people/schools/decide.html", asked=asked, form=form)
        return page, form.status

    refuse_request(asked, form.reason.data or "", actor=actor(), at=now())

    flash(_("Abgelehnt. Der Brief mit Ihrem Grund ist unterwegs."))
    return redirect(url_for(".index"))


@blueprint.post("/anfragen/<id:number>/zusagen")
@open_to(Role.COORDINATOR)
def grant(number: int) -> ResponseReturnValue:
    asked = found(request_by_id(number))
    school = asked.school

    grant_request(asked, actor=actor(), at=now())

    flash(_("Freigeschaltet. Der Brief ist unterwegs."))
    return redirect(url_for(".show", key=school))


@blueprint.route("/personen/<id:number>/beenden", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def end(number: int) -> ResponseReturnValue:
    staff = found(staff_by_id(number))
    school = staff.school

    form = ReasonForm()
    if not form.accepted():
        page = render_template("people/schools/end.html", staff=staff, form=form)
        return page, form.status

    end_binding(staff, form.reason.data or "", actor=actor(), at=now())

    flash(_("Der Zugang ist beendet. Der Brief ist unterwegs."))
    return redirect(url_for(".show", key=school))


def _page(
    school: School,
    *,
    contact: ContactForm | None = None,
    terms: TermsForm | None = None,
    days: DaysForm | None = None,
) -> str:
    """The page of a school; the forms that were not sent hold what is stored."""
    return render_template(
        "people/schools/school.html",
        school=school,
        staff=staff_of(school),
        contact=contact or ContactForm(obj=school, formdata=None),
        terms=terms or TermsForm(obj=school, formdata=None),
        days_form=days or DaysForm(formdata=None),
        form=contact or terms or days,
    )

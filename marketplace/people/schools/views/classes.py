"""The classes of a school, for its staff: open, change, hand out the code."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from segno import make_qr

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.people.schools.forms.classes import ClassForm, PeriodForm
from marketplace.people.schools.models import SchoolClass
from marketplace.people.schools.queries import (
    class_by_key,
    classes_of,
    member_by_id,
    member_counts,
    members_of,
    school_of,
)
from marketplace.people.schools.rules import is_of_school, next_period, year_words
from marketplace.people.schools.services.classes import (
    add_period,
    change_class,
    dissolve_class,
    drop_period,
    open_class,
    renew_code,
)
from marketplace.people.schools.services.joining import remove_member
from marketplace.region.calendar.tables import school_year_of
from marketplace.web.access import actor, open_to
from marketplace.web.forms import Form

blueprint = Blueprint("classes", __name__, url_prefix="/klassen")

blueprint.app_template_filter("school_year")(year_words)


@blueprint.get("")
@open_to(Role.SCHOOL)
def index() -> ResponseReturnValue:
    school, today = school_of(actor()), day_of(now())

    return render_template(
        "people/schools/classes.html",
        school=school,
        classes=classes_of(school, today) if school else [],
        counts=member_counts(school) if school else {},
        next_period=lambda own: next_period(own, today),
    )


@blueprint.route("/neu", methods=["GET", "POST"])
@open_to(Role.SCHOOL)
def new() -> ResponseReturnValue:
    school = found(school_of(actor()))

    form = _class_form()
    if not form.accepted():
        page = render_template("people/schools/class_form.html", form=form, own=None)
        return page, form.status

    own = open_class(school, form.entry, actor=actor(), at=now())

    flash(_("Die Klasse ist angelegt. Jetzt fehlt noch, wann sie im Praktikum ist."))
    return redirect(url_for(".edit", key=own))


@blueprint.route("/<public:key>/bearbeiten", methods=["GET", "POST"])
@open_to(Role.SCHOOL)
def edit(key: str) -> ResponseReturnValue:
    own = _own_class(key)

    form = _class_form(own)
    is_done = form.accepted() and not form.refused(
        lambda: change_class(own, form.entry, actor=actor(), at=now())
    )
    if not is_done:
        return _edit_page(own, form, PeriodForm(formdata=None)), form.status

    flash(_("Gespeichert."))
    return redirect(url_for(".edit", key=own))


@blueprint.post("/<public:key>/zeitraeume")
@open_to(Role.SCHOOL)
def add(key: str) -> ResponseReturnValue:
    own = _own_class(key)

    form = PeriodForm()
    is_done = form.accepted() and not form.refused(
        lambda: add_period(own, form.entry, actor=actor(), at=now()),
        field=form.starts_on,
    )
    if not is_done:
        return _edit_page(own, _class_form(own, formdata=None), form), form.status

    flash(_("Der Zeitraum steht. Wer in der Klasse ist, sieht ihn."))
    return redirect(url_for(".edit", key=own))


@blueprint.post("/<public:key>/zeitraeume/<id:number>/weg")
@open_to(Role.SCHOOL)
def drop(key: str, number: int) -> ResponseReturnValue:
    own = _own_class(key)
    period = found(next((it for it in own.periods if it.id == number), None))

    drop_period(period, actor=actor(), at=now())

    flash(_("Der Zeitraum ist gestrichen. Bewerbungen bleiben, wie sie sind."))
    return redirect(url_for(".edit", key=own))


@blueprint.get("/<public:key>/code")
@open_to(Role.SCHOOL)
def code(key: str) -> ResponseReturnValue:
    own = _own_class(key)

    address = url_for("joining.show", code=own.code, _external=True)
    picture = make_qr(address, error="m").svg_inline(
        scale=6,
        dark="#000",
        light="#fff",
        svgclass=None,
        lineclass=None,
        title=_("QR-Code der Klasse"),
    )
    return render_template(
        "people/schools/code.html",
        own=own,
        address=address,
        qr=Markup(picture),  # noqa: S704 - drawn by segno, without a word of a person
    )


@blueprint.post("/<public:key>/code")
@open_to(Role.SCHOOL)
def renew(key: str) -> ResponseReturnValue:
    own = _own_class(key)

    renew_code(own, actor=actor(), at=now())

    flash(_("Der neue Code gilt. Der alte führt nirgendwo mehr hin."))
    return redirect(url_for(".code", key=own))


@blueprint.get("/<public:key>/personen")
@open_to(Role.SCHOOL)
def members(key: str) -> ResponseReturnValue:
    own = _own_class(key)

    return render_template(
        "people/schools/members.html", own=own, members=members_of(own)
    )


@blueprint.post("/<public:key>/personen/<id:number>/entfernen")
@open_to(Role.SCHOOL)
def remove(key: str, number: int) -> ResponseReturnValue:
    own = _own_class(key)
    member = found(member_by_id(number))

    permit(member.class_id == own.id)

    remove_member(member, actor=actor(), at=now())

    flash(_("%(name)s ist nicht mehr in der Klasse.", name=member.user.name))
    return redirect(url_for(".members", key=own))


@blueprint.route("/<public:key>/aufloesen", methods=["GET", "POST"])
@open_to(Role.SCHOOL)
def dissolve(key: str) -> ResponseReturnValue:
    own = _own_class(key)

    form = Form()
    if not form.accepted():
        page = render_template("people/schools/dissolve.html", form=form, own=own)
        return page, form.status

    dissolve_class(own, actor=actor(), at=now())

    flash(_("Die Klasse ist aufgelöst."))
    return redirect(url_for(".index"))


def _own_class(key: str) -> SchoolClass:
    """The class of this id, if it is one of the school of who is signed in."""
    own = found(class_by_key(key))
    permit(is_of_school(own, school_of(actor())))
    return own


def _class_form(own: SchoolClass | None = None, **rest: Any) -> ClassForm:
    this_year = school_year_of(day_of(now()))
    return ClassForm(years=(this_year, this_year + 1), obj=own, **rest)


def _edit_page(own: SchoolClass, form: ClassForm, period_form: PeriodForm) -> str:
    return render_template(
        "people/schools/class_form.html", own=own, form=form, period_form=period_form
    )

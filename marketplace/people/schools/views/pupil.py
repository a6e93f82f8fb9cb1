from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.database import db
from marketplace.foundation.language import _, format_span
from marketplace.foundation.refusals import found
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.schools.forms.choosing import SchoolFilters
from marketplace.people.schools.models import School
from marketplace.people.schools.queries import (
    class_attended_by,
    school_attended_by,
    school_by_key,
    school_of,
    suggested_schools,
)
from marketplace.people.schools.rules import next_period
from marketplace.people.schools.services.choosing import choose_school
from marketplace.web.access import actor, open_to
from marketplace.web.navigation import Link, Part

blueprint = Blueprint("schools", __name__)

SHOWN = 20


@blueprint.get("/konto/schule")
@open_to(Role.PUPIL)
def index() -> ResponseReturnValue:
    filters = SchoolFilters(request.args)

    query = suggested_schools(filters.values.get("q", "")).limit(SHOWN)

    return render_template(
        "people/schools/index.html",
        filters=filters,
        schools=db.session.scalars(query).all(),
        attended=school_attended_by(actor()),
        shown=SHOWN,
    )


@blueprint.post("/konto/schule/<public:key>")
@open_to(Role.PUPIL)
def choose(key: str) -> ResponseReturnValue:
    school = found(school_by_key(key))

    choose_school(actor(), school, at=now())

    flash(_("Gespeichert: %(school)s", school=school.name))
    return redirect(url_for("accounts.show"))


def account_part(user: User) -> Part | None:
    """Gives what the account page says about a person's school."""
    if user.role is Role.PUPIL:
        school = school_attended_by(user)
        words = _("Andere Schule wählen") if school else _("Schule wählen")
        links = [
            Link(words, url_for("schools.index")),
            Link(_("Deine Klasse"), url_for("joining.own")),
        ]
        typed = user.pupil.school_name if user.pupil else ""
        facts = _facts(school) if school or not typed else [(_("Schule"), typed)]
        facts += _class_facts(user)
        return Part(_("Deine Schule"), facts=facts, links=links)
    if user.role is Role.SCHOOL:
        links = [
            Link(_("Klassen"), url_for("classes.index")),
            Link(_("Regeln, Tage, Personen"), url_for("own_school.show")),
        ]
        return Part(_("Ihre Schule"), facts=_facts(school_of(user)), links=links)
    return None


def _facts(school: School | None) -> list[tuple[str, str]]:
    if school is None:
        return [(_("Schule"), _("noch offen"))]
    return [
        (_("Schule"), school.name),
        (_("Ort"), school.place_name or _("nicht bekannt")),
    ]


def _class_facts(user: User) -> list[tuple[str, str]]:
    """The class of a pupil, and when it is out next."""
    own, today = class_attended_by(user, day_of(now())), day_of(now())
    period = next_period(own, today) if own else None
    facts = [(_("Klasse"), own.name)] if own else []
    if period:
        facts.append((_("Praktikum"), format_span(period.starts_on, period.ends_on)))
    return facts

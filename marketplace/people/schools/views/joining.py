"""A pupil joins a class by its code, sees what that means, and leaves it again."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found
from marketplace.foundation.tokens import plain_code
from marketplace.people.accounts.enums import Role
from marketplace.people.schools.forms.classes import CodeForm
from marketplace.people.schools.models import SchoolClass
from marketplace.people.schools.queries import class_attended_by
from marketplace.people.schools.rules import next_period
from marketplace.people.schools.services.joining import (
    class_with_code,
    join_class,
    leave_class,
)
from marketplace.web.access import EVERYONE, actor, open_to

blueprint = Blueprint("joining", __name__)


@blueprint.get("/konto/klasse")
@open_to(Role.PUPIL)
def own() -> ResponseReturnValue:
    return _own_page(CodeForm())


@blueprint.post("/konto/klasse")
@open_to(Role.PUPIL)
def enter() -> ResponseReturnValue:
    form = CodeForm()

    code = plain_code(form.code.data or "")
    if form.accepted() and _class_of(code) is not None:
        return redirect(url_for(".show", code=code))

    if not form.errors:
        form.code.errors = [_("Diesen Code kennen wir nicht. Prüf die 8 Zeichen.")]
    return _own_page(form), form.status


@blueprint.get("/klasse/<code>")
@open_to(EVERYONE)
def show(code: str) -> ResponseReturnValue:
    own = found(_class_of(code))

    role = getattr(actor(), "role", None)
    is_pupil = role is Role.PUPIL
    return render_template(
        "people/schools/join.html",
        own=own,
        code=code,
        period=next_period(own, day_of(now())),
        role=role,
        is_member=is_pupil and class_attended_by(actor(), day_of(now())) is own,
    )


@blueprint.post("/klasse/<code>")
@open_to(Role.PUPIL)
def join(code: str) -> ResponseReturnValue:
    own = found(_class_of(code))

    join_class(actor(), own, at=now())

    flash(_("Du bist jetzt in der Klasse %(name)s.", name=own.name))
    return redirect(url_for(".own"))


@blueprint.post("/konto/klasse/verlassen")
@open_to(Role.PUPIL)
def leave() -> ResponseReturnValue:
    leave_class(actor(), at=now())

    flash(_("Du bist nicht mehr in der Klasse. Deine Bewerbungen bleiben."))
    return redirect(url_for(".own"))


def _class_of(code: str) -> SchoolClass | None:
    return class_with_code(code, came_from=request.remote_addr or "", at=now())


def _own_page(form: CodeForm) -> str:
    own, today = class_attended_by(actor(), day_of(now())), day_of(now())
    return render_template(
        "people/schools/own_class.html",
        form=form,
        own=own,
        period=next_period(own, today) if own else None,
    )

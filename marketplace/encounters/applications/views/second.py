"""The first of two guardians says who the other one is."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.applications.forms import SecondForm
from marketplace.encounters.applications.mails import APPROVAL
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import (
    application_by_id,
    application_by_key,
    is_child_of,
)
from marketplace.encounters.applications.rules import (
    can_name_second,
    guardian_no_of,
    is_minor,
)
from marketplace.encounters.applications.services.seconding import (
    name_second,
    number_of,
)
from marketplace.encounters.applications.views.blueprint import blueprint
from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.upkeep.mail.queries import link_of
from marketplace.web.access import EVERYONE, actor, open_to


@blueprint.route("/freigabe/<token>/zweite", methods=["GET", "POST"])
@open_to(EVERYONE)
def second_by_link(token: str) -> ResponseReturnValue:
    link = found(link_of(APPROVAL, token))
    application = found(application_by_id(link.subject_id))

    permit(is_minor(application, day_of(now())))
    permit(can_name_second(application, guardian_no_of(application, link.recipient)))

    return _answer(application, url_for(".approval", token=token))


@blueprint.route("/konto/kinder/<public:key>/zweite", methods=["GET", "POST"])
@open_to(Role.GUARDIAN)
def second_for_child(key: str) -> ResponseReturnValue:
    application = found(application_by_key(key))

    permit(is_child_of(application, actor(), day_of(now())))
    permit(can_name_second(application, number_of(application, actor())))

    return _answer(application, url_for(".show", key=application))


def _answer(application: Application, way_on: str) -> ResponseReturnValue:
    form = SecondForm()
    is_named = form.accepted() and not form.refused(
        lambda: name_second(application, **form.values, actor=actor(), at=now()),
        field=form.email,
    )
    if not is_named:
        page = render_template(
            "encounters/applications/second.html",
            application=application,
            form=form,
            way_back=way_on,
        )
        return page, form.status

    flash(_("Danke. Die zweite Person wird jetzt gefragt."))
    return redirect(way_on)

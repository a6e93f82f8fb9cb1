"""The office reads along, once it has said why."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.applications.queries import application_by_key
from marketplace.encounters.messages.enums import Speaker
from marketplace.encounters.messages.forms import ReasonForm
from marketplace.encounters.messages.queries import last_reading
from marketplace.encounters.messages.rules import has_begun, may_read_on
from marketplace.encounters.messages.services.stopping import read_along
from marketplace.encounters.messages.views.blueprint import blueprint
from marketplace.encounters.messages.views.showing import page_about
from marketplace.encounters.messages.views.talking import FOLDER
from marketplace.foundation.clock import now
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.web.access import actor, open_to


@blueprint.route(
    "/koordination/bewerbungen/<public:key>/nachrichten", methods=["GET", "POST"]
)
@open_to(Role.COORDINATOR)
def read(key: str) -> ResponseReturnValue:
    application = found(application_by_key(key))

    permit(has_begun(application))

    form = ReasonForm()
    if form.accepted():
        read_along(application, form.reason.data or "", actor=actor(), at=now())
        return redirect(url_for(".read", key=application))
    if form.errors or not may_read_on(last_reading(application, actor()), now()):
        page = render_template(
            f"{FOLDER}/ask_why.html", application=application, form=form
        )
        return page, form.status
    # The office hears what the company hears: everything.
    about = page_about(application, Speaker.COMPANY, is_part=False)
    return render_template(f"{FOLDER}/read.html", **about)

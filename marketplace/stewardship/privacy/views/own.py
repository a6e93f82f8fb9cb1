"""What is stored about whoever is signed in: to take away, and to delete."""

from flask import (
    Blueprint,
    Response,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_login import logout_user

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.stewardship.privacy.forms import LeaveForm
from marketplace.stewardship.privacy.services.leaving import (
    LEAVERS,
    endings,
    require_free,
)
from marketplace.stewardship.privacy.services.leaving import leave as go
from marketplace.stewardship.privacy.services.taking import as_json, sections_of
from marketplace.web.access import SIGNED_IN, actor, freshly, open_to
from marketplace.web.files import download
from marketplace.web.navigation import Link, Part

blueprint = Blueprint("own_data", __name__, url_prefix="/konto")
NAME = "meine-daten"


@blueprint.get("/daten/datei.json")
@open_to(SIGNED_IN)
@freshly
def for_programs() -> Response:
    content = as_json(actor(), at=now())

    return download(content, name=f"{NAME}.json", content_type="application/json")


@blueprint.get("/daten/datei.html")
@open_to(SIGNED_IN)
@freshly
def to_read() -> Response:
    with force_locale("de"):  # its words are German, as those of letters
        page = render_template(
            "stewardship/privacy/own_data.html",
            name=actor().name,
            day=day_of(now()),
            sections=sections_of(actor()),
            is_pupil=actor().role is Role.PUPIL,
        )

    # To be kept, and opened from there: no browser shows it as a page of ours.
    kind = "application/octet-stream"
    return download(page.encode(), name=f"{NAME}.html", content_type=kind)


@blueprint.route("/loeschen", methods=["GET", "POST"])
@open_to(*LEAVERS)
@freshly
def leave() -> ResponseReturnValue:
    form = LeaveForm()
    if not form.accepted():
        return _leave_page(form), form.status

    go(actor(), at=now())

    logout_user()
    session.clear()
    flash(_("Das Konto ist gelöscht."))
    response = redirect("/")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def account_part(user: User) -> Part | None:
    """Gives what the page of own data offers to take away, and the way out."""
    if request.endpoint != "own.data":
        return None
    links = [
        Link(_("Alles als Seite zum Lesen"), url_for("own_data.to_read")),
        Link(_("Alles für Programme (JSON)"), url_for("own_data.for_programs")),
    ]
    if user.role in LEAVERS:
        links.append(Link(_("Konto löschen"), url_for("own_data.leave")))
    return Part(_("Mitnehmen und löschen"), links=links)


def _leave_page(form: LeaveForm) -> str:
    is_pupil = actor().role is Role.PUPIL
    return render_template(
        f"stewardship/privacy/leave_{'pupil' if is_pupil else 'other'}.html",
        form=form,
        obstacle=_obstacle(),
        endings=endings(actor()) if is_pupil else [],
        role=actor().role,
    )


def _obstacle() -> str:
    """What has to be settled before, in the words of the refusal."""
    try:
        require_free(actor())
    except Refusal as refusal:
        return refusal.sentence
    return ""

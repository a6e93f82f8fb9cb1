"""What was sent, what waits, what could not be delivered."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.doors.desk.forms import OutboxFilters
from marketplace.doors.desk.views.blueprint import blueprint
from marketplace.foundation.clock import now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found
from marketplace.people.accounts.enums import Role
from marketplace.upkeep.mail.queries import NEWEST_FIRST, letter_by_id, letters_found
from marketplace.upkeep.mail.services import send_again
from marketplace.web.access import open_to
from marketplace.web.pages import page_of


@blueprint.get("/postausgang")
@open_to(Role.COORDINATOR, Role.ADMIN)
def outbox() -> ResponseReturnValue:
    filters = OutboxFilters(request.args)

    query = letters_found(
        filters.values.get("stand"), filters.values.get("adresse", "")
    )
    page = page_of(query, by=NEWEST_FIRST, after=request.args.get("nach"))

    return render_template(
        "doors/desk/outbox.html",
        filters=filters,
        page=page,
        has_smtp=current_app.config["SMTP_URL"],
    )


@blueprint.get("/postausgang/<id:entry_id>")
@open_to(Role.COORDINATOR, Role.ADMIN)
def letter(entry_id: int) -> ResponseReturnValue:
    entry = found(letter_by_id(entry_id))

    return render_template("doors/desk/letter.html", entry=entry)


@blueprint.post("/postausgang/<id:entry_id>/nochmal")
@open_to(Role.COORDINATOR, Role.ADMIN)
def again(entry_id: int) -> ResponseReturnValue:
    entry = found(letter_by_id(entry_id))

    send_again(entry, at=now())

    flash(_("Der Brief geht beim nächsten Mal wieder mit."))
    return redirect(url_for(".outbox"))

"""One account as the office sees it: its state, and the reason of what it does."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.doors.desk.forms import AccountForm
from marketplace.doors.desk.services import shut_account
from marketplace.doors.desk.views.blueprint import blueprint
from marketplace.foundation.clock import now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.accounts.queries import user_by_id
from marketplace.people.accounts.rules import is_confirmed, may_disable
from marketplace.people.accounts.services.disabling import enable_account
from marketplace.people.accounts.services.showing import note_found
from marketplace.people.organisations.queries import organisations_by_member
from marketplace.web.access import actor, open_to


@blueprint.route("/konten/<id:user_id>", methods=["GET", "POST"])
@open_to(Role.COORDINATOR, Role.ADMIN)
def account(user_id: int) -> ResponseReturnValue:
    user = found(user_by_id(user_id))

    form = AccountForm()
    if not form.accepted():
        return _page(user, form), form.status

    act = shut_account if form.act.data == "disable" else enable_account
    act(user, form.reason.data or "", actor=actor(), at=now())

    flash(_("Gesperrt.") if user.disabled_at else _("Wieder offen."))
    return redirect(url_for(".account", user_id=user_id))


def _page(user: User, form: AccountForm) -> str:
    form.act.data = "enable" if user.disabled_at else "disable"
    note_found([user], actor=actor(), at=now())
    return render_template(
        "doors/desk/account.html",
        user=user,
        form=form,
        organisation=organisations_by_member([user]).get(user.id, ""),
        is_confirmed=is_confirmed(user),
        may_disable=may_disable(actor(), user),
    )

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import now
from marketplace.foundation.language import _
from marketplace.people.accounts.queries import user_by_email
from marketplace.people.organisations.forms.members import JoinForm
from marketplace.people.organisations.models import Invitation
from marketplace.people.organisations.rules import is_meant
from marketplace.people.organisations.services.inviting import (
    accept,
    accept_with_account,
    followed_invitation,
)
from marketplace.web.access import EVERYONE, actor, open_to
from marketplace.web.forms import Form

blueprint = Blueprint("invitations", __name__, url_prefix="/organisationen")


@blueprint.route("/einladung/<token>", methods=["GET", "POST"])
@open_to(EVERYONE)
def show(token: str) -> ResponseReturnValue:
    invitation = followed_invitation(token, at=now())

    if actor() is None and user_by_email(invitation.email) is None:
        return _join(invitation, token)
    form = Form()
    if not form.accepted():
        page = render_template(
            "people/organisations/invitation.html",
            form=form,
            token=token,
            invitation=invitation,
            is_meant=is_meant(actor(), invitation),
            is_member=is_meant(user_by_email(invitation.email), invitation),
        )
        return page, form.status

    organisation = accept(token, actor=actor(), at=now())

    flash(_("Willkommen. Sie handeln jetzt auch für %(name)s.", name=organisation.name))
    return redirect(url_for("organisations.show", key=organisation))


def _join(invitation: Invitation, token: str) -> ResponseReturnValue:
    """Opens an account for an address that has none."""
    form = JoinForm()

    is_in = form.accepted() and not form.refused(
        lambda: accept_with_account(token, **form.values, at=now()),
        field=form.password,
    )
    if not is_in:
        page = render_template(
            "people/organisations/join.html", form=form, invitation=invitation
        )
        return page, form.status

    flash(_("Ihr Konto ist offen. Jetzt geht die Anmeldung."))
    return redirect(url_for("accounts.sign_in"))

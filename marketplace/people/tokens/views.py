from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.queries import organisation_of
from marketplace.people.tokens.forms import TokenForm
from marketplace.people.tokens.queries import token_by_id, tokens_of
from marketplace.people.tokens.rules import can_make, is_valid
from marketplace.people.tokens.services import make_token, revoke_token
from marketplace.web.access import actor, freshly, open_to
from marketplace.web.navigation import Link, Part

blueprint = Blueprint("tokens", __name__, url_prefix="/konto/zugang")

MAKERS = (Role.MEMBER, Role.COORDINATOR)


@blueprint.get("")
@open_to(*MAKERS)
def index() -> ResponseReturnValue:
    organisation = _organisation()

    return render_template(
        "people/tokens/index.html",
        organisation=organisation,
        tokens=tokens_of(organisation),
        can_make=can_make(actor(), organisation),
        is_valid=is_valid,
    )


@blueprint.route("/neu", methods=["GET", "POST"])
@open_to(*MAKERS)
@freshly
def new() -> ResponseReturnValue:
    organisation = _organisation()

    permit(can_make(actor(), organisation))

    form, drawn = TokenForm(), list[str]()
    is_made = form.accepted() and not form.refused(
        lambda: drawn.append(_make(form, organisation))
    )
    if not is_made:
        return render_template("people/tokens/new.html", form=form), form.status

    return render_template("people/tokens/made.html", secret=drawn[0])


@blueprint.post("/<id:number>/zurueckziehen")
@open_to(*MAKERS)
def revoke(number: int) -> ResponseReturnValue:
    token = found(token_by_id(number))

    permit(can_make(actor(), token.organisation))

    revoke_token(token, actor=actor(), at=now())

    flash(_("Zurückgezogen. Das Programm kommt nicht mehr herein."))
    return redirect(url_for(".index"))


def account_part(user: User) -> Part | None:
    """Gives the way to the access of programs to those who may give it."""
    is_lost = user.role is Role.MEMBER and organisation_of(user) is None
    if user.role not in MAKERS or is_lost:
        return None
    link = Link(_("Zugang für Programme"), url_for("tokens.index"))
    return Part(_("Schnittstelle"), links=[link])


def _organisation() -> Organisation | None:
    """The organisation the reader acts for; None for the office."""
    if actor().role is Role.COORDINATOR:
        return None
    return found(organisation_of(actor()))


def _make(form: TokenForm, organisation: Organisation | None) -> str:
    scopes = frozenset(form.scopes.data or ())
    name = (form.name.data or "").strip()
    return make_token(organisation, name, scopes, actor=actor(), at=now())[1]

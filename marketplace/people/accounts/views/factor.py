from urllib.parse import quote

import segno
from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from marketplace.foundation.clock import now
from marketplace.foundation.language import _
from marketplace.people.accounts.enums import STAFF
from marketplace.people.accounts.forms import FactorForm, ProofForm
from marketplace.people.accounts.models import User
from marketplace.people.accounts.queries import open_recovery_codes
from marketplace.people.accounts.rules import needs_factor
from marketplace.people.accounts.services.factors import (
    begin_factor,
    confirm_factor,
    enrolment_of,
    remove_factor,
    renew_codes,
)
from marketplace.people.accounts.services.sign_ins import end_other_sign_ins
from marketplace.people.accounts.views.entrance import KEY, begin_session
from marketplace.people.accounts.views.own import asks_code, is_known, is_proven
from marketplace.web.access import SIGNED_IN, actor, open_to

blueprint = Blueprint("factor", __name__, url_prefix="/konto/zweiter-faktor")

# Where staff may go before they have a second factor.
OPEN_BEFORE = {"accounts.sign_out", "factor.show", "factor.begin", "factor.set_up"}


@blueprint.get("")
@open_to(SIGNED_IN)
def show() -> ResponseReturnValue:
    user = actor()

    return render_template(
        "people/accounts/factor.html",
        user=user,
        is_required=user.role in STAFF and not current_app.config["DEMO"],
        code_count=open_recovery_codes(user),
    )


@blueprint.post("/beginnen")
@open_to(SIGNED_IN)
def begin() -> ResponseReturnValue:
    begin_factor(actor())

    return redirect(url_for(".set_up"))


@blueprint.route("/einrichten", methods=["GET", "POST"])
@open_to(SIGNED_IN)
def set_up() -> ResponseReturnValue:
    user, form = actor(), FactorForm()
    address = enrolment_of(user)
    if address is None:
        return redirect(url_for(".show"))

    codes: list[str] = []
    is_set = (
        form.accepted()
        and is_known(form, user)
        and not form.refused(
            lambda: codes.extend(confirm_factor(user, form.code.data or "", at=now())),
            field=form.code,
        )
    )
    if not is_set:
        return _set_up_page(form, user, address), form.status
    begin_session(user)
    end_other_sign_ins(user, session[KEY])

    return _codes_page(codes)


@blueprint.route("/codes", methods=["GET", "POST"])
@open_to(SIGNED_IN)
def codes() -> ResponseReturnValue:
    user = actor()

    form = ProofForm(asks_code=asks_code(user))
    drawn: list[str] = []
    is_drawn = (
        form.accepted()
        and is_proven(form, user)
        and not form.refused(lambda: drawn.extend(renew_codes(user, at=now())))
    )
    if not is_drawn:
        page = render_template("people/accounts/renew_codes.html", form=form)
        return page, form.status

    return _codes_page(drawn)


@blueprint.route("/abschalten", methods=["GET", "POST"])
@open_to(SIGNED_IN)
def remove() -> ResponseReturnValue:
    user = actor()

    form = ProofForm(asks_code=asks_code(user))
    is_off = (
        form.accepted()
        and is_proven(form, user)
        and not form.refused(lambda: remove_factor(user, at=now()))
    )
    if not is_off:
        page = render_template("people/accounts/remove_factor.html", form=form)
        return page, form.status

    flash(_("Der zweite Faktor ist abgeschaltet."))
    return redirect(url_for("own.security"))


def detour(user: User) -> ResponseReturnValue | None:
    """Leads staff to a second factor before anything else; the demo asks for none."""
    is_free = request.endpoint in OPEN_BEFORE or current_app.config["DEMO"]
    if is_free or not needs_factor(user):
        return None
    return redirect(url_for("factor.show"))


def _set_up_page(form: FactorForm, user: User, address: str) -> str:
    picture = segno.make(address, error="m").svg_inline(
        scale=5,
        dark="#000",
        light="#fff",
        svgclass=None,
        lineclass=None,
        title=_("QR-Code für die App"),
    )
    return render_template(
        "people/accounts/set_up_factor.html",
        form=form,
        qr=Markup(picture),  # noqa: S704 - drawn by segno, without a word of a person
        secret=user.totp_secret,
    )


def _codes_page(codes: list[str]) -> str:
    """The codes, this once: nothing keeps them, so no page can be redirected to."""
    text = "\r\n".join([_("Codes für den Notfall, MINT-Börse"), *codes, ""])
    return render_template(
        "people/accounts/codes.html",
        codes=codes,
        download=f"data:text/plain;charset=utf-8,{quote(text)}",
    )

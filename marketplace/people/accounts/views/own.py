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

from marketplace.foundation.clock import now
from marketplace.foundation.language import LANGUAGES, _, chosen_language, speak
from marketplace.foundation.tokens import hash_of
from marketplace.people.accounts.enums import NOTICES
from marketplace.people.accounts.forms import (
    AddressForm,
    ChangePasswordForm,
    FactorForm,
    LanguageForm,
    NoticesForm,
    ProofForm,
)
from marketplace.people.accounts.models import User
from marketplace.people.accounts.queries import sign_ins_of
from marketplace.people.accounts.rules import is_alive
from marketplace.people.accounts.services.changing import (
    ask_for_new_address,
    choose_language,
    choose_notices,
    take_new_address,
)
from marketplace.people.accounts.services.factors import pass_factor
from marketplace.people.accounts.services.passwords import set_password
from marketplace.people.accounts.services.sign_ins import (
    end_other_sign_ins,
    end_sign_in_of,
    require_password,
)
from marketplace.people.accounts.views.entrance import KEY, begin_session
from marketplace.web.access import EVERYONE, SIGNED_IN, actor, local_target, open_to
from marketplace.web.forms import Form

blueprint = Blueprint("own", __name__, url_prefix="/konto")


@blueprint.get("/sicherheit")
@open_to(SIGNED_IN)
def security() -> ResponseReturnValue:
    here = hash_of(session.get(KEY, ""))

    alive = [row for row in sign_ins_of(actor()) if is_alive(row, now())]
    return render_template(
        "people/accounts/security.html", sign_ins=alive, here=here, user=actor()
    )


@blueprint.post("/anmeldungen/<id:sign_in_id>/beenden")
@open_to(SIGNED_IN)
def end(sign_in_id: int) -> ResponseReturnValue:
    end_sign_in_of(actor(), sign_in_id, at=now())

    flash(_("Diese Anmeldung ist beendet."))
    return redirect(url_for(".security"))


@blueprint.post("/anmeldungen/andere-beenden")
@open_to(SIGNED_IN)
def end_others() -> ResponseReturnValue:
    end_other_sign_ins(actor(), session.get(KEY, ""))

    flash(_("Alle anderen Anmeldungen sind beendet."))
    return redirect(url_for(".security"))


@blueprint.route("/passwort", methods=["GET", "POST"])
@open_to(SIGNED_IN)
def password() -> ResponseReturnValue:
    form, user = ChangePasswordForm(), actor()

    is_new = (
        form.accepted()
        and is_known(form, user)
        and not form.refused(
            lambda: set_password(user, form.password.data or "", at=now()),
            field=form.password,
        )
    )
    if not is_new:
        page = render_template("people/accounts/password.html", form=form)
        return page, form.status
    begin_session(user)
    end_other_sign_ins(user, session[KEY])

    flash(_("Das neue Passwort gilt. Alle anderen Anmeldungen sind beendet."))
    return redirect(url_for(".security"))


@blueprint.route("/noch-einmal", methods=["GET", "POST"])
@open_to(SIGNED_IN)
def prove() -> ResponseReturnValue:
    user, target = actor(), request.args.get("weiter")

    form = ProofForm(asks_code=asks_code(user))
    if not (form.accepted() and is_proven(form, user)):
        page = render_template("people/accounts/prove.html", form=form, user=user)
        return page, form.status
    begin_session(user)

    return redirect(local_target(target, url_for("accounts.show")))


@blueprint.route("/adresse", methods=["GET", "POST"])
@open_to(SIGNED_IN)
def address() -> ResponseReturnValue:
    user = actor()

    form = AddressForm(asks_code=asks_code(user))
    is_asked = (
        form.accepted()
        and is_proven(form, user)
        and not form.refused(
            lambda: ask_for_new_address(user, form.email.data or "", at=now()),
            field=form.email,
        )
    )
    if not is_asked:
        page = render_template("people/accounts/address.html", form=form, user=user)
        return page, form.status

    flash(_("Ein Brief ist unterwegs zur neuen Adresse. Bis dahin gilt die alte."))
    return redirect(url_for(".security"))


@blueprint.route("/adresse/<token>", methods=["GET", "POST"])
@open_to(EVERYONE)
def confirm_new_address(token: str) -> ResponseReturnValue:
    form = Form()

    if not form.accepted():
        page = render_template("people/accounts/confirm_address.html", form=form)
        return page, form.status

    user = take_new_address(token, at=now())
    end_other_sign_ins(user, session.get(KEY, ""))

    flash(_("Die neue Adresse gilt ab jetzt."))
    return redirect(url_for(".security"))


@blueprint.route("/sprache", methods=["GET", "POST"])
@open_to(SIGNED_IN)
def language() -> ResponseReturnValue:
    form = LanguageForm(language=actor().language or chosen_language())

    if not form.accepted():
        page = render_template("people/accounts/language.html", form=form)
        return page, form.status

    choose_language(actor(), form.language.data, at=now())
    speak(form.language.data)

    flash(_("Gespeichert."))
    return redirect(url_for("accounts.show"))


@blueprint.route("/benachrichtigungen", methods=["GET", "POST"])
@open_to(SIGNED_IN)
def notices() -> ResponseReturnValue:
    offered = NOTICES.get(actor().role, ())

    form = NoticesForm(offered, actor().muted_notices)
    if not form.accepted():
        page = render_template(
            "people/accounts/notices.html", form=form, offered=offered
        )
        return page, form.status

    choose_notices(actor(), form.chosen, at=now())

    flash(_("Gespeichert."))
    return redirect(url_for("accounts.show"))


@blueprint.get("/daten")
@open_to(SIGNED_IN)
def data() -> ResponseReturnValue:
    user = actor()

    return render_template(
        "people/accounts/data.html",
        user=user,
        language=LANGUAGES[user.language or "de"],
        sign_in_count=sum(is_alive(row, now()) for row in sign_ins_of(user)),
    )


def asks_code(user: User) -> bool:
    """Says whether a code belongs to the password of a person; the demo has none."""
    return user.second_factor_at is not None and not current_app.config["DEMO"]


def is_proven(form: ProofForm, user: User) -> bool:
    """Says whether password and code were entered; else the form tells."""
    return is_known(form, user) and (
        "code" not in form
        or not form.refused(
            lambda: pass_factor(user, form.code.data or "", at=now()), field=form.code
        )
    )


def is_known(
    form: ChangePasswordForm | FactorForm | ProofForm,
    user: User,
) -> bool:
    """Says whether the present password was entered; else the form tells."""
    return not form.refused(
        lambda: require_password(user, form.present.data or "", at=now()),
        field=form.present,
    )

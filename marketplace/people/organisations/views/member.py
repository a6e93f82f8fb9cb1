from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.organisations.forms.describing import (
    EditForm,
    RegisterForm,
    SiteFields,
)
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.queries import (
    organisation_by_key,
    organisations_of,
)
from marketplace.people.organisations.rules import is_member, is_owner, renames_unseen
from marketplace.people.organisations.services.describing import (
    declare_safeguarding,
    register_organisation,
    revise_organisation,
)
from marketplace.people.organisations.services.sites import add_site
from marketplace.web.access import actor, open_to
from marketplace.web.forms import Difference
from marketplace.web.navigation import Link, Part

blueprint = Blueprint("membership", __name__, url_prefix="/organisationen")


@blueprint.route("/neu", methods=["GET", "POST"])
@open_to(Role.MEMBER)
def new() -> ResponseReturnValue:
    form = RegisterForm()

    is_new = form.accepted() and not form.refused(
        lambda: register_organisation(
            form.entry, form.site_entry, founder=actor(), at=now()
        ),
        field=form.place,
    )
    if not is_new:
        page = render_template("people/organisations/new.html", form=form)
        return page, form.status

    flash(_("Angemeldet. Die Koordinationsstelle prüft die Angaben und ruft zurück."))
    return redirect(url_for("accounts.show"))


@blueprint.route("/<public:key>/bearbeiten", methods=["GET", "POST"])
@open_to(Role.MEMBER)
def edit(key: str) -> ResponseReturnValue:
    organisation = found(organisation_by_key(key))

    permit(is_member(actor(), organisation))

    form = EditForm(obj=organisation)
    if form.is_submitted() and form.is_overtaken(organisation):
        differences = form.differences(EditForm(None, obj=organisation))
        form.take_version_of(organisation)
        return _edit_page(organisation, form, differences), 409
    is_renamed = renames_unseen(organisation, form.name.data or "")
    is_kept = form.accepted() and not form.refused(
        lambda: revise_organisation(organisation, form.entry, actor=actor(), at=now()),
        field=form.name if is_renamed else form.contact_way,
    )
    if not is_kept:
        return _edit_page(organisation, form), form.status

    flash(_("Ihre Änderungen sind gespeichert."))
    return redirect(url_for("organisations.show", key=organisation))


@blueprint.route("/<public:key>/orte/neu", methods=["GET", "POST"])
@open_to(Role.MEMBER)
def new_site(key: str) -> ResponseReturnValue:
    organisation = found(organisation_by_key(key))

    permit(is_owner(actor(), organisation))

    form = SiteFields()
    is_added = form.accepted() and not form.refused(
        lambda: add_site(organisation, form.site_entry, actor=actor(), at=now()),
        field=form.place,
    )
    if not is_added:
        page = render_template(
            "people/organisations/site.html", form=form, organisation=organisation
        )
        return page, form.status

    flash(_("Der Ort ist gespeichert."))
    return redirect(url_for("organisations.show", key=organisation))


@blueprint.post("/<public:key>/erklaerung")
@open_to(Role.MEMBER)
def declare(key: str) -> ResponseReturnValue:
    organisation = found(organisation_by_key(key))

    permit(is_member(actor(), organisation))

    declare_safeguarding(organisation, actor=actor(), at=now())

    flash(_("Die Erklärung gilt zwölf Monate."))
    return redirect(url_for("organisations.show", key=organisation))


def account_part(user: User) -> Part | None:
    """Gives what the account page says about a person's organisations."""
    if user.role is not Role.MEMBER:
        return None
    organisations = organisations_of(user)
    ways = [Link(o.name, url_for("organisations.show", key=o)) for o in organisations]
    if len(organisations) > 1:
        ways += [Link(_("Für welche Sie gerade handeln"), url_for("members.mine"))]
    further = _("Organisation anmelden")
    if organisations:
        further = _("Weitere Organisation anmelden")
    return Part(
        _("Ihre Organisationen"),
        facts=[(o.name, str(o.state.label)) for o in organisations]
        or [(_("Stand"), _("noch keine angemeldet"))],
        links=[
            *ways,
            Link(further, url_for("membership.new")),
            Link(_("Code aus einem Brief eingeben"), url_for("claims.enter")),
        ],
    )


def _edit_page(
    organisation: Organisation, form: EditForm, differences: Sequence[Difference] = ()
) -> str:
    return render_template(
        "people/organisations/edit.html",
        form=form,
        organisation=organisation,
        differences=differences,
    )

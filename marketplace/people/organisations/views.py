from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.geometry import Point
from marketplace.foundation.language import _, lazy
from marketplace.foundation.refusals import Refusal, found, permit
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.forms import AccountForm
from marketplace.people.accounts.services.opening import (
    register as register_account,
)
from marketplace.people.organisations.enums import OrganisationKind
from marketplace.people.organisations.forms import (
    EditForm,
    OrganisationFilters,
    RegisterForm,
    ReturnForm,
    SiteFields,
)
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.queries import (
    BY_NAME,
    imported_organisations,
    listed_organisations,
    organisation_by_key,
    organisations_of,
    site_by_key,
)
from marketplace.people.organisations.rules import (
    can_see,
    is_member,
    is_safeguarded,
    is_verified,
    works_on,
)
from marketplace.people.organisations.services import (
    add_site,
    declare_safeguarding,
    freeze_organisation,
    register_organisation,
    return_organisation,
    revise_organisation,
    revise_site,
    thaw_organisation,
    verify_organisation,
)
from marketplace.web.access import EVERYONE, SIGNED_IN, actor, open_to
from marketplace.web.maps import Spot, map_of
from marketplace.web.pages import count_of, page_of

blueprint = Blueprint("organisations", __name__)

ACTS = {
    "pruefen": (verify_organisation, lazy("Geprüft. Die Organisation ist öffentlich.")),
    "sperren": (freeze_organisation, lazy("Gesperrt. Niemand sieht sie mehr.")),
    "entsperren": (thaw_organisation, lazy("Wieder öffentlich.")),
}


@blueprint.get("/organisationen")
@open_to(EVERYONE)
def index() -> ResponseReturnValue:
    filters = OrganisationFilters(request.args)

    query = listed_organisations(**filters.values)
    page = page_of(query, by=BY_NAME, after=request.args.get("nach"), ascending=True)

    return render_template(
        "people/organisations/index.html",
        filters=filters,
        page=page,
        count=count_of(query),
        imported_count=count_of(imported_organisations()),
    )


@blueprint.get("/organisationen/<public:key>")
@open_to(EVERYONE)
def show(key: str) -> ResponseReturnValue:
    organisation = found(organisation_by_key(key))

    permit(can_see(actor(), organisation))

    return _page(organisation, ReturnForm(formdata=None)), 200


@blueprint.route("/registrieren/<any(company, provider):kind>", methods=["GET", "POST"])
@open_to(EVERYONE)
def register(kind: str) -> ResponseReturnValue:
    if actor():
        return redirect(url_for(".new", art=kind))
    form, account = _register_form(kind), AccountForm(prefix="konto-")

    is_complete = form.accepted() & account.accepted()
    if is_complete:
        is_complete = _register(form, account)
    if not is_complete:
        status = max(form.status, account.status)
        page = render_template(
            "people/organisations/register.html", form=form, account=account
        )
        return page, status

    return redirect(url_for("accounts.sent"))


@blueprint.route("/organisationen/neu", methods=["GET", "POST"])
@open_to(Role.MEMBER)
def new() -> ResponseReturnValue:
    form = _register_form(request.args.get("art", "company"))

    if not form.accepted():
        page = render_template("people/organisations/new.html", form=form)
        return page, form.status

    organisation = register_organisation(
        form.entry, form.site_entry, founder=actor(), at=now()
    )

    flash(_("Eingetragen. Die Koordinationsstelle prüft die Angaben."))
    return redirect(url_for(".show", key=organisation))


@blueprint.route("/organisationen/<public:key>/bearbeiten", methods=["GET", "POST"])
@open_to(Role.MEMBER)
def edit(key: str) -> ResponseReturnValue:
    organisation = found(organisation_by_key(key))

    permit(is_member(actor(), organisation))

    form = EditForm(obj=organisation)
    is_overtaken = form.accepted() and form.version.data != str(organisation.version)
    if not form.accepted() or is_overtaken:
        page = render_template(
            "people/organisations/edit.html",
            form=form,
            organisation=organisation,
            is_overtaken=is_overtaken,
        )
        return page, 409 if is_overtaken else form.status

    revise_organisation(organisation, form.entry, actor=actor(), at=now())

    flash(_("Ihre Änderungen sind gespeichert."))
    return redirect(url_for(".show", key=organisation))


@blueprint.route("/organisationen/<public:key>/orte/neu", methods=["GET", "POST"])
@open_to(Role.MEMBER)
def new_site(key: str) -> ResponseReturnValue:
    organisation = found(organisation_by_key(key))

    permit(is_member(actor(), organisation))

    form = SiteFields()
    if not form.accepted():
        page = render_template(
            "people/organisations/site.html", form=form, organisation=organisation
        )
        return page, form.status

    add_site(organisation, form.site_entry, actor=actor(), at=now())

    flash(_("Der Ort ist eingetragen."))
    return redirect(url_for(".show", key=organisation))


@blueprint.route("/organisationen/orte/<public:key>", methods=["GET", "POST"])
@open_to(Role.MEMBER)
def edit_site(key: str) -> ResponseReturnValue:
    site = found(site_by_key(key))

    permit(is_member(actor(), site.organisation))

    form = SiteFields(obj=site, place=site.place_name)
    if not form.accepted():
        page = render_template(
            "people/organisations/site.html", form=form, organisation=site.organisation
        )
        return page, form.status

    revise_site(site, form.site_entry, actor=actor(), at=now())

    flash(_("Ihre Änderungen sind gespeichert."))
    return redirect(url_for(".show", key=site.organisation))


@blueprint.post("/organisationen/<public:key>/erklaerung")
@open_to(Role.MEMBER)
def declare(key: str) -> ResponseReturnValue:
    organisation = found(organisation_by_key(key))

    permit(is_member(actor(), organisation))

    declare_safeguarding(organisation, actor=actor(), at=now())

    flash(_("Die Erklärung gilt zwölf Monate."))
    return redirect(url_for(".show", key=organisation))


@blueprint.post("/organisationen/<public:key>/<any(pruefen, sperren, entsperren):act>")
@open_to(Role.COORDINATOR)
def act(key: str, act: str) -> ResponseReturnValue:
    organisation = found(organisation_by_key(key))

    do, words = ACTS[act]
    do(organisation, actor=actor(), at=now())

    flash(str(words))
    return redirect(url_for(".show", key=organisation))


@blueprint.post("/organisationen/<public:key>/zurueckgeben")
@open_to(Role.COORDINATOR)
def give_back(key: str) -> ResponseReturnValue:
    organisation = found(organisation_by_key(key))

    form = ReturnForm()
    if not form.accepted():
        return _page(organisation, form), form.status

    return_organisation(organisation, form.words.data, actor=actor(), at=now())

    flash(_("Der Brief mit Ihrer Frage ist unterwegs."))
    return redirect(url_for(".show", key=organisation))


@blueprint.get("/konto/organisationen")
@open_to(SIGNED_IN)
def mine() -> ResponseReturnValue:
    organisations = organisations_of(actor())

    return render_template(
        "people/organisations/mine.html", organisations=organisations
    )


def _register_form(kind: str) -> RegisterForm:
    known = {"company": OrganisationKind.COMPANY, "provider": OrganisationKind.PROVIDER}
    return RegisterForm(kinds={known.get(kind, OrganisationKind.COMPANY)})


def _register(form: RegisterForm, account: AccountForm) -> bool:
    """Opens account and organisation together; a refusal becomes a mistake."""
    try:
        user = register_account(account.entry, role=Role.MEMBER, at=now())
        if user:
            register_organisation(form.entry, form.site_entry, founder=user, at=now())
    except Refusal as refusal:
        form.form_errors.append(refusal.sentence)
        return False
    return True


def _page(organisation: Organisation, form: ReturnForm) -> str:
    spots = [
        Spot(Point(site.lat, site.lon), k, site.place_name or "", f"#ort-{k}")
        for k, site in enumerate(organisation.sites, 1)
        if site.lat is not None and site.lon is not None
    ]
    return render_template(
        "people/organisations/show.html",
        organisation=organisation,
        form=form,
        map=map_of(spots) if spots else None,
        is_mine=is_member(actor(), organisation),
        is_office=works_on(actor(), organisation)
        and not is_member(actor(), organisation),
        is_verified=is_verified(organisation),
        is_safeguarded=is_safeguarded(organisation, day_of(now())),
    )

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.forms.describing import EditSiteForm
from marketplace.people.organisations.models import Site
from marketplace.people.organisations.queries import organisation_by_key, site_by_key
from marketplace.people.organisations.rules import is_owner
from marketplace.stewardship.closures.forms import CloseForm
from marketplace.stewardship.closures.services import (
    change_site,
    close_organisation,
    remove_site,
)
from marketplace.web.access import actor, freshly, open_to
from marketplace.web.forms import Difference, Form

blueprint = Blueprint("closures", __name__, url_prefix="/organisationen")


@blueprint.route("/orte/<public:key>", methods=["GET", "POST"])
@open_to(Role.MEMBER)
def change(key: str) -> ResponseReturnValue:
    place = found(site_by_key(key))

    permit(is_owner(actor(), place.organisation))

    form = EditSiteForm(obj=place, place=place.town)
    if form.is_submitted() and form.is_overtaken(place):
        differences = form.differences(EditSiteForm(None, obj=place, place=place.town))
        form.take_version_of(place)
        return _change_page(place, form, differences), 409
    is_kept = form.accepted() and not form.refused(
        lambda: change_site(place, form.site_entry, actor=actor(), at=now()),
        field=form.place,
    )
    if not is_kept:
        return _change_page(place, form), form.status

    flash(_("Der Ort ist gespeichert."))
    return redirect(url_for("organisations.show", key=place.organisation))


@blueprint.route("/orte/<public:key>/entfernen", methods=["GET", "POST"])
@open_to(Role.MEMBER)
def site(key: str) -> ResponseReturnValue:
    place = found(site_by_key(key))
    organisation = place.organisation

    permit(is_owner(actor(), organisation))

    form = Form()
    if not form.accepted():
        page = render_template("stewardship/closures/site.html", form=form, site=place)
        return page, form.status

    remove_site(place, actor=actor(), at=now())

    flash(_("Der Ort ist entfernt."))
    return redirect(url_for("organisations.show", key=organisation))


@blueprint.route("/<public:key>/loeschen", methods=["GET", "POST"])
@open_to(Role.MEMBER)
@freshly
def organisation(key: str) -> ResponseReturnValue:
    thing = found(organisation_by_key(key))

    permit(is_owner(actor(), thing))

    form = CloseForm()
    is_closed = form.accepted() and not form.refused(
        lambda: close_organisation(
            thing, form.name.data or "", actor=actor(), at=now()
        ),
        field=form.name,
    )
    if not is_closed:
        page = render_template(
            "stewardship/closures/organisation.html", form=form, organisation=thing
        )
        return page, form.status

    flash(_("Die Organisation ist gelöscht. Ihr Konto bleibt."))
    return redirect(url_for("accounts.show"))


def _change_page(
    place: Site, form: EditSiteForm, differences: Sequence[Difference] = ()
) -> str:
    return render_template(
        "people/organisations/site.html",
        form=form,
        organisation=place.organisation,
        differences=differences,
    )

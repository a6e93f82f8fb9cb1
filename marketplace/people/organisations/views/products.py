"""Pages about what is made here, and the pictures themselves."""

from collections.abc import Sequence

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    url_for,
)
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import now
from marketplace.foundation.language import _
from marketplace.foundation.pictures import MOST_BYTES
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.forms.products import PictureForm, ProductForm
from marketplace.people.organisations.models import Organisation, Product
from marketplace.people.organisations.queries import (
    organisation_by_key,
    picture_with,
    product_by_key,
)
from marketplace.people.organisations.rules import is_member, is_verified, tells_all
from marketplace.people.organisations.services.products import (
    add_product,
    move_product,
    remove_logo,
    remove_product,
    revise_product,
    show_logo,
)
from marketplace.upkeep.files.queries import content_of, file_by_public_id
from marketplace.web.access import EVERYONE, actor, open_to
from marketplace.web.files import takes_files
from marketplace.web.forms import Difference, Form

blueprint = Blueprint("products", __name__, url_prefix="/organisationen")

# A picture, and the words beside it.
MOST_SENT = MOST_BYTES + 1024 * 1024
# A picture never changes under its address.
FOR_EVER = "public, max-age=31536000, immutable"
NOT_YET = "private, no-store"


@blueprint.route("/<public:key>/produkte/neu", methods=["GET", "POST"])
@open_to(Role.MEMBER)
@takes_files(MOST_SENT)
def new(key: str) -> ResponseReturnValue:
    organisation = found(organisation_by_key(key))

    permit(is_member(actor(), organisation))

    form = ProductForm()
    is_shown = form.accepted() and not form.refused(
        lambda: add_product(
            organisation, form.entry, form.content, actor=actor(), at=now()
        ),
        field=form.picture,
    )
    if not is_shown:
        return _product_page(organisation, form), form.status

    flash(_("Gespeichert. So sehen es alle."))
    return redirect(url_for("organisations.show", key=organisation))


@blueprint.route("/produkte/<public:key>", methods=["GET", "POST"])
@open_to(Role.MEMBER)
@takes_files(MOST_SENT)
def edit(key: str) -> ResponseReturnValue:
    product = found(product_by_key(key))
    organisation = product.organisation

    permit(is_member(actor(), organisation))

    form = ProductForm(data=_told(product))
    if form.is_submitted() and form.is_overtaken(product):
        differences = form.differences(ProductForm(None, data=_told(product)))
        form.take_version_of(product)
        return _product_page(organisation, form, product, differences), 409
    is_shown = form.accepted() and not form.refused(
        lambda: revise_product(
            product, form.entry, form.content, actor=actor(), at=now()
        ),
        field=form.picture,
    )
    if not is_shown:
        return _product_page(organisation, form, product), form.status

    flash(_("Gespeichert. So sehen es alle."))
    return redirect(url_for("organisations.show", key=organisation))


@blueprint.post("/produkte/<public:key>/<any(vor, zurueck):way>")
@open_to(Role.MEMBER)
def move(key: str, way: str) -> ResponseReturnValue:
    product = found(product_by_key(key))
    organisation = product.organisation

    permit(is_member(actor(), organisation))

    place, count = move_product(
        product, is_forward=way == "vor", actor=actor(), at=now()
    )

    told = {"title": product.title, "place": place, "count": count}
    flash(_("„%(title)s“ steht jetzt an Stelle %(place)s von %(count)s.", **told))
    return redirect(url_for("organisations.show", key=organisation))


@blueprint.route("/produkte/<public:key>/entfernen", methods=["GET", "POST"])
@open_to(Role.MEMBER)
def remove(key: str) -> ResponseReturnValue:
    product = found(product_by_key(key))
    organisation = product.organisation

    permit(is_member(actor(), organisation))

    form = Form()
    if not form.accepted():
        page = render_template(
            "people/organisations/remove_product.html", form=form, product=product
        )
        return page, form.status

    remove_product(product, actor=actor(), at=now())

    flash(_("Entfernt."))
    return redirect(url_for("organisations.show", key=organisation))


@blueprint.route("/<public:key>/logo", methods=["GET", "POST"])
@open_to(Role.MEMBER)
@takes_files(MOST_SENT)
def logo(key: str) -> ResponseReturnValue:
    organisation = found(organisation_by_key(key))

    permit(is_member(actor(), organisation))

    form = PictureForm()
    is_shown = form.accepted() and not form.refused(
        lambda: show_logo(organisation, form.content or b"", actor=actor(), at=now()),
        field=form.picture,
    )
    if not is_shown:
        page = render_template(
            "people/organisations/logo.html", form=form, organisation=organisation
        )
        return page, form.status

    flash(_("Das Logo ist gespeichert."))
    return redirect(url_for("organisations.show", key=organisation))


@blueprint.post("/<public:key>/logo/entfernen")
@open_to(Role.MEMBER)
def drop_logo(key: str) -> ResponseReturnValue:
    organisation = found(organisation_by_key(key))

    permit(is_member(actor(), organisation))

    remove_logo(organisation, actor=actor(), at=now())

    flash(_("Entfernt."))
    return redirect(url_for("organisations.show", key=organisation))


@blueprint.get("/bilder/<public:key>.webp")
@open_to(EVERYONE)
def picture(key: str) -> ResponseReturnValue:
    stored = found(file_by_public_id(key))
    organisation = found(picture_with(stored)).organisation

    permit(tells_all(actor(), organisation))

    response: Response = current_app.response_class(
        content_of(stored), mimetype=stored.content_type
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = (
        FOR_EVER if is_verified(organisation) else NOT_YET
    )
    return response


def _told(product: Product) -> dict[str, str | int]:
    """What the form begins with; a file is chosen anew each time."""
    return {
        "title": product.title,
        "description": product.description,
        "alt": product.picture.alt if product.picture else "",
        "version": product.version,
    }


def _product_page(
    organisation: Organisation,
    form: ProductForm,
    product: Product | None = None,
    differences: Sequence[Difference] = (),
) -> str:
    return render_template(
        "people/organisations/product.html",
        form=form,
        organisation=organisation,
        product=product,
        differences=differences,
    )

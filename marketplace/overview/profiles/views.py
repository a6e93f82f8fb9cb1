from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import now
from marketplace.foundation.refusals import found, permit
from marketplace.overview.profiles.enums import Shelf
from marketplace.overview.profiles.queries import (
    MODELS,
    groups_by_district,
    groups_by_topic,
    postings_on,
)
from marketplace.overview.profiles.services.printing import sheet_of
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.queries import organisation_by_key
from marketplace.people.organisations.rules import is_member, is_verified
from marketplace.postings.lives.queries import newest_first
from marketplace.postings.lives.rules import sign_for
from marketplace.web.access import EVERYONE, actor, open_to
from marketplace.web.files import download
from marketplace.web.pages import page_of

blueprint = Blueprint("profiles", __name__, url_prefix="/organisationen")

NAMES = ", ".join(shelf.value for shelf in Shelf)


@blueprint.get(f"/<public:key>/<any({NAMES}):shelf>")
@open_to(EVERYONE)
def postings(key: str, shelf: str) -> ResponseReturnValue:
    organisation = found(organisation_by_key(key))

    permit(is_verified(organisation))

    kind = Shelf(shelf)  # type: ignore[call-arg]
    page = page_of(
        postings_on(kind, organisation),
        by=newest_first(MODELS[kind]),
        after=request.args.get("nach"),
    )

    return render_template(
        "overview/profiles/postings.html",
        organisation=organisation,
        shelf=kind,
        page=page,
        endpoint=f"{MODELS[kind].__tablename__}.show",
        sign_for=sign_for,
    )


@blueprint.get("/<public:key>/aushang.pdf")
@open_to(Role.MEMBER)
def sheet(key: str) -> ResponseReturnValue:
    organisation = found(organisation_by_key(key))

    permit(is_member(actor(), organisation) and is_verified(organisation))

    short = f"/organisationen/{organisation.public_id}"
    address = url_for("home.index", _external=True).rstrip("/") + short
    content = sheet_of(organisation, address=address, at=now())

    name = f"seite-{organisation.public_id}.pdf"
    return download(content, name=name, content_type="application/pdf")


@blueprint.get("/gruppen")
@open_to(EVERYONE)
def groups() -> ResponseReturnValue:
    return render_template(
        "overview/profiles/groups.html",
        topics=groups_by_topic(),
        districts=groups_by_district(),
    )

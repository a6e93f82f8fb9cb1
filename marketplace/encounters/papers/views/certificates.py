"""Certificates: the file, the badge, the page that checks a code, the public key."""

from flask import Response, current_app, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.applications.enums import Side
from marketplace.encounters.papers.queries import (
    all_keys,
    certificate_of,
    certificate_with,
    key_named,
    present_key,
)
from marketplace.encounters.papers.services.badges import (
    Addresses,
    public_key,
    signed_badge,
)
from marketplace.encounters.papers.services.certifying import certificate_pdf, code_of
from marketplace.encounters.papers.views.blueprint import blueprint
from marketplace.encounters.papers.views.printing import UNDER, pdf
from marketplace.encounters.papers.views.reading import FOLDER, seat_at
from marketplace.foundation.clock import now
from marketplace.foundation.refusals import found
from marketplace.people.accounts.enums import Role
from marketplace.web.access import EVERYONE, open_to
from marketplace.web.files import download

READERS = (Role.PUPIL, Role.GUARDIAN, Role.SCHOOL, Role.COORDINATOR)


@blueprint.get(f"{UNDER}/nachweis.pdf")
@open_to(*READERS)
def certificate(key: str) -> ResponseReturnValue:
    application = seat_at(key).application
    issued = found(certificate_of(application))

    code = code_of(application, bytes.fromhex(current_app.config["FIELD_KEY"]))
    address = url_for(".check", code=code, _external=True)
    content = certificate_pdf(issued, code=code, address=address, at=now())

    return pdf(content, f"nachweis-{application.public_id}")


@blueprint.get(f"{UNDER}/nachweis.jwt")
@open_to(Role.PUPIL, Role.GUARDIAN)
def badge(key: str) -> ResponseReturnValue:
    application = seat_at(key, Side.PUPIL, Side.GUARDIAN).application
    issued, signer = found(certificate_of(application)), found(present_key())

    addresses = Addresses(
        site=url_for("home.index", _external=True),
        key=url_for(".public_key_of", name=signer.name, _external=True),
    )
    token = signed_badge(issued, application.pupil.email, key=signer, at=addresses)

    name = f"nachweis-{application.public_id}.jwt"
    return download(token.encode(), name=name, content_type="application/jwt")


@blueprint.get("/nachweis/<code>")
@open_to(EVERYONE)
def check(code: str) -> ResponseReturnValue:
    known = certificate_with(code)

    page = render_template(f"{FOLDER}/check.html", issued_on=known and known.issued_on)
    return page, 200 if known else 404


@blueprint.get("/nachweis/schluessel/<name>")
@open_to(EVERYONE)
def public_key_of(name: str) -> Response:
    return jsonify(public_key(found(key_named(name))))


@blueprint.get("/.well-known/jwks.json")
@open_to(EVERYONE)
def public_keys() -> Response:
    return jsonify(keys=[public_key(key) for key in all_keys()])

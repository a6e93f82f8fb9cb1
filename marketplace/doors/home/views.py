from flask import Blueprint, Response, jsonify, render_template
from flask.typing import ResponseReturnValue

from marketplace.foundation.language import lazy
from marketplace.people.accounts.enums import Role
from marketplace.web.access import EVERYONE, open_to
from marketplace.web.navigation import Entry

blueprint = Blueprint("home", __name__)

MENU: tuple[Entry, ...] = ()
ACCOUNT: tuple[Entry, ...] = (
    Entry(lazy("Mein Konto"), "accounts.show", frozenset(Role)),
)
FOOTER = ()


@blueprint.get("/")
@open_to(EVERYONE)
def index() -> ResponseReturnValue:
    return render_template("doors/home/index.html")


@blueprint.get("/healthz")
@open_to(EVERYONE)
def healthz() -> Response:
    return jsonify(status="ok")

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from marketplace.web.access import EVERYONE, open_to

blueprint = Blueprint("pages", __name__)


@blueprint.get("/impressum")
@open_to(EVERYONE)
def imprint() -> ResponseReturnValue:
    return render_template("stewardship/pages/imprint.html")


@blueprint.get("/datenschutz")
@open_to(EVERYONE)
def privacy() -> ResponseReturnValue:
    return render_template("stewardship/pages/privacy.html")


@blueprint.get("/barrierefreiheit")
@open_to(EVERYONE)
def accessibility() -> ResponseReturnValue:
    return render_template("stewardship/pages/accessibility.html")


@blueprint.get("/robots.txt")
@open_to(EVERYONE)
def robots() -> ResponseReturnValue:
    base = current_app.config["BASE_URL"]
    lines = ["User-agent: *", "Disallow: /konto", "Disallow: /koordination"]
    text = "\n".join([*lines, f"# {base}", ""])
    return text, {"Content-Type": "text/plain; charset=utf-8"}

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from marketplace.foundation.markup import html_of
from marketplace.foundation.refusals import found, permit
from marketplace.stewardship.pages.enums import Duty
from marketplace.stewardship.pages.queries import page_by_slug, public_pages
from marketplace.stewardship.pages.rules import is_readable
from marketplace.web.access import EVERYONE, open_to

blueprint = Blueprint("pages", __name__)


@blueprint.get("/impressum")
@open_to(EVERYONE)
def imprint() -> ResponseReturnValue:
    return _duty(Duty.IMPRINT, "imprint")


@blueprint.get("/datenschutz")
@open_to(EVERYONE)
def privacy() -> ResponseReturnValue:
    return _duty(Duty.PRIVACY, "privacy")


@blueprint.get("/barrierefreiheit")
@open_to(EVERYONE)
def accessibility() -> ResponseReturnValue:
    return _duty(Duty.ACCESSIBILITY, "accessibility")


@blueprint.get("/seiten")
@open_to(EVERYONE)
def index() -> ResponseReturnValue:
    return render_template("stewardship/pages/index.html", pages=public_pages())


@blueprint.get("/seiten/<slug>")
@open_to(EVERYONE)
def show(slug: str) -> ResponseReturnValue:
    page = found(page_by_slug(slug))

    permit(is_readable(page))

    text = page.present
    return render_template(
        "stewardship/pages/show.html", text=text, html=html_of(text.body)
    )


@blueprint.get("/robots.txt")
@open_to(EVERYONE)
def robots() -> ResponseReturnValue:
    base = current_app.config["BASE_URL"]
    lines = ["User-agent: *", "Disallow: /konto", "Disallow: /koordination"]
    text = "\n".join([*lines, "", f"Sitemap: {base}/sitemap.xml", ""])
    return text, {"Content-Type": "text/plain; charset=utf-8"}


def _duty(duty: Duty, name: str) -> str:
    """A page there must be, with what the office wrote into it, if it did."""
    page = page_by_slug(duty.value)
    text = page.present if page else None
    return render_template(
        f"stewardship/pages/{name}.html",
        text=text,
        html=html_of(text.body) if text else None,
    )

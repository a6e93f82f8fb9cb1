"""Every component in every state, for those who build pages and for the tests.

It speaks German alone: its sentences are samples, not texts of the product.
"""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from marketplace.web import samples
from marketplace.web.access import EVERYONE, open_to

blueprint = Blueprint("styleguide", __name__, url_prefix="/styleguide")


@blueprint.get("")
@open_to(EVERYONE)
def index() -> ResponseReturnValue:
    """Shows all components on one page."""
    return render_template(
        "web/styleguide/index.html",
        sample=samples.SampleForm(),
        samples=samples,
        home_map=samples.home_map(),
        list_map=samples.list_map(),
        stamp=samples.stamp(),
        stars=samples.stars(),
    )


@blueprint.get("/fehler")
@open_to(EVERYONE)
def mistakes() -> ResponseReturnValue:
    """Shows a form in which everything is wrong."""
    form = samples.wrong_form()

    return render_template("web/styleguide/mistakes.html", form=form)


@blueprint.get("/frage")
@open_to(EVERYONE)
def question() -> ResponseReturnValue:
    """Shows a page of one question."""
    form = samples.SampleForm()

    return render_template("web/styleguide/question.html", sample=form, samples=samples)

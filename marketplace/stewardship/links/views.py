from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from marketplace.foundation.clock import now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.queries import organisation_of
from marketplace.people.organisations.rules import is_member
from marketplace.stewardship.links.enums import FAILED, LinkState
from marketplace.stewardship.links.models import LinkUse
from marketplace.stewardship.links.queries import failed_uses, use_by_id, uses_of
from marketplace.stewardship.links.services.checking import ask_again
from marketplace.stewardship.links.tables import ADVICE
from marketplace.web.access import actor, open_to
from marketplace.web.pages import count_of, page_of

blueprint = Blueprint("links", __name__)

TONES = {LinkState.ALIVE: "good", **dict.fromkeys(FAILED, "bad")}


@blueprint.get("/links")
@open_to(Role.MEMBER)
def index() -> ResponseReturnValue:
    organisation = found(organisation_of(actor()))

    return _page(uses_of(organisation), is_office=False)


@blueprint.get("/koordination/links")
@open_to(Role.COORDINATOR)
def dead() -> ResponseReturnValue:
    return _page(failed_uses(), is_office=True)


@blueprint.post("/links/<id:use_id>/fragen")
@open_to(Role.MEMBER, Role.COORDINATOR)
def ask(use_id: int) -> ResponseReturnValue:
    use = found(use_by_id(use_id))
    is_office = actor().role is Role.COORDINATOR

    permit(is_office or _is_own(use))

    ask_again(use.link, actor=actor(), at=now())

    flash(_("Die Adresse wird in den nächsten Minuten noch einmal gefragt."))
    return redirect(url_for(".dead" if is_office else ".index"))


def _is_own(use: LinkUse) -> bool:
    return use.organisation is not None and is_member(actor(), use.organisation)


def _page(query: Select[Any], *, is_office: bool) -> str:
    after = request.args.get("nach")
    page = page_of(query.order_by(None), by=(LinkUse.id,), after=after, ascending=True)
    return render_template(
        "stewardship/links/index.html",
        page=page,
        count=count_of(query),
        is_office=is_office,
        tones=TONES,
        failed=FAILED,
        advice=ADVICE,
    )

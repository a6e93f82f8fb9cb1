"""The map and single cards inside pages of others."""

from dataclasses import dataclass, replace

from flask import render_template, request
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.licences import HERE, OWN_LICENCES, licence_of
from marketplace.foundation.refusals import found, permit
from marketplace.overview.maps.forms import MapFilters
from marketplace.overview.maps.queries import layer_of, posting_shown
from marketplace.overview.maps.views.blueprint import blueprint
from marketplace.overview.maps.views.showing import line_of, link_to, shown_for
from marketplace.overview.maps.views.streets import ground_for
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.models import Posting
from marketplace.postings.lives.rules import is_public
from marketplace.postings.lives.views.listing import locator_of
from marketplace.upkeep.settings.queries import own_licence
from marketplace.web.access import EVERYONE, open_to
from marketplace.web.headers import framable

# So much of the list stands below a framed map.
LISTED = 5


@dataclass(frozen=True)
class Credit:
    """Whom other pages name for what they show, and under which licence they may."""

    source: str
    licence: str

    @property
    def link(self) -> str:
        """Where the licence is to be read, if it is one of ours."""
        return OWN_LICENCES.get(self.licence, "")


@blueprint.get("/einbetten")
@open_to(EVERYONE)
@framable
def frame() -> ResponseReturnValue:
    filters = MapFilters(request.args)

    shown = shown_for(filters, ".index", ground_for(filters))

    return render_template(
        "overview/maps/frame.html",
        shown=replace(shown, lines=shown.lines[:LISTED]),
        whole=link_to(".index", filters),
        credit=Credit(HERE, own_licence()),
    )


@blueprint.get("/einbetten/<public:key>")
@open_to(EVERYONE)
@framable
def card(key: str) -> ResponseReturnValue:
    posting = found(posting_shown(key))

    permit(is_public(posting, day_of(now())))

    is_hint = posting.state is PostingState.LISTED
    return render_template(
        "overview/maps/card.html",
        line=line_of(layer_of(posting), posting, is_hint=is_hint),
        map=locator_of(posting),
        credit=_credit_of(posting),
    )


def _credit_of(posting: Posting) -> Credit:
    return Credit(*licence_of(posting, own_licence()))


@blueprint.get("/weitergeben")
@open_to(EVERYONE)
def pass_on() -> ResponseReturnValue:
    filters = MapFilters(request.args)

    return render_template(
        "overview/maps/pass_on.html",
        page=link_to(".index", filters, strassen=None),
        address=link_to(".frame", filters, strassen=None, _external=True),
    )

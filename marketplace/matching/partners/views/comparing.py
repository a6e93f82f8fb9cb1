"""Several partners beside each other, and what one takes away: tables and a sheet."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import now
from marketplace.foundation.refusals import NotFound, found, permit
from marketplace.matching.partners.forms import PartnerFilters
from marketplace.matching.partners.rules import can_look
from marketplace.matching.partners.services.exporting import list_as_csv, list_as_xlsx
from marketplace.matching.partners.services.finding import partners_of
from marketplace.matching.partners.services.pairing import pair_of
from marketplace.matching.partners.services.sheets import meeting_sheet
from marketplace.matching.partners.services.worlds import world_at
from marketplace.matching.partners.views.blueprint import blueprint
from marketplace.matching.partners.views.reading import (
    choices_about,
    chosen_things,
    line_names,
    narrowing_of,
    pair_of_things,
    profile_of,
    thing_by_key,
    told_choices,
)
from marketplace.people.accounts.enums import Role
from marketplace.postings.offers.models import Offer
from marketplace.web.access import actor, open_to
from marketplace.web.files import download

# So many stand beside each other.
MOST = 4
WAYS = {
    "csv": (list_as_csv, "text/csv; charset=utf-8"),
    "xlsx": (
        list_as_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


@blueprint.get("/<public:key>/vergleich")
@open_to(Role.MEMBER, Role.COORDINATOR)
def compare(key: str) -> ResponseReturnValue:
    mine = thing_by_key(key)

    permit(can_look(actor(), mine.organisation))

    world, others, choices = world_at(now()), chosen_things(MOST), told_choices(mine)
    for other in others:
        pair_of_things(mine, other)
    pairs = [
        (
            other,
            found(
                pair_of(
                    world,
                    profile_of(mine),
                    profile_of(other),
                    tells_blocks=bool(choices_about(choices, other)),
                )
            ),
        )
        for other in others
    ]
    return render_template(
        "matching/partners/compare.html",
        thing=mine,
        pairs=pairs,
        is_offer=isinstance(mine, Offer),
    )


@blueprint.get("/<public:key>/liste.<any(csv,xlsx):form>")
@open_to(Role.MEMBER, Role.COORDINATOR)
def table(key: str, form: str) -> ResponseReturnValue:
    thing = thing_by_key(key)

    permit(can_look(actor(), thing.organisation))

    narrowing = narrowing_of(PartnerFilters(request.args, line_names(thing)))
    finding = partners_of(world_at(now()), profile_of(thing), narrowing=narrowing)
    if not finding.is_matched:
        raise NotFound
    write, content_type = WAYS[form]
    return download(write(finding), name=f"partner.{form}", content_type=content_type)


@blueprint.get("/<public:key>/mit/<public:other>/blatt.pdf")
@open_to(Role.MEMBER, Role.COORDINATOR)
def sheet(key: str, other: str) -> ResponseReturnValue:
    mine, theirs = thing_by_key(key), thing_by_key(other)

    permit(can_look(actor(), mine.organisation))

    offer, site = pair_of_things(mine, theirs)
    at, profiles = now(), (profile_of(offer), profile_of(site))
    content = found(meeting_sheet(world_at(at), offer, site, profiles, at=at))
    return download(content, name="gespraech.pdf", content_type="application/pdf")

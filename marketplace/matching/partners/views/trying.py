"""What the office tries on the list of an offer: a need line, told otherwise."""

from collections.abc import Mapping
from typing import Any

from flask import request

from marketplace.matching.partners.forms import TrialChoice, TrialFields
from marketplace.matching.partners.services.finding import Finding, partners_of
from marketplace.matching.partners.services.trying import (
    Difference,
    Trial,
    difference,
    entered_with,
    world_with,
)
from marketplace.matching.partners.services.worlds import World
from marketplace.matching.partners.views.reading import Thing, line_names, profile_of
from marketplace.postings.offers.models import Offer
from marketplace.region.lines.forms import offer_parts, stored_line

PREFIX = "probe"
# Sent with every trial; a page that only names the line shows it as it is stored.
SENT = f"{PREFIX}-kind"


def tools_of(offer: Offer) -> dict[str, Any]:
    """The choice of a line, its fields once it is chosen, and what is tried."""
    choice = TrialChoice(request.args, line_names(offer))
    line_no = choice.values.get("probe_zeile")
    if line_no is None:
        return {"choice": choice}
    stored, is_sent = offer.lines[line_no - 1], SENT in request.args
    fields = TrialFields(
        request.args if is_sent else None,
        prefix=PREFIX,
        data={
            **stored_line(stored),
            "radius_km": offer.site.radius_km if offer.site else None,
        },
    )
    offer_parts([fields], offer.topics, offer.audiences)
    trial = fields.trial(line_no) if is_sent else None
    return {"choice": choice, "line_no": line_no, "fields": fields, "trial": trial}


def found_with(
    world: World, thing: Thing, trial: Trial | None, needs: Mapping[str, Any]
) -> tuple[World, Finding, Difference | None]:
    """The list as it is or as it is tried, in which world, and what the trial changes.

    `needs` are what `partners_of` is told beside.
    """
    finding = partners_of(world, profile_of(thing), **needs)
    if trial is None or not isinstance(thing, Offer):
        return world, finding, None
    other = world_with(world, thing, trial)
    entered = entered_with(needs["entered"], thing, trial)
    tried = partners_of(other, profile_of(thing), **{**needs, "entered": entered})
    return other, tried, difference(finding, tried)

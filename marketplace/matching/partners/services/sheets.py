"""A sheet of paper for the first meeting of two."""

from datetime import datetime
from typing import Any

from flask_babel import force_locale

from marketplace.foundation.clock import day_of
from marketplace.foundation.documents import document
from marketplace.foundation.language import LOCALES
from marketplace.matching.partners.services.explaining import Explanation
from marketplace.matching.partners.services.pairing import Pair, pair_of
from marketplace.matching.partners.services.worlds import World
from marketplace.people.organisations.models import Site
from marketplace.postings.offers.models import Offer


def meeting_sheet(
    world: World, offer: Offer, site: Site, profiles: tuple[int, int], *, at: datetime
) -> bytes | None:
    """What both have of each other, line by line, with room for notes; as PDF.

    `profiles` are those of offer and site. None if one of them is not matched.
    """
    with force_locale(LOCALES["de"]):
        pair = pair_of(world, *profiles, is_spoken_to=False)
        data = _told(pair, offer, site, at) if pair else None
    if data is None:
        return None
    return document("meeting", title=f"Gespräch: {offer.title}", data=data, at=at)


def _told(pair: Pair, offer: Offer, site: Site, at: datetime) -> dict[str, Any]:
    return {
        "offer": offer.title,
        "provider": offer.organisation.name,
        "provider_place": offer.place_name or "",
        "company": site.organisation.name,
        "company_place": site.place_name or "",
        "km": str(pair.own.km),
        "mutual": pair.own.mutual_exact,
        "day": f"{day_of(at):%d.%m.%Y}",
        "lines": [[row.name, row.amount, row.words] for row in pair.lines],
        "sides": [
            _side(offer.organisation.name, pair.own),
            _side(site.organisation.name, pair.partner),
        ],
    }


def _side(name: str, why: Explanation) -> dict[str, Any]:
    return {
        "name": name,
        "exact": why.exact,
        "parts": [[row.name, row.shown, row.reason] for row in why.parts],
        "completeness": why.completeness,
    }

from collections.abc import Mapping

from marketplace.postings.events.models import Event
from marketplace.postings.internships.models import Internship
from marketplace.postings.lives.models import Posting
from marketplace.postings.offers.models import Offer

# The kinds of postings that lists name as hints.
KINDS: Mapping[str, type[Posting]] = {
    model.kind: model for model in (Internship, Offer, Event)
}
# Where a hint is.
PLACE = ("place_name", "postal_code", "state_code", "district_ags", "lat", "lon")
# What a draft takes over of a hint, whatever its kind.
COMMON = (
    *("title", "description", "topics", "audiences", "accessibility", "link"),
    *PLACE,
)
# What it takes over besides.
OWN: Mapping[type[Posting], tuple[str, ...]] = {
    Offer: (
        *("format", "starts_on", "ends_on", "dates_text", "audience_text"),
        *("group_size", "cost", "cost_text", "funding_today"),
    ),
    Event: ("starts_at", "ends_at", "capacity"),
    Internship: (
        *("shape", "audience_text", "period_text", "places_text", "terms_text"),
        *("bases", "occupation_ids"),
    ),
}

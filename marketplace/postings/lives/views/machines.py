"""What machines read of every posting (schema.org): who it is from, and where it is."""

from typing import Any

from flask import url_for

from marketplace.people.organisations.rules import is_verified
from marketplace.postings.lives.models import Posting


def organiser_of(posting: Posting) -> dict[str, Any]:
    """The organisation of a posting; with its page if it has one."""
    organisation = posting.organisation
    told = {"@type": "Organization", "name": organisation.name}
    if is_verified(organisation):
        link = url_for("organisations.show", key=organisation, _external=True)
        told["url"] = link
    return told


def place_of(posting: Posting) -> dict[str, Any]:
    """The place of a posting, with what is known of its address."""
    known = {
        "streetAddress": posting.site.street if posting.site else "",
        "postalCode": posting.postal_code,
        "addressLocality": posting.place_name,
        "addressRegion": posting.state_code and str(posting.state_code.label),
    }
    told: dict[str, Any] = {
        "@type": "Place",
        "name": posting.place_name or "",
        "address": {
            "@type": "PostalAddress",
            "addressCountry": "DE",
            **{name: words for name, words in known.items() if words},
        },
    }
    if posting.lat is not None and posting.lon is not None:
        told["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": posting.lat,
            "longitude": posting.lon,
        }
    return told

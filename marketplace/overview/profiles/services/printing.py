"""The page of an organisation on one sheet, to hang up or to hand out."""

from datetime import datetime

from flask_babel import force_locale
from segno import make_qr

from marketplace.foundation.documents import document
from marketplace.overview.profiles.queries import Profile
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.queries import products_of
from marketplace.region.lines.rules import words_of

MOST_TOPICS, MOST_GIVES, LONGEST = 4, 6, 280


def sheet_of(organisation: Organisation, *, address: str, at: datetime) -> bytes:
    """What is made here, what it gives, where it is, and the way to its page."""
    with force_locale("de"):
        topics = sorted(str(topic.label) for topic in organisation.topics)
        # The same in two sponsorships is named once.
        gives = list(dict.fromkeys(map(words_of, Profile(organisation).gives)))
    data = {
        "name": organisation.name,
        "topics": " · ".join(topics[:MOST_TOPICS]),
        "about": _short(organisation.description),
        "products": [(one.title, one.description) for one in products_of(organisation)],
        "gives": gives[:MOST_GIVES],
        "towns": ", ".join(dict.fromkeys(site.town for site in organisation.sites)),
        "address": address.partition("://")[2],
        "qr": make_qr(address).svg_inline(border=0),
    }
    return document("profile", title=organisation.name, data=data, at=at)


def _short(words: str) -> str:
    first = words.strip().partition("\n")[0]
    return first if len(first) <= LONGEST else f"{first[:LONGEST].rsplit(' ', 1)[0]} …"

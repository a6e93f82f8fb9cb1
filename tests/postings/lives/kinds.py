"""The kinds of postings, as far as a test of their common life must know them."""

from dataclasses import dataclass
from types import ModuleType
from typing import Any

from marketplace.postings.events import jobs as event_jobs
from marketplace.postings.events.models import Event
from marketplace.postings.events.services import copy_event, move_event
from marketplace.postings.internships import jobs as internship_jobs
from marketplace.postings.internships.models import Internship
from marketplace.postings.internships.services import copy_internship, move_internship
from marketplace.postings.offers import jobs as offer_jobs
from marketplace.postings.offers.models import Offer
from marketplace.postings.offers.services import copy_offer, move_offer
from marketplace.postings.sponsorships import jobs as sponsorship_jobs
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.postings.sponsorships.services import (
    copy_sponsorship,
    move_sponsorship,
)
from tests.factories.internships import make_internship
from tests.factories.postings import make_event, make_offer, make_sponsorship


@dataclass(frozen=True)
class Kind:
    path: str
    model: Any
    make: Any
    move: Any
    copy: Any
    jobs: ModuleType

    def address(self, posting, end=""):
        return f"/{self.path}/{posting.public_id}{end}"


KINDS = {
    "internship": Kind(
        *("praktika", Internship, make_internship),
        *(move_internship, copy_internship, internship_jobs),
    ),
    "offer": Kind(*("angebote", Offer, make_offer, move_offer, copy_offer, offer_jobs)),
    "sponsorship": Kind(
        *("foerderungen", Sponsorship, make_sponsorship),
        *(move_sponsorship, copy_sponsorship, sponsorship_jobs),
    ),
    "event": Kind(
        *("veranstaltungen", Event, make_event, move_event, copy_event, event_jobs)
    ),
}

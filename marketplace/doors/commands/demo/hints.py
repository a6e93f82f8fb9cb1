"""What lists of others tell in the demonstration, and who says "that is us"."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from marketplace.doors.commands.demo.people import Cast
from marketplace.foundation.clock import day_of
from marketplace.people.organisations.enums import OrganisationKind
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.rules import is_member
from marketplace.people.organisations.services.describing import take_over_organisation
from marketplace.postings.internships.enums import Shape
from marketplace.postings.internships.models import Internship
from marketplace.postings.lives.models import Posting
from marketplace.postings.lives.services import list_hint, put_at_site
from marketplace.postings.offers.models import Offer
from marketplace.region.topics.enums import Audience, Format, Topic
from marketplace.stewardship.claims.services.claiming import ask_for_claim

SOURCE = "Beispielkatalog der Region"
# So long ago the list was made.
AGE = timedelta(days=200)
PLACE = (*("place_name", "postal_code", "state_code", "district_ags", "lat", "lon"),)


def list_hints(cast: Cast, *, at: datetime) -> None:
    """Shows hints of two names, and asks the office for those of one.

    To the other one the office can write a letter with a code.
    """
    provider, company = cast.providers[0], cast.companies[0]
    asked = _named("Sternwarte Eulenkuppe", OrganisationKind.PROVIDER, provider, at=at)
    free = _named("Windwerk Hügelland", OrganisationKind.COMPANY, company, at=at)
    as_of = day_of(at - AGE)
    evening = Offer(
        title="Beobachtungsabend am großen Fernrohr",
        description="Bei klarem Himmel zeigt der Verein Mond, Planeten und Nebel.",
        format=Format.WORKSHOP,
        topics=frozenset({Topic.ASTRONOMY_SPACE, Topic.OPTICS}),
        dates_text="freitags im Winter",
        **_told(as_of),
    )
    tour = Offer(
        title="Führung durch die Halle der Windräder",
        description="Eine Klasse sieht, wie aus Harz und Glasfaser ein Flügel wird.",
        format=Format.GUIDED_TOUR,
        topics=frozenset({Topic.ENERGY}),
        audiences=frozenset({Audience.CLASS_9_10}),
        dates_text="nach Absprache",
        **_told(as_of),
    )
    days = Internship(
        title="Schnuppertage in der Werkstatt für Windräder",
        description="Zwei Tage mitlaufen, wo Getriebe geprüft und gebaut werden.",
        shape=Shape.ON_REQUEST,
        topics=frozenset({Topic.ENERGY}),
        period_text="nach Absprache",
        **_told(as_of),
    )
    for hint, organisation in ((evening, asked), (tour, free), (days, free)):
        _list(hint, organisation, at=at)
    actor = cast.users["anbieter"]
    claimant = next(one for one in cast.providers if is_member(actor, one))
    ask_for_claim(evening, claimant, actor=actor, at=at)


def _named(
    name: str, kind: OrganisationKind, neighbour: Organisation, *, at: datetime
) -> Organisation:
    """An organisation that only the list names, in the town of another one."""
    there = {column: getattr(neighbour.sites[0], column) for column in PLACE}
    told = {"name": name, "kinds": frozenset({kind}), "source": SOURCE}
    return take_over_organisation(told, site=there, at=at)


def _list(hint: Posting, organisation: Organisation, *, at: datetime) -> None:
    hint.organisation = organisation
    put_at_site(hint, organisation.sites[0])
    list_hint(hint, at=at)


def _told(as_of: date) -> Mapping[str, Any]:
    """What every hint of the list has."""
    return {
        "source": SOURCE,
        "licence": "CC BY 4.0",
        "as_of": as_of,
        "as_of_text": f"{as_of:%m/%Y}",
    }

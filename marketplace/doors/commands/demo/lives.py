"""Postings of the demonstration that rest, are blocked, are over or begin anew."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from marketplace.doors.commands.demo.people import Cast
from marketplace.doors.commands.demo.postings import (
    internship_entry,
    member_of,
    offer_entry,
    sponsorship_entry,
)
from marketplace.doors.commands.demo.times import Weeks
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.postings.internships.models import Internship
from marketplace.postings.internships.services import (
    copy_internship,
    move_internship,
    write_internship,
)
from marketplace.postings.lives.enums import Act, PostingState
from marketplace.postings.lives.models import Posting
from marketplace.postings.offers.services import copy_offer, move_offer, write_offer
from marketplace.postings.sponsorships.services import (
    copy_sponsorship,
    move_sponsorship,
    write_sponsorship,
)
from marketplace.region.occupations.models import Occupation

# So long after it was published life goes on.
LATER = timedelta(hours=70)
LEARN = "Wie ein Team arbeitet, das genau sein muss."
# Title, what happens, and what became of it.
INTERNSHIPS = (
    ("Fünf Tage Prisma", "Du zerlegst Licht und misst die Winkel nach.", Act.PAUSE),
    ("Objektive zählen", "Du packst Objektive und führst die Liste.", Act.FREEZE),
    ("Herbstwoche im Schliff", "Du schleifst ein Glas, bis es passt.", Act.END),
)
OFFERS = (
    ("Sommerlicht im Labor", "Alle bauen eine Lochkamera.", "workshop", Act.END),
    ("Funk ohne Draht", "Alle bauen einen Empfänger.", "workshop", Act.PAUSE),
    ("Blitz und Donner", "Alle messen, wie weit es ist.", "project_day", Act.FREEZE),
)
SPONSORSHIPS = ((40, Act.PAUSE), (41, Act.END), (42, Act.FREEZE))
WHY = "Eine Telefonnummer im Text führt woanders hin. Bitte prüfen Sie sie."


class Hands(NamedTuple):
    """Who acts for an organisation, who for the office, and by which service."""

    member: User
    office: User
    move: Callable[..., None]


def live_on(
    cast: Cast, occupations: list[Occupation], weeks: Weeks, *, at: datetime
) -> Internship:
    """Takes postings of the demo company and provider further, and begins copies.

    Gives back the internship whose single place somebody may still take.
    """
    company, office = cast.companies[0], cast.users["koordination"]
    own = Hands(member_of(company), office, move_internship)

    def internship(title: str, text: str) -> Internship:
        story = {"title": title, "description": text, "learn": LEARN}
        entry = internship_entry(6, story, company, occupations, weeks, at=at)
        return write_internship(company, entry, actor=own.member, at=at)

    for title, text, act in INTERNSHIPS:
        made = internship(title, text)
        _go_on(made, act, own, at=at)
        if act is Act.END:
            copy_internship(made, actor=own.member, at=at + LATER)
    _offers_live_on(cast.providers[0], office, at=at)
    _sponsorships_live_on(company, office, at=at)
    full = internship("Ferienwoche am Interferometer", "Du misst mit Licht, wie eben.")
    _publish(full, own, at=at)
    return full


def _offers_live_on(provider: Organisation, office: User, *, at: datetime) -> None:
    own = Hands(member_of(provider), office, move_offer)
    for k, (title, text, form, act) in enumerate(OFFERS):
        story = {"title": title, "description": text, "format": form}
        entry = offer_entry(3 * k, story, provider, at=at)
        offer = write_offer(provider, entry, actor=own.member, at=at)
        _go_on(offer, act, own, at=at)
        if act is Act.END:
            copy_offer(offer, actor=own.member, at=at + LATER)


def _sponsorships_live_on(company: Organisation, office: User, *, at: datetime) -> None:
    own = Hands(member_of(company), office, move_sponsorship)
    for k, act in SPONSORSHIPS:
        entry = sponsorship_entry(k, company, at=at)
        sponsorship = write_sponsorship(company, entry, actor=own.member, at=at)
        _go_on(sponsorship, act, own, at=at)
        if act is Act.END:
            copy_sponsorship(sponsorship, actor=own.member, at=at + LATER)


def _go_on(posting: Posting, act: Act, own: Hands, *, at: datetime) -> None:
    """Publishes a posting and takes one more step, with a reason if it needs one."""
    _publish(posting, own, at=at)
    actor = own.office if act is Act.FREEZE else own.member
    words = WHY if act is Act.FREEZE else ""
    own.move(posting, act, actor=actor, at=at + LATER, words=words)


def _publish(posting: Posting, own: Hands, *, at: datetime) -> None:
    own.move(posting, Act.SUBMIT, actor=own.member, at=at)
    if posting.state is PostingState.SUBMITTED:
        own.move(posting, Act.PUBLISH, actor=own.office, at=at)

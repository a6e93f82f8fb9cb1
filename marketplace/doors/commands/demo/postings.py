"""Internships, offers and sponsorships of the demonstration."""

from datetime import date, datetime, time, timedelta

from marketplace.doors.commands.demo.people import Cast
from marketplace.doors.commands.demo.times import Weeks
from marketplace.doors.commands.demo.words import COMPANIES, NEEDS, TASKS, WEEKS
from marketplace.foundation.clock import day_of
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation, Site
from marketplace.postings.internships.models import Internship
from marketplace.postings.internships.services import (
    InternshipEntry,
    PeriodEntry,
    SupervisorEntry,
    move_internship,
    write_internship,
)
from marketplace.postings.lives.enums import Act
from marketplace.postings.offers.models import Offer
from marketplace.postings.offers.services import OfferEntry, move_offer, write_offer
from marketplace.postings.sponsorships.services import (
    SponsorshipEntry,
    move_sponsorship,
    write_sponsorship,
)
from marketplace.region.labour.enums import Basis
from marketplace.region.lines.enums import LineKind
from marketplace.region.lines.rules import LineEntry
from marketplace.region.occupations.models import Occupation
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import CostClass, Format

INTERNSHIPS, OFFERS, SPONSORSHIPS = 62, 62, 32
FORMATS = (
    Format.WORKSHOP,
    Format.PROJECT_DAY,
    Format.HOLIDAY_COURSE,
    Format.STUDENT_LAB,
)


def post_internships(
    cast: Cast, occupations: list[Occupation], weeks: Weeks, *, at: datetime
) -> list[Internship]:
    """Publishes internships, and leaves two for the office to read."""
    internships = []
    for k in range(INTERNSHIPS + 2):
        company = cast.companies[k % len(cast.companies)]
        actor = _member(company)
        entry = _internship(k, company, occupations, weeks, at=at)
        internship = write_internship(company, entry, actor=actor, at=at)
        move_internship(internship, Act.SUBMIT, actor=actor, at=at)
        if k < INTERNSHIPS:
            office = cast.users["koordination"]
            move_internship(internship, Act.PUBLISH, actor=office, at=at)
        internships.append(internship)
    return internships[:INTERNSHIPS]


def post_offers(cast: Cast, *, at: datetime) -> list[Offer]:
    """Publishes offers with two or three need lines each."""
    offers = []
    for k in range(OFFERS):
        provider = cast.providers[k % len(cast.providers)]
        offer = write_offer(
            provider, _offer(k, provider, at=at), actor=_member(provider), at=at
        )
        move_offer(offer, Act.SUBMIT, actor=_member(provider), at=at)
        move_offer(offer, Act.PUBLISH, actor=cast.users["koordination"], at=at)
        offers.append(offer)
    return offers


def post_sponsorships(cast: Cast, *, at: datetime) -> None:
    """Publishes what the companies give."""
    for k in range(SPONSORSHIPS):
        company = cast.companies[k % len(cast.companies)]
        actor = _member(company)
        entry = _sponsorship(k, company, at=at)
        sponsorship = write_sponsorship(company, entry, actor=actor, at=at)
        move_sponsorship(sponsorship, Act.SUBMIT, actor=actor, at=at)
        office = cast.users["koordination"]
        move_sponsorship(sponsorship, Act.PUBLISH, actor=office, at=at)


def _internship(
    k: int,
    company: Organisation,
    occupations: list[Occupation],
    weeks: Weeks,
    *,
    at: datetime,
) -> InternshipEntry:
    site = _site(company)
    state = site.state_code or FederalState.SAXONY
    # The turn moves on each time all companies had one.
    is_school = (k + k // len(COMPANIES)) % 3 != 0
    basis = Basis.SCHOOL if is_school else Basis.VOLUNTARY
    mondays = weeks.of_school(state) if is_school else weeks.of_holidays(state)
    own = sorted(company.topics)
    fitting = [o for o in occupations if o.topics & company.topics] or occupations
    return InternshipEntry(
        title=f"{TASKS[k % len(TASKS)]} bei {company.name.rsplit(' ', 1)[0]}"[:80],
        description=(
            "Du misst, baust und prüfst mit. Am letzten Tag zeigst du dem Team, was "
            "du gemacht hast."
        ),
        learn="Wie aus einer Idee ein Produkt wird, und wer alles daran arbeitet.",
        topics=frozenset(own[:3]),
        occupation_ids=tuple(o.id for o in fitting[k % 2 : k % 2 + 2]),
        bases=frozenset({basis}),
        periods=tuple(
            PeriodEntry(
                starts_on=monday, ends_on=monday + timedelta(days=4), place_count=2
            )
            for monday in mondays[k % 4 : k % 4 + 3]
        ),
        day_starts_at=time(8),
        day_ends_at=time(15, 30) if is_school else time(16),
        breaks=((time(11, 30), time(12, 30)),),
        grade_from=8 if is_school else 9,
        grade_to=10,
        minimum_age=13 if is_school else 15,
        site_id=site.id,
        way_there="Fünf Minuten zu Fuß von der Haltestelle.",
        bring="Feste Schuhe. Schutzkleidung bekommst du hier.",
        papers="Keine weiteren Papiere nötig.",
        pay="Keine Vergütung, Mittagessen ist frei.",
        risks_assessed_on=day_of(at),
        supervisors=(
            SupervisorEntry(
                first_name=("Ines", "Falk", "Romy", "Timo")[k % 4],
                function="Ausbildung",
                surname="Musterfrau" if k % 2 else "Mustermann",
                declared_on=day_of(at),
            ),
        ),
    )


def _offer(k: int, provider: Organisation, *, at: datetime) -> OfferEntry:
    first = day_of(at) + timedelta(days=30 + 3 * k)
    name = provider.name.split(" ", 1)[-1]
    return OfferEntry(
        title=f"{WEEKS[k % len(WEEKS)]}: {name}"[:80],
        description="Alle bauen selbst und nehmen das Ergebnis mit nach Hause.",
        format=FORMATS[k % len(FORMATS)],
        topics=provider.topics,
        audiences=provider.audiences,
        starts_on=first if k % 3 else None,
        ends_on=first + timedelta(days=2) if k % 3 else None,
        dates_text="" if k % 3 else "nach Absprache, meist dienstags",
        group_size="bis 15",
        cost=(CostClass.FREE, CostClass.UP_TO_5, CostClass.UP_TO_15)[k % 3],
        site_id=_site(provider).id,
        lines=_needs(k, at=at),
    )


def _needs(k: int, *, at: datetime) -> tuple[LineEntry, ...]:
    """Money always, and one or two things a lab of this kind lacks."""
    first, last = _months(day_of(at))
    kinds = [NEEDS[k % len(NEEDS)], NEEDS[(3 * k + 1) % len(NEEDS)]][: 1 + k % 2]
    lines = [
        LineEntry(
            kind=LineKind.MONEY,
            quantity=1000 + 500 * (k % 5),
            months_from=first,
            months_to=last,
        )
    ]
    lines += [
        LineEntry(
            kind=kind,
            item=item.value,
            quantity=quantity,
            months_from=first,
            months_to=last,
        )
        for kind, item, quantity in kinds
    ]
    return tuple(lines)


def _sponsorship(k: int, company: Organisation, *, at: datetime) -> SponsorshipEntry:
    first, last = _months(day_of(at))
    kind, item, quantity = NEEDS[k % len(NEEDS)]
    name = company.name.rsplit(" ", 1)[0]
    return SponsorshipEntry(
        title=f"{name} gibt Geld und mehr",
        description="Für Angebote in der Nähe, gern mit einem Besuch im Betrieb.",
        topics=company.topics,
        audiences=company.audiences,
        site_id=_site(company).id,
        lines=(
            LineEntry(
                kind=LineKind.MONEY,
                quantity=500 + 250 * (k % 6),
                months_from=first,
                months_to=last,
            ),
            LineEntry(
                kind=kind,
                item=item.value,
                quantity=max(1, quantity * 2 // 3),
                months_from=first,
                months_to=last,
            ),
        ),
    )


def _months(today: date) -> tuple[date, date]:
    """The next month, and the one five later."""
    first = date(today.year + today.month // 12, today.month % 12 + 1, 1)
    month = first.month + 4
    last = date(first.year + (month > 12), month - 12 if month > 12 else month, 1)
    return first, last


def _member(organisation: Organisation) -> User:
    return organisation.memberships[0].user


def _site(organisation: Organisation) -> Site:
    return organisation.sites[0]

"""Internships, offers and sponsorships of the demonstration."""

from collections.abc import Iterable, Mapping, Sequence
from csv import DictReader
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from importlib.resources import files

from marketplace.doors.commands.demo.people import Cast
from marketplace.doors.commands.demo.times import Weeks
from marketplace.doors.commands.demo.words import NEEDS
from marketplace.foundation.clock import day_of
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation, Site
from marketplace.people.organisations.rules import gives
from marketplace.postings.internships.models import Internship
from marketplace.postings.internships.services import (
    move_internship,
    write_internship,
)
from marketplace.postings.internships.tables import (
    InternshipEntry,
    PeriodEntry,
    SupervisorEntry,
)
from marketplace.postings.lives.enums import Act, PostingState
from marketplace.postings.lives.models import Posting
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

SPONSORSHIPS = 32
MUCH_MONEY = 12_000
# So many of the internships are left for the office to read.
UNREAD = 2
# A line of one of the two tables beside this module.
Story = Mapping[str, str]


def post_internships(
    cast: Cast, occupations: list[Occupation], weeks: Weeks, *, at: datetime
) -> list[Internship]:
    """Publishes one an hour, and leaves two for the office to read.

    These two come first, as long as no organisation is trusted.
    """
    named = by_name(cast.companies)
    stories, internships = list(enumerate(_stories("internships.csv"))), []
    for k, story in [*stories[-UNREAD:], *stories[:-UNREAD]]:
        company, when = named[story["company"]], at + timedelta(hours=k)
        actor = member_of(company)
        entry = internship_entry(k, story, company, occupations, weeks, at=when)
        internship = write_internship(company, entry, actor=actor, at=when)
        move_internship(internship, Act.SUBMIT, actor=actor, at=when)
        if k < len(stories) - UNREAD and not _is_public(internship):
            office = cast.users["koordination"]
            move_internship(internship, Act.PUBLISH, actor=office, at=when)
        internships.append(internship)
    return internships[UNREAD:]


def post_offers(cast: Cast, *, since: datetime, at: datetime) -> list[Offer]:
    """Publishes offers with two or three need lines each, one an hour since then."""
    named, offers = by_name(cast.providers), []
    stories = _stories("offers.csv")
    # The first entry on the list of the demo's provider needs more than others give.
    shown = [s for s in stories if named[s["provider"]] is cast.providers[0]][-1]
    for k, story in enumerate(stories):
        provider, when = named[story["provider"]], since + timedelta(hours=k)
        actor = member_of(provider)
        entry = offer_entry(k, story, provider, at=at)
        if story is shown:
            entry = replace(entry, lines=_with_much_money(entry.lines))
        offer = write_offer(provider, entry, actor=actor, at=when)
        move_offer(offer, Act.SUBMIT, actor=actor, at=when)
        if not _is_public(offer):
            move_offer(offer, Act.PUBLISH, actor=cast.users["koordination"], at=when)
        offers.append(offer)
    return offers


def post_sponsorships(cast: Cast, numbers: Iterable[int], *, at: datetime) -> None:
    """Publishes what the companies give, some of it."""
    for k in numbers:
        _post_sponsorship(k, cast.companies[k % len(cast.companies)], cast, at=at)


def give_too(cast: Cast, *, at: datetime) -> None:
    """Publishes what those providers give that are companies as well."""
    for k, provider in enumerate(filter(gives, cast.providers)):
        _post_sponsorship(k, provider, cast, at=at)


def _post_sponsorship(k: int, giver: Organisation, cast: Cast, *, at: datetime) -> None:
    actor, office = member_of(giver), cast.users["koordination"]
    entry = sponsorship_entry(k, giver, at=at)
    sponsorship = write_sponsorship(giver, entry, actor=actor, at=at)
    move_sponsorship(sponsorship, Act.SUBMIT, actor=actor, at=at)
    if not _is_public(sponsorship):
        move_sponsorship(sponsorship, Act.PUBLISH, actor=office, at=at)


def internship_entry(
    k: int,
    story: Story,
    company: Organisation,
    occupations: list[Occupation],
    weeks: Weeks,
    *,
    at: datetime,
) -> InternshipEntry:
    """The internship of a story; every third is voluntary, in the holidays."""
    site = _site(company)
    state = site.state_code or FederalState.SAXONY
    is_school = k % 3 != 0 and not story["title"].startswith("Ferien")
    basis = Basis.SCHOOL if is_school else Basis.VOLUNTARY
    mondays = weeks.of_school(state) if is_school else weeks.of_holidays(state)
    own = sorted(company.topics)
    fitting = [o for o in occupations if o.topics & company.topics] or occupations
    return InternshipEntry(
        title=story["title"],
        description=story["description"],
        learn=story["learn"],
        topics=frozenset(own[:3]),
        occupation_ids=tuple(o.id for o in fitting[k % 2 : k % 2 + 2]),
        bases=frozenset({basis}),
        periods=tuple(
            PeriodEntry(
                starts_on=monday,
                ends_on=_last_day(k, monday, mondays),
                place_count=(2, 1, 3, 2, 4)[k % 5],
            )
            for monday in mondays[k % 4 : k % 4 + 1 + k % 3]
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


def _last_day(k: int, monday: date, mondays: Sequence[date]) -> date:
    """The Friday of that week, now and then of the next."""
    is_long = k % 4 == 3 and monday + timedelta(weeks=1) in mondays
    return monday + timedelta(days=11 if is_long else 4)


def offer_entry(
    k: int, story: Story, provider: Organisation, *, at: datetime
) -> OfferEntry:
    """The offer of a story; every third is on request."""
    first = day_of(at) + timedelta(days=30 + 3 * k)
    return OfferEntry(
        title=story["title"],
        description=story["description"],
        format=Format(story["format"]),  # type: ignore[call-arg]
        topics=provider.topics,
        audiences=provider.audiences,
        starts_on=first if k % 3 else None,
        ends_on=first + timedelta(days=2) if k % 3 else None,
        dates_text="" if k % 3 else "nach Absprache, meist dienstags",
        group_size=("bis 28, eine ganze Klasse", "bis 15", "8 bis 30")[k % 3],
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
        for kind, item, quantity, _words in kinds
    ]
    return tuple(lines)


def _with_much_money(lines: tuple[LineEntry, ...]) -> tuple[LineEntry, ...]:
    return tuple(
        replace(line, quantity=MUCH_MONEY) if line.kind is LineKind.MONEY else line
        for line in lines
    )


def sponsorship_entry(
    k: int, company: Organisation, *, at: datetime
) -> SponsorshipEntry:
    """Money and one thing that a company gives."""
    first, last = _months(day_of(at))
    kind, item, quantity, words = NEEDS[k % len(NEEDS)]
    return SponsorshipEntry(
        title=words,
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


def _stories(table: str) -> list[Story]:
    """The lines of a table, so that neighbours are of different organisations."""
    beside = files("marketplace.doors.commands.demo").joinpath(table)
    lines = list(DictReader(beside.read_text("utf-8").splitlines(), delimiter=";"))
    step = 2 if table == "internships.csv" else 4
    return [line for first in range(step) for line in lines[first::step]]


def _is_public(posting: Posting) -> bool:
    """Says whether trust has published already what was handed in."""
    return posting.state is not PostingState.SUBMITTED


def by_name(organisations: Sequence[Organisation]) -> dict[str, Organisation]:
    """Organisations by their names without the form of a company."""
    return {
        name: organisation
        for organisation in organisations
        for name in (organisation.name, organisation.name.rsplit(" ", 1)[0])
    }


def _months(today: date) -> tuple[date, date]:
    """The next month, and the one five later."""
    first = date(today.year + today.month // 12, today.month % 12 + 1, 1)
    month = first.month + 4
    last = date(first.year + (month > 12), month - 12 if month > 12 else month, 1)
    return first, last


def member_of(organisation: Organisation) -> User:
    """Who acts for an organisation of the demonstration."""
    return organisation.memberships[0].user


def _site(organisation: Organisation) -> Site:
    return organisation.sites[0]

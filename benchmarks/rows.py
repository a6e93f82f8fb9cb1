"""The rows of the made-up market; `python -m benchmarks.rows SIZE` inserts them.

All of it follows from the number of the row, so that two runs make the same market.
"""

import sys
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import select

from benchmarks.bulk import indexed_at_the_end, put
from benchmarks.entries import entry_of, keep_words
from marketplace import create_app
from marketplace.foundation.clock import day_of, now
from marketplace.foundation.columns import ALPHABET, PUBLIC_ID_LENGTH
from marketplace.foundation.database import Base, db, transaction
from marketplace.people.organisations.enums import OrganisationKind, OrganisationState
from marketplace.people.organisations.models import Organisation, Site
from marketplace.postings.internships.models import (
    Break,
    Glimpse,
    Internship,
    Period,
    Supervisor,
)
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.offers.models import NeedLine, Offer
from marketplace.postings.sponsorships.models import GiveLine, Sponsorship
from marketplace.region.labour.enums import Basis
from marketplace.region.lines.enums import LineKind
from marketplace.region.occupations.models import Occupation
from marketplace.region.places.models import Place
from marketplace.region.topics.enums import Audience, Format, Topic
from marketplace.upkeep.search.models import SearchEntry

# How many of the other things there are for one internship.
OFFERS, SPONSORSHIPS, ORGANISATIONS = 5, 10, 10
TOPICS, BASES, AUDIENCES = list(Topic), list(Basis), list(Audience)
# Of twenty postings so many are in each state.
STATES = (
    *[PostingState.PUBLISHED] * 16,
    *(PostingState.PAUSED, PostingState.FILLED),
    *(PostingState.DRAFT, PostingState.LISTED),
)
DOES = ("Löten", "Messen", "Drucken", "Programmieren", "Schleifen", "Mikroskopieren")
WHERE = ("im Labor", "in der Werkstatt", "am Prüfstand", "im Reinraum", "auf dem Feld")
WORDS = "Du baust ein kleines Stück selbst, misst nach und nimmst es mit nach Hause. "

PAUSE = {"starts_at": time(11), "ends_at": time(11, 30)}
SUPERVISOR = {"first_name": "Thea", "function": "Ausbilderin"}

Row = dict[str, Any]


def main(size: int) -> None:
    """Fills the database that the environment names."""
    with create_app().app_context(), transaction():
        fill(size)


def fill(size: int) -> None:
    """Inserts the market into a migrated and seeded database."""
    largest = select(Place).order_by(Place.population.desc(), Place.id).limit(400)
    towns = list(db.session.scalars(largest))
    jobs = list(db.session.scalars(select(Occupation.id).order_by(Occupation.id)))
    today = day_of(now()).replace(day=1)
    with indexed_at_the_end():
        for model, rows in _tables(size, towns, jobs, today):
            put(model, rows)
    keep_words([*DOES, *WHERE, WORDS, *(town.name for town in towns)])


def _tables(
    size: int, towns: list[Place], jobs: list[int], today: date
) -> Iterator[tuple[type[Base], Iterator[Row]]]:
    count = size // ORGANISATIONS + 1
    yield Organisation, (_organisation(n) for n in range(1, count + 1))
    yield Site, (_site(n, _town(towns, n)) for n in range(1, count + 1))
    numbers = range(1, size + 1)
    yield Internship, (_internship(n, count, towns) for n in numbers)
    yield Period, (_period(n, today) for n in numbers)
    yield Break, ({"internship_id": n, **PAUSE} for n in numbers)
    yield (
        Glimpse,
        (
            {"internship_id": n, "occupation_id": jobs[n % len(jobs)], "line_no": 1}
            for n in numbers
        ),
    )
    yield Supervisor, ({"internship_id": n, **SUPERVISOR} for n in numbers)
    offers = range(1, size // OFFERS + 1)
    yield Offer, (_offer(n, count, towns) for n in offers)
    yield NeedLine, ({"offer_id": n, "stated_at": now(), **_line(n)} for n in offers)
    gives = range(1, size // SPONSORSHIPS + 1)
    yield Sponsorship, (_posting(n, count, towns, "f") for n in gives)
    yield GiveLine, ({"sponsorship_id": n, **_line(n)} for n in gives)
    postings = (_internship(n, count, towns) for n in numbers)
    yield SearchEntry, (entry_of("internship", posting) for posting in postings)
    postings = (_posting(n, count, towns, "a") for n in offers)
    yield SearchEntry, (entry_of("offer", posting) for posting in postings)


def _organisation(number: int) -> Row:
    name = f"Werk {number}"
    return {
        "id": number,
        "public_id": public_id(number, "w"),
        "name": name,
        "sort_name": name.lower(),
        "kinds": frozenset(OrganisationKind),
        # Some are not verified: what they post is not public.
        "state": OrganisationState.VERIFIED
        if number % 20
        else OrganisationState.REGISTERED,
        "topics": frozenset({TOPICS[number % len(TOPICS)]}),
        "registered_at": now(),
        "verified_at": now(),
        "version": 1,
    }


def _site(number: int, town: Place) -> Row:
    return {
        "id": number,
        "public_id": public_id(number, "s"),
        "organisation_id": number,
        "version": 1,
        **_where(number, town),
    }


def _internship(number: int, count: int, towns: list[Place]) -> Row:
    return {
        **_posting(number, count, towns, "p"),
        "bases": frozenset({BASES[number % len(BASES)]}),
        "day_starts_at": time(8),
        "day_ends_at": time(14, 30),
        "grade_from": 8 + number % 3,
        "fits_from": 13 + number % 4,
        "learn": WORDS,
        "papers": "Keine.",
        "pay": "Keine Vergütung.",
        "insurer": "Schülerunfallversicherung",
        "liability": "Schulträger",
    }


def _period(number: int, today: date) -> Row:
    begin = today + timedelta(days=60 + number % 300)
    return {
        "public_id": public_id(number, "z"),
        "internship_id": number,
        "starts_on": begin,
        "ends_on": begin + timedelta(days=4),
        "place_count": 3,
    }


def _offer(number: int, count: int, towns: list[Place]) -> Row:
    formats = list(Format)
    return {
        **_posting(number, count, towns, "a"),
        "format": formats[number % len(formats)],
        "group_size": "12",
    }


def _posting(number: int, count: int, towns: list[Place], letter: str) -> Row:
    state = STATES[number % len(STATES)]
    owner = number % count + 1
    is_hint = state is PostingState.LISTED
    unseen = is_hint or state is PostingState.DRAFT
    at = now() - timedelta(minutes=number)
    return {
        "id": number,
        "public_id": public_id(number, letter),
        "organisation_id": owner,
        "site_id": owner,
        "title": _title(number),
        "description": WORDS * 4,
        "topics": frozenset({TOPICS[number % len(TOPICS)]}),
        "audiences": frozenset({AUDIENCES[number % len(AUDIENCES)]}),
        "state": state,
        "published_at": None if unseen else at,
        "confirmed_on": None if unseen else at.date(),
        "changed_at": at,
        "source": "Katalog" if is_hint else "",
        "as_of": date(at.year - 1, 5, 1) if is_hint else None,
        "version": 1,
        **_where(owner, _town(towns, owner)),
    }


def _line(number: int) -> Row:
    kinds = list(LineKind)
    return {
        "line_no": 1,
        "kind": kinds[number % len(kinds)],
        "quantity": 8,
        "open_quantity": 8,
    }


def _title(number: int) -> str:
    return f"{DOES[number % len(DOES)]} {WHERE[number % len(WHERE)]} {number}"


def _town(towns: list[Place], number: int) -> Place:
    return towns[number % len(towns)]


def _where(number: int, town: Place) -> Row:
    """Near the town, so that no two places are quite the same."""
    return {
        "place_name": town.name,
        "postal_code": "01067",
        "state_code": town.state,
        "district_ags": town.district_ags,
        "lat": town.lat + number % 97 / 10_000,
        "lon": town.lon + number % 89 / 10_000,
    }


def public_id(number: int, letter: str) -> str:
    """The public id that follows from the number of a row."""
    signs = ""
    while number:
        number, rest = divmod(number, len(ALPHABET))
        signs = ALPHABET[rest] + signs
    return letter + signs.rjust(PUBLIC_ID_LENGTH - 1, ALPHABET[0])


if __name__ == "__main__":
    main(int(sys.argv[1]))

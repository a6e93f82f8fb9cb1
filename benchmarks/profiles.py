"""A database with so many profiles to match: `python -m benchmarks.profiles SIZE`."""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from math import asin, atan2, degrees
from pathlib import Path
from typing import Any

from sqlalchemy import URL, insert

from benchmarks.markets import entered
from benchmarks.rows import public_id
from benchmarks.world import World, world_of
from marketplace import create_app
from marketplace.foundation.clock import day_of, now
from marketplace.foundation.database import db, transaction
from marketplace.matching.scores.enums import Side
from marketplace.matching.scores.values import EARTH_RADIUS_M
from marketplace.people.organisations.enums import OrganisationKind, OrganisationState
from marketplace.people.organisations.models import Organisation, Site
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.offers.models import NeedLine, Offer
from marketplace.postings.sponsorships.models import GiveLine, Sponsorship
from marketplace.region.lines.enums import Item, LineKind
from marketplace.region.topics.enums import Audience, Topic

BATCH = 5_000
KINDS, ITEMS = list(LineKind), list(Item)
TOPICS, AUDIENCES = (1 << len(Topic)) - 1, (1 << len(Audience)) - 1

Row = dict[str, Any]


def profiles_of(size: int) -> World:
    """Gives the database with so many profiles, kept between two runs."""
    empty = world_of(0)
    ready = Path(str(empty.url.database)).with_name(f"profiles-{size}.db")
    world = replace(empty, size=size, url=URL.create("sqlite", database=str(ready)))
    if not ready.exists():
        rough = ready.with_suffix(".part")
        shutil.copy(str(empty.url.database), rough)
        making = replace(world, url=URL.create("sqlite", database=str(rough)))
        making.run(sys.executable, "-m", "benchmarks.profiles", str(size))
        rough.rename(ready)
    return world


def fill(size: int) -> None:
    """Inserts offers and giving sites, one organisation each."""
    profiles, lines = entered(size)
    today = day_of(now()).replace(day=1)
    owners = [_Owner(number, row) for number, row in enumerate(profiles, 1)]
    own = [owner for owner in owners if owner.is_provider]
    others = [owner for owner in owners if not owner.is_provider]
    lines_of = [(owners[int(line["owner"])], line) for line in lines]
    _insert(Organisation, (owner.organisation() for owner in owners))
    _insert(Site, (owner.site() for owner in owners))
    _insert(Offer, (owner.posting() for owner in own))
    _insert(Sponsorship, (owner.posting() for owner in others))
    _insert(
        NeedLine,
        (
            _line(line, today) | {"offer_id": owner.number, "stated_at": owner.at}
            for owner, line in lines_of
            if owner.is_provider
        ),
    )
    _insert(
        GiveLine,
        (
            _line(line, today) | {"sponsorship_id": owner.number}
            for owner, line in lines_of
            if not owner.is_provider
        ),
    )


class _Owner:
    """The rows of one profile, all of one number."""

    def __init__(self, number: int, row: Any) -> None:
        self.number, self.row = number, row
        self.is_provider = row["side"] == Side.PROVIDER
        self.at = now() - timedelta(days=int(row["age_days"]))

    def organisation(self) -> Row:
        name = f"Werk {self.number}"
        return {
            "id": self.number,
            "public_id": public_id(self.number, "w"),
            "name": name,
            "sort_name": name.lower(),
            "kinds": frozenset(OrganisationKind),
            "state": OrganisationState.VERIFIED,
            "capacity": max(1, int(self.row["free_capacity"])),
            "safeguarding_on": self.at.date() if self.row["is_declared"] else None,
            "registered_at": self.at,
            "verified_at": self.at,
            "version": 1,
        }

    def site(self) -> Row:
        radius = int(self.row["radius_km"])
        return {
            "id": self.number,
            "public_id": public_id(self.number, "s"),
            "organisation_id": self.number,
            "radius_km": None if radius < 0 else radius,
            "is_radius_hard": bool(self.row["is_radius_hard"]),
            "version": 1,
            **self._where(),
        }

    def posting(self) -> Row:
        return {
            "id": self.number,
            "public_id": public_id(self.number, "a"),
            "organisation_id": self.number,
            "site_id": self.number,
            "title": f"Vorhaben {self.number}",
            "topics": int(self.row["topics"]) & TOPICS,
            "audiences": int(self.row["audiences"]) & AUDIENCES,
            "state": PostingState.PUBLISHED,
            "published_at": self.at,
            "changed_at": self.at,
            "version": 1,
            **self._where(),
        }

    def _where(self) -> Row:
        x, y, z = (int(self.row[axis]) for axis in "xyz")
        return {
            "place_name": "Hier",
            "lat": degrees(asin(z / EARTH_RADIUS_M)),
            "lon": degrees(atan2(y, x)),
        }


def _line(line: Any, today: date) -> Row:
    kind, quantity = KINDS[int(line["kind"])], int(line["open_quantity"])
    months = [k for k in range(24) if int(line["months"]) >> k & 1]
    is_item = kind is LineKind.MATERIAL
    return {
        "line_no": int(line["line_no"]) + 1,
        "kind": kind,
        "item": ITEMS[int(line["item"]) % 3].value if is_item else "",
        "quantity": None if quantity < 0 else max(5, quantity),
        "open_quantity": None if quantity < 0 else quantity,
        "months_from": _month(today, months[0]) if months else None,
        "months_to": _month(today, months[-1]) if months else None,
        "slots": int(line["slots"]),
        "topics": int(line["topics"]) & TOPICS,
        "audiences": int(line["audiences"]) & AUDIENCES,
        "hard": int(line["hard"]),
    }


def _month(today: date, ahead: int) -> date:
    years, month = divmod(today.month - 1 + ahead, 12)
    return date(today.year + years, month + 1, 1)


def _insert(model: Any, rows: Iterator[Row]) -> None:
    some: list[Row] = []
    for row in rows:
        some.append(row)
        if len(some) == BATCH:
            db.session.execute(insert(model.__table__), some)
            some = []
    if some:
        db.session.execute(insert(model.__table__), some)


if __name__ == "__main__":
    with create_app().app_context(), transaction():
        fill(int(sys.argv[1]))

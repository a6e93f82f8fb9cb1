"""The page of partners, from the request of its owner to the finished HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from random import Random
from statistics import quantiles
from time import perf_counter

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select

from benchmarks.markets import SEED
from benchmarks.order import Line, Order, line
from benchmarks.profiles import Row
from benchmarks.rows import public_id
from benchmarks.sites import LIMITS
from benchmarks.stored import copied
from benchmarks.world import BenchError
from marketplace.doors.commands.warming import begin
from marketplace.foundation.clock import now
from marketplace.foundation.database import db, transaction
from marketplace.foundation.tokens import hash_of, new_token
from marketplace.matching.partners.services.worlds import (
    profile_of_offer,
    profile_of_site,
    thing_of,
    world_at,
)
from marketplace.matching.scores.plain import ranked_plainly
from marketplace.matching.scores.ranking import LISTED
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import SignIn, User
from marketplace.people.organisations.models import Membership, Organisation

# So many pages are asked for, half of them of offers; those of so many are compared.
VISITS, CHECKED, FIRST = 200, 5, 6
CARD = re.compile(r'<h3 id="p\d+">(?:<a [^>]+>)?\d+\. (.+?)(?:</a>)?</h3>')


@dataclass(frozen=True)
class _Owner:
    """Who owns the profile of a number, and the key of her session."""

    number: int
    user_id: int
    key: str

    @property
    def is_provider(self) -> bool:
        return self.number % 2 == 1

    @property
    def path(self) -> str:
        letter = "a" if self.is_provider else "s"
        return f"/partner/{public_id(self.number, letter)}"

    def enter(self, client: FlaskClient) -> None:
        """Lets a client be her."""
        with client.session_transaction() as session:
            session.update(_user_id=str(self.user_id), _fresh=True, sign_in=self.key)


def partners_page(order: Order) -> Iterator[Line]:
    """Asks for pages of partners; milliseconds at the median and 99 %."""
    with copied(order.size, **LIMITS) as app:
        owners = _owners(app, order.size)
        begin(app)  # as each process of the server does
        for owner in owners[:FIRST]:
            _visit(app, owner)  # reads the templates
        times, pages = [], []
        for owner in owners[FIRST:]:
            milliseconds, page = _visit(app, owner)
            times.append(milliseconds)
            pages.append((owner, page))
        with app.app_context():
            is_right = all(_is_right(*one) for one in pages[:CHECKED])
            db.session.remove()
            db.engine.dispose()
    cuts = quantiles(times, n=100)
    for unit, value in (("ms_p50", cuts[49]), ("ms_p99", cuts[98])):
        yield line("partners_page", order.size, unit, value, is_right=is_right)


def _owners(app: Flask, size: int) -> list[_Owner]:
    """Gives an account and a session to the owners of some profiles."""
    numbers = Random(SEED).sample(range(1, size + 1), min(size, VISITS + FIRST))  # noqa: S311
    owners = [_Owner(number, number, new_token()) for number in numbers]
    with app.app_context(), transaction():
        for model, row in ((User, _user), (SignIn, _sign_in), (Membership, _member)):
            db.session.execute(insert(model), [row(owner) for owner in owners])
    return owners


def _user(owner: _Owner) -> Row:
    return {
        "id": owner.user_id,
        "email": f"person{owner.number}@example.org",
        "first_name": "Person",
        "surname": f"Nummer {owner.number}",
        "role": Role.MEMBER,
        "password_hash": "",
        "opened_at": now(),
        "confirmed_at": now(),
    }


def _sign_in(owner: _Owner) -> Row:
    return {
        "key_hash": hash_of(owner.key),
        "user_id": owner.user_id,
        "began_at": now(),
        "seen_at": now(),
    }


def _member(owner: _Owner) -> Row:
    return {
        "user_id": owner.user_id,
        "organisation_id": owner.number,
        "is_owner": True,
    }


def _visit(app: Flask, owner: _Owner) -> tuple[float, str]:
    """The milliseconds of one page, and the page."""
    client = app.test_client()
    owner.enter(client)
    start = perf_counter()
    answer = client.get(owner.path)
    page = answer.get_data(as_text=True)
    milliseconds = 1000 * (perf_counter() - start)
    if answer.status_code != HTTPStatus.OK:
        raise BenchError(f"{owner.path} answered {answer.status}.")
    return milliseconds, page


def _is_right(owner: _Owner, page: str) -> bool:
    """Compares the names on the cards with those of everybody, ranked plainly."""
    index = world_at(now()).index
    number = owner.number
    reader = profile_of_offer(number) if owner.is_provider else profile_of_site(number)
    matches = ranked_plainly(
        index[reader], list(index.values()), index.weights, index.relations, LISTED
    )
    names = dict(db.session.execute(select(Organisation.id, Organisation.name)).all())
    ranked = [names[thing_of(match.profile_id)[1]] for match in matches]
    return CARD.findall(page) == ranked

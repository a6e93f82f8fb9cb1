"""How often one may ask in a minute: a person, and all who share an address."""

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from time import monotonic
from typing import Any, TypeVar

from flask import Flask, current_app, request, session
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.errors import ConfigurationError, StorageError
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy.exc import SQLAlchemyError

from marketplace.foundation.database import afterwards, reading
from marketplace.foundation.language import _
from marketplace.foundation.refusals import TooMany
from marketplace.web.application import SAFE_METHODS
from marketplace.web.counting import DatabaseCounts, ProcessCounts

# What a proxy or a monitor asks for again and again, and costs nothing.
UNCOUNTED = frozenset({"static", "home.healthz", "home.readyz"})
# One household or one machine has a whole network of these.
IPV6_NETWORK_BITS = 64
STORE_SECONDS = 0.5

View = TypeVar("View", bound=Callable[..., Any])


# How long it takes at most until a changed limit holds.
FRESH_SECONDS = 30

# How much an address and a person may ask in a minute; None where nobody changed it.
Changed = Callable[[], tuple[int | None, int | None]]


@dataclass
class Throttle:
    """Who counts what: safe requests cheaply, unsafe ones for all processes."""

    safe: FixedWindowRateLimiter
    unsafe: FixedWindowRateLimiter
    # Counts on where a store of another machine is away.
    spare: FixedWindowRateLimiter
    # Of an address, of a person: what the operator set, and what holds now.
    given: tuple[int, int]
    limits: tuple[RateLimitItem, RateLimitItem]
    changed: Changed
    read_at: float | None = None


@dataclass(frozen=True)
class Patience:
    """How often one address may send something, and what is said beyond that."""

    name: str
    most: int
    minutes: int
    sentence: Callable[[], str]

    @property
    def limit(self) -> RateLimitItem:
        """The same in the words of who counts."""
        return RateLimitItemPerMinute(self.most, self.minutes)


def sparing(patience_of: Callable[[], Patience]) -> Callable[[View], View]:
    """Declares that a form of everybody's is accepted only so often from one address.

    `patience_of` tells the limit of what is being sent; `spend` counts.
    """

    def declare(view: View) -> View:
        view.patience_of = patience_of  # type: ignore[attr-defined]
        return view

    return declare


def spend(patience: Patience) -> None:
    """Counts what was accepted; mistakes and what bears no token count for nobody."""
    throttle: Throttle = current_app.extensions["throttle"]
    key = _key_of(patience)

    def count() -> None:
        _asked(throttle, lambda one: one.hit(patience.limit, key))

    afterwards(count)


def init_app(app: Flask, *, changed: Changed) -> None:
    """Counts every request before anything else is done for it; 0 is no limit.

    `changed` tells the limits that were changed while the site runs.
    """
    url: str = app.config["LIMITS_URL"]
    spare = FixedWindowRateLimiter(ProcessCounts())
    common = FixedWindowRateLimiter(_store_at(url)) if url else None
    given = app.config["ADDRESS_LIMIT"], app.config["PERSON_LIMIT"]
    app.extensions["throttle"] = Throttle(
        safe=common or spare,
        unsafe=common or FixedWindowRateLimiter(DatabaseCounts()),
        spare=spare,
        given=given,
        limits=_per_minute(*given),
        changed=changed,
    )
    app.before_request(_count)


def _store_at(url: str) -> Any:
    """Opens the store of another machine; a slow one must not slow the site."""
    patience = {
        "socket_timeout": STORE_SECONDS,
        "socket_connect_timeout": STORE_SECONDS,
    }
    try:
        return storage_from_string(url, wrap_exceptions=True, **patience)
    except ConfigurationError:
        raise SystemExit("MARKET_LIMITS_URL has the form redis://host:port.") from None


def _count() -> None:
    """Refuses with 429 who asks too often; asks the database nothing about him."""
    if request.endpoint in UNCOUNTED:
        return
    throttle: Throttle = current_app.extensions["throttle"]
    _keep_fresh(throttle)
    by_address, by_person = throttle.limits
    _hit(throttle, by_address, f"address:{_network(request.remote_addr or '')}")
    if person := session.get("_user_id"):
        _hit(throttle, by_person, f"person:{person}")
    view = current_app.view_functions.get(request.endpoint or "")
    patience_of: Callable[[], Patience] | None = getattr(view, "patience_of", None)
    if patience_of and request.method not in SAFE_METHODS:
        _require_room(throttle, patience_of())


def _keep_fresh(throttle: Throttle) -> None:
    """Reads the limits anew now and then, and only where reading never waits."""
    at = monotonic()
    is_fresh = throttle.read_at is not None and at - throttle.read_at < FRESH_SECONDS
    if is_fresh or not any(throttle.given) or request.method not in SAFE_METHODS:
        return
    throttle.read_at = at
    try:
        changed = throttle.changed()
    except SQLAlchemyError as error:
        current_app.logger.warning("Limits cannot be read: %s", type(error).__name__)
        return
    by_address, by_person = (
        given if new is None else new
        for given, new in zip(throttle.given, changed, strict=True)
    )
    throttle.limits = _per_minute(by_address, by_person)


def _per_minute(by_address: int, by_person: int) -> tuple[RateLimitItem, RateLimitItem]:
    return RateLimitItemPerMinute(by_address), RateLimitItemPerMinute(by_person)


def _require_room(throttle: Throttle, patience: Patience) -> None:
    limit, key = patience.limit, _key_of(patience)
    if not _asked(throttle, lambda one: one.test(limit, key)):
        with reading():  # nothing else has begun yet, and nothing may stay locked
            sentence = patience.sentence()
        raise TooMany(sentence, seconds=limit.get_expiry())


def _key_of(patience: Patience) -> str:
    return f"{patience.name}:{_network(request.remote_addr or '')}"


def _hit(throttle: Throttle, limit: RateLimitItem, key: str) -> None:
    if limit.amount and not _asked(throttle, lambda one: one.hit(limit, key)):
        raise TooMany(
            _("Das waren sehr viele Anfragen. In einer Minute geht es weiter."),
            seconds=limit.get_expiry(),
        )


def _asked(throttle: Throttle, ask: Callable[[FixedWindowRateLimiter], bool]) -> bool:
    """Asks who counts; where its store is away, the one of this process."""
    counting = throttle.safe if request.method in SAFE_METHODS else throttle.unsafe
    try:
        return ask(counting)
    except StorageError as error:
        current_app.logger.warning("Store of the limits is away: %s", error)
        return ask(throttle.spare)


def _network(address: str) -> str:
    """Gives the address, of a new one (IPv6) only the part that names the line."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(int(parsed) >> (128 - IPV6_NETWORK_BITS))
    return address

"""How often one may ask in a minute: a person, and all who share an address."""

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import Any, TypeVar

from flask import Flask, current_app, request, session
from flask_babel.speaklater import LazyString
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.errors import ConfigurationError, StorageError
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

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


@dataclass(frozen=True)
class Throttle:
    """Who counts what: safe requests cheaply, unsafe ones for all processes."""

    safe: FixedWindowRateLimiter
    unsafe: FixedWindowRateLimiter
    # Counts on where a store of another machine is away.
    spare: FixedWindowRateLimiter
    limits: tuple[RateLimitItem, RateLimitItem]


@dataclass(frozen=True)
class Patience:
    """How often one address may send one form, and what is said beyond that."""

    most: int
    minutes: int
    sentence: LazyString


def sparing(patience: Patience) -> Callable[[View], View]:
    """Declares that a form of everybody's is sent only so often from one address."""

    def declare(view: View) -> View:
        view.patience = patience  # type: ignore[attr-defined]
        return view

    return declare


def init_app(app: Flask) -> None:
    """Counts every request before anything else is done for it; 0 is no limit."""
    url: str = app.config["LIMITS_URL"]
    spare = FixedWindowRateLimiter(ProcessCounts())
    common = FixedWindowRateLimiter(_store_at(url)) if url else None
    app.extensions["throttle"] = Throttle(
        safe=common or spare,
        unsafe=common or FixedWindowRateLimiter(DatabaseCounts()),
        spare=spare,
        limits=(
            RateLimitItemPerMinute(app.config["ADDRESS_LIMIT"]),
            RateLimitItemPerMinute(app.config["PERSON_LIMIT"]),
        ),
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
    by_address, by_person = throttle.limits
    _hit(throttle, by_address, f"address:{_network(request.remote_addr or '')}")
    if person := session.get("_user_id"):
        _hit(throttle, by_person, f"person:{person}")
    view = current_app.view_functions.get(request.endpoint or "")
    patience: Patience | None = getattr(view, "patience", None)
    if patience and request.method not in SAFE_METHODS:
        limit = RateLimitItemPerMinute(patience.most, patience.minutes)
        key = f"{request.endpoint}:{_network(request.remote_addr or '')}"
        _hit(throttle, limit, key, patience.sentence)


def _hit(
    throttle: Throttle,
    limit: RateLimitItem,
    key: str,
    sentence: LazyString | None = None,
) -> None:
    if not limit.amount:
        return
    counting = throttle.safe if request.method in SAFE_METHODS else throttle.unsafe
    try:
        is_within = counting.hit(limit, key)
    except StorageError as error:
        current_app.logger.warning("Store of the limits is away: %s", error)
        is_within = throttle.spare.hit(limit, key)
    if not is_within:
        usual = _("Das waren sehr viele Anfragen. In einer Minute geht es weiter.")
        raise TooMany(str(sentence or usual), seconds=limit.get_expiry())


def _network(address: str) -> str:
    """Gives the address, of a new one (IPv6) only the part that names the line."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(int(parsed) >> (128 - IPV6_NETWORK_BITS))
    return address

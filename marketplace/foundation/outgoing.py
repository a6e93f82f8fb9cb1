"""The one client by which the program asks an address that somebody entered.

Such an address could lead into the operator's own network. So its name is looked up
once, every number it has must be a public one, and the connection goes to that very
number: what the name says a moment later does not matter. No redirect is followed,
little is read, and it all ends in time.
"""

import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Timer
from urllib.parse import SplitResult, urlsplit

PORTS = {"http": 80, "https": 443}
# For one step, and for the whole.
STEP_SECONDS, WHOLE_SECONDS = 5.0, 10.0
LONGEST_ADDRESS = 500
# Why nothing is asked that others tell apart: it leads inside, it wants more than an
# address says to anybody, its name is nobody's.
INNER, NO_NAME = "inner", "the name is not known"
VEILED_WAY = "with a name, or at a port of its own"
# Networks that stand for others: a number in them may mean an inner one.
VEILED = tuple(map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16")))


class Unreachable(Exception):
    """Nothing was asked, or nothing came back; the words say why."""


@dataclass(frozen=True)
class Target:
    """An address taken apart, with the number its name had."""

    scheme: str
    host: str
    port: int
    path: str
    number: str


def fault_of(address: str, schemes: tuple[str, ...] = ("https",)) -> str:
    """What is wrong with an address as it stands, before its name is looked up."""
    has_strange = not (address.isascii() and address.isprintable())
    if len(address) > LONGEST_ADDRESS or has_strange or set(address) & {" ", "\\"}:
        return "too long, or with strange signs"
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return "not an address"
    if parts.scheme not in schemes or not parts.hostname:
        return f"not {' or '.join(schemes)}"
    if "@" in parts.netloc or port not in (None, PORTS[parts.scheme]):
        return VEILED_WAY
    return INNER if _is_inner_name(parts.hostname) else ""


def target_of(address: str, schemes: tuple[str, ...] = ("https",)) -> Target:
    """Looks the name of an address up; refuses what does not lead to the outside."""
    fault = fault_of(address, schemes)
    if fault:
        raise Unreachable(fault)
    parts = urlsplit(address)
    host, port = parts.hostname or "", PORTS[parts.scheme]
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        # That the looking up failed just now says nothing of the name.
        is_lost = getattr(error, "errno", None) == socket.EAI_AGAIN
        raise Unreachable("not looked up" if is_lost else NO_NAME) from error
    numbers = [str(entry[4][0]) for entry in found]
    if not numbers or not all(is_outer(number) for number in numbers):
        raise Unreachable(INNER)
    return Target(parts.scheme, host, port, _path_of(parts), numbers[0])


@dataclass(frozen=True)
class Reply:
    """The status of an answer, and where it leads on, as it says."""

    status: int
    location: str


def ask(
    method: str,
    target: Target,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> int:
    """Asks once and gives the status of the answer, whose content is not read."""
    return reply_of(method, target, body, headers).status


def reply_of(
    method: str,
    target: Target,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """Asks once; what the answer leads on to is told, and not followed."""
    connection = _connection_to(target)
    # A step has its time; so has the whole, however slowly the bytes come.
    end = Timer(WHOLE_SECONDS, _shut, [connection])
    end.daemon = True
    end.start()
    try:
        connection.request(method, target.path, body=body, headers=dict(headers or {}))
        answer = connection.getresponse()
        return Reply(answer.status, answer.getheader("Location") or "")
    except (OSError, HTTPException) as error:
        raise Unreachable(type(error).__name__) from error
    finally:
        end.cancel()
        connection.close()


def is_outer(number: str) -> bool:
    """Says whether a number of the net is one of the public net."""
    try:
        parsed = ip_address(number.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return _is_public(parsed.ipv4_mapped)
        if any(parsed in network for network in VEILED) or parsed.teredo:
            return False
    return _is_public(parsed)


def _is_public(number: IPv4Address | IPv6Address) -> bool:
    is_special = number.is_multicast or number.is_reserved or number.is_unspecified
    return number.is_global and not is_special


def _is_inner_name(host: str) -> bool:
    """Says whether a host is a number that is not public, or a name of one machine."""
    try:
        ip_address(host)
    except ValueError:
        last = host.rstrip(".").rpartition(".")
        return not last[0] or last[2] in {"localhost", "local", "internal", "lan"}
    return not is_outer(host)


def _path_of(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _connection_to(target: Target) -> HTTPConnection:
    if target.scheme == "http":
        return _Plain(target)
    return _Secure(target)


def _shut(connection: HTTPConnection) -> None:
    if connection.sock:
        with suppress(OSError):  # it may have ended by itself
            connection.sock.shutdown(socket.SHUT_RDWR)


class _Plain(HTTPConnection):
    """Goes to the number that was looked up, whatever the name says now."""

    def __init__(self, target: Target) -> None:
        super().__init__(target.host, target.port, timeout=STEP_SECONDS)
        self.target = target

    def connect(self) -> None:
        address = (self.target.number, self.target.port)
        self.sock = socket.create_connection(address, STEP_SECONDS)


class _Secure(HTTPSConnection):
    """The same, and whoever answers must prove the name."""

    def __init__(self, target: Target) -> None:
        self.proof = ssl.create_default_context()
        super().__init__(
            target.host, target.port, timeout=STEP_SECONDS, context=self.proof
        )
        self.target = target

    def connect(self) -> None:
        address = (self.target.number, self.target.port)
        plain = socket.create_connection(address, STEP_SECONDS)
        self.sock = self.proof.wrap_socket(plain, server_hostname=self.target.host)

"""One address is asked politely, and followed where it leads, never inside."""

from collections.abc import Mapping
from dataclasses import dataclass
from time import sleep
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from marketplace.foundation import outgoing
from marketplace.stewardship.links.enums import LinkState

SCHEMES = ("http", "https")
MOVED = (301, 302, 303, 307, 308)
# Servers that do not know the question for the head alone.
WHOLE_ASKED = (405, 501)
MOST_MOVES = 5
# Between two requests to one host.
PAUSE_SECONDS = 3.0
# Why nothing was asked: it may not be, it cannot be, or nobody has that name.
FAULTS = {
    outgoing.INNER: LinkState.BARRED,
    outgoing.VEILED_WAY: LinkState.BARRED,
    outgoing.NO_NAME: LinkState.UNKNOWN,
}
# What may stand in an address as it is; everything else is written in numbers.
SAFE = "/%:@!$&'()*+,;=~-._?[]"


@dataclass(frozen=True)
class Heard:
    """What came back: a status, or none; and the fault if nothing could be asked."""

    status: int | None
    fault: LinkState | None = None


def hear(address: str, agent: str) -> Heard:
    """Asks an address, and what it leads on to under the same rules.

    HEAD first, GET only where that is not known; the content is never read.
    """
    method, last_host, address = "HEAD", "", plain_address(address)
    for move in range(MOST_MOVES + 1):
        if fault := outgoing.fault_of(address, SCHEMES):
            return Heard(None, _fault(FAULTS.get(fault, LinkState.FAULTY), move))
        host = urlsplit(address).hostname or ""
        if host == last_host:
            sleep(PAUSE_SECONDS)
        last_host = host
        try:
            reply = _ask(method, address, {"User-Agent": agent, "Accept": "*/*"})
        except outgoing.Unreachable as failed:
            return Heard(None, _fault(FAULTS.get(str(failed)), move))
        if reply.status in WHOLE_ASKED and method == "HEAD":
            method = "GET"
        elif reply.status in MOVED and reply.location:
            address, method = plain_address(urljoin(address, reply.location)), "HEAD"
        else:
            return Heard(reply.status)
    return Heard(None)


def _fault(found: LinkState | None, move: int) -> LinkState | None:
    """The fault of an address; where it leads on to is not what its owner wrote."""
    return found if not move or found is LinkState.BARRED else None


def plain_address(address: str) -> str:
    """An address with umlauts as networks write it; one that is none stays."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode()
    except (ValueError, UnicodeError):
        return address
    if address.isascii() or "@" in parts.netloc or parts.port:
        return address
    path, query = quote(parts.path, SAFE), quote(parts.query, SAFE)
    return urlunsplit((parts.scheme, host, path, query, ""))


def _ask(method: str, address: str, headers: Mapping[str, str]) -> outgoing.Reply:
    target = outgoing.target_of(address, SCHEMES)
    return outgoing.reply_of(method, target, headers=headers)

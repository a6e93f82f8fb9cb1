"""Addresses are gathered, asked in turn, and their owners told of dead ones."""

from collections import defaultdict
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

from sqlalchemy import delete, select

from marketplace.foundation.database import db, unlocked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.queries import addresses_of
from marketplace.stewardship.links.enums import FAILED, LinkState
from marketplace.stewardship.links.mails import link_is_dead
from marketplace.stewardship.links.models import CheckedLink, LinkUse
from marketplace.stewardship.links.queries import (
    due_links,
    known_links,
    uses_known,
    uses_of_link,
    uses_there_are,
)
from marketplace.stewardship.links.rules import (
    ALIVE_FOR,
    FAILED_FOR,
    TOLD_AFTER,
    state_of,
)
from marketplace.stewardship.links.services.asking import Heard, hear
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import queue

# So many addresses are looked at for hosts, and so many hosts asked at once.
LOOKED_AT, AT_ONCE = 200, 10
LONGEST_HOST, LONGEST_TITLE = 253, 160


def gather_links(*, at: datetime) -> None:
    """Notes to which addresses there are links now; forgets those that are gone."""
    there = {
        (kind, key): (link, title[:LONGEST_TITLE], owner)
        for kind, key, title, link, owner in uses_there_are()
    }
    for use in uses_known():
        told = (use.link.address, use.title, use.organisation_id)
        if there.get((use.kind, use.thing_key)) == told:
            del there[use.kind, use.thing_key]
        else:
            db.session.delete(use)
    db.session.flush()  # what changed is written anew
    links = {link.address: link for link in known_links()}
    for (kind, key), (address, title, owner) in there.items():
        if address not in links:
            links[address] = _new_link(address, at=at)
        use = LinkUse(kind=kind, thing_key=key, title=title, organisation_id=owner)
        use.link = links[address]
        db.session.add(use)
    db.session.flush()
    unused = CheckedLink.id.not_in(select(LinkUse.link_id))
    db.session.execute(delete(CheckedLink).where(unused))


def ask_links(agent: str, *, at: datetime) -> int:
    """Asks the addresses that are due, one of each host; says how many.

    Nobody waits for them: nothing is locked meanwhile. Safe to run twice.
    """
    with unlocked():
        by_host: dict[str, str] = {}
        for link in due_links(at, LOOKED_AT):
            by_host.setdefault(link.host, link.address)
        asked = list(by_host.values())[:AT_ONCE]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            heard = list(pool.map(partial(hear, agent=agent), asked))
    answers = dict(zip(asked, heard, strict=True))
    for link in db.session.scalars(
        select(CheckedLink).where(CheckedLink.address.in_(answers))
    ):
        _note(link, answers[link.address], at=at)
    return len(asked)


def ask_again(link: CheckedLink, *, actor: User, at: datetime) -> None:
    """Puts an address first that failed; refuses one that was asked just now."""
    if link.state not in FAILED or link.due_at <= at:
        raise Refusal(_("Diese Adresse kommt gleich dran oder ist erreichbar."))
    link.due_at = at
    record("link.asked_again", link, actor=actor, at=at)


def _new_link(address: str, *, at: datetime) -> CheckedLink:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        host = ""
    link = CheckedLink(
        address=address, host=host[:LONGEST_HOST], since=at, due_at=at, failed_count=0
    )
    db.session.add(link)
    return link


def _note(link: CheckedLink, heard: Heard, *, at: datetime) -> None:
    """Writes down what came back; the second failure a week later is told once."""
    state = state_of(heard.status, heard.fault)
    was_asked = link.asked_at
    if state is not link.state:
        link.state, link.since = state, at
    link.status, link.asked_at = heard.status, at
    if state is LinkState.ALIVE:
        link.failed_count, link.told_at = 0, None
        link.due_at = at + ALIVE_FOR
        return
    is_a_week_later = was_asked is None or at - was_asked >= FAILED_FOR
    if not link.failed_count or is_a_week_later:
        link.failed_count += 1
    link.due_at = at + FAILED_FOR
    if link.failed_count >= TOLD_AFTER and link.told_at is None:
        link.told_at = at
        _tell(link, at=at)


def _tell(link: CheckedLink, *, at: datetime) -> None:
    """Writes to each organisation that links there, naming what does."""
    titles: Mapping[Organisation, list[str]] = defaultdict(list)
    for use in uses_of_link(link):
        if use.organisation:
            titles[use.organisation].append(use.title)
    for organisation, told in titles.items():
        queue(link_is_dead(link, told), addresses_of(organisation), at=at)

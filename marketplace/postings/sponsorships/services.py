from dataclasses import dataclass, replace
from datetime import date, datetime

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal, require_whole
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.queries import site_by_id
from marketplace.postings.lives.enums import Act
from marketplace.postings.lives.rules import said
from marketplace.postings.lives.services import (
    index_posting,
    keeping_history,
    move_posting,
    put_at_site,
    require_member,
    require_move,
    require_revisable,
)
from marketplace.postings.sponsorships.models import GiveLine, Sponsorship
from marketplace.region.lines.rules import LineEntry, name_of, undated, words_of
from marketplace.region.lines.rules import entry_of as entry_of_line
from marketplace.region.lines.services import renewed_lines
from marketplace.region.topics.enums import Audience, Topic
from marketplace.upkeep.audit.services import record

# What an entry hands over as it is.
PLAIN = (
    *("title", "description", "topics", "audiences", "valid_from", "valid_to"),
    "link",
)


@dataclass(frozen=True, kw_only=True)
class SponsorshipEntry:
    """A sponsorship as page, interface and import hand it over.

    `site_id` is one of the organisation's sites.
    """

    title: str
    description: str = ""
    topics: frozenset[Topic] = frozenset()
    audiences: frozenset[Audience] = frozenset()
    valid_from: date | None = None
    valid_to: date | None = None
    link: str = ""
    site_id: int | None = None
    lines: tuple[LineEntry, ...] = ()


def entry_of(sponsorship: Sponsorship) -> SponsorshipEntry:
    """What somebody would enter to leave a sponsorship as it is."""
    words = {name: getattr(sponsorship, name) for name in PLAIN}
    lines = tuple(entry_of_line(line, line.id) for line in sponsorship.lines)
    return SponsorshipEntry(**words, site_id=sponsorship.site_id, lines=lines)


def write_sponsorship(
    organisation: Organisation, entry: SponsorshipEntry, *, actor: User, at: datetime
) -> Sponsorship:
    """Begins a draft for a company; refuses anybody but its members."""
    require_member(actor, organisation)

    sponsorship = Sponsorship(organisation=organisation)
    _put(entry, sponsorship, at=at)
    db.session.add(sponsorship)
    db.session.flush()  # record and index need its id

    record("sponsorship.written", sponsorship, actor=actor, at=at)
    index_sponsorship(sponsorship)
    return sponsorship


def revise_sponsorship(
    sponsorship: Sponsorship, entry: SponsorshipEntry, *, actor: User, at: datetime
) -> None:
    """Changes what a sponsorship says; refuses once it has ended."""
    require_revisable(sponsorship, actor=actor)

    with keeping_history(sponsorship, told, actor=actor, at=at):
        _put(entry, sponsorship, at=at)

    record("sponsorship.revised", sponsorship, actor=actor, at=at)
    index_sponsorship(sponsorship)


def move_sponsorship(
    sponsorship: Sponsorship, act: Act, *, actor: User, at: datetime, words: str = ""
) -> None:
    """Takes one step of the table; what others will see must be complete."""
    if act in (Act.SUBMIT, Act.PUBLISH, Act.RESUME):
        _require_complete(sponsorship, at=at)
    move_posting(sponsorship, act, actor=actor, at=at, words=words)


def copy_sponsorship(
    sponsorship: Sponsorship, *, actor: User, at: datetime
) -> Sponsorship:
    """Begins a draft with the words of one that has ended; its days are left out."""
    require_move(sponsorship, Act.COPY, actor=actor)

    lines = tuple(undated(line) for line in sponsorship.lines)
    told = entry_of(sponsorship)
    entry = replace(told, lines=lines, valid_from=None, valid_to=None)
    return write_sponsorship(sponsorship.organisation, entry, actor=actor, at=at)


def _require_complete(sponsorship: Sponsorship, *, at: datetime) -> None:
    require_whole(
        ("description", sponsorship.description, _("worum es geht")),
        ("lines-0", sponsorship.lines, _("was Sie geben")),
        ("site_id", sponsorship.site or sponsorship.place_name, _("der Ort")),
    )
    if sponsorship.valid_to and sponsorship.valid_to < day_of(at):
        raise Refusal(_("Die Förderung ist abgelaufen. Tragen Sie neue Tage ein."))


def told(sponsorship: Sponsorship) -> dict[str, str]:
    """What it says, field by field, for its history."""
    words = {name: said(getattr(sponsorship, name)) for name in PLAIN}
    words["site_id"] = sponsorship.site.town if sponsorship.site else ""
    words["lines"] = "; ".join(words_of(line) for line in sponsorship.lines)
    return words


def _put(entry: SponsorshipEntry, sponsorship: Sponsorship, *, at: datetime) -> None:
    for name in PLAIN:
        setattr(sponsorship, name, getattr(entry, name))
    site = site_by_id(entry.site_id) if entry.site_id else None
    put_at_site(
        sponsorship,
        site if site and site.organisation is sponsorship.organisation else None,
    )
    sponsorship.lines = renewed_lines(sponsorship.lines, entry.lines, GiveLine)
    sponsorship.changed_at = at


def index_sponsorship(sponsorship: Sponsorship) -> None:
    """Makes it findable also by what it needs or gives."""
    words = ["Förderung", *(name_of(line) for line in sponsorship.lines)]
    index_posting(sponsorship, *words)

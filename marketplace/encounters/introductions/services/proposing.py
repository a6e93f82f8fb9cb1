"""Proposing two organisations to each other."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from marketplace.encounters.introductions import mails
from marketplace.encounters.introductions.enums import (
    Event,
    FirstWord,
    IntroductionState,
    Side,
)
from marketplace.encounters.introductions.models import Introduction, IntroductionLine
from marketplace.encounters.introductions.rules import sides_of
from marketplace.encounters.introductions.services.answering import say_yes
from marketplace.encounters.introductions.services.conditions import require_possible
from marketplace.encounters.introductions.services.telling import note, silent, tell
from marketplace.foundation.clock import days_after
from marketplace.foundation.contacts import names_contact
from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation, Site
from marketplace.postings.offers.models import Offer
from marketplace.region.lines.enums import LineKind
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.settings.enums import Setting
from marketplace.upkeep.settings.queries import value_of

LONGEST_MESSAGE = 300


@dataclass(frozen=True, kw_only=True)
class LinePair:
    """A need line, the give line that would serve it, and how much of it."""

    need_line_id: int
    give_line_id: int
    kind: LineKind
    item: str
    quantity: int | None


@dataclass(frozen=True, kw_only=True)
class Words:
    """What the asking side says with its proposal; contact data is refused."""

    first_words: frozenset[FirstWord] = frozenset()
    message: str = ""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Whom to bring together, and why: both directions as the list showed them."""

    offer: Offer
    site: Site
    list_rank: int | None = None
    bundle_id: str | None = None
    reasons: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, Any] = field(default_factory=dict)
    weights_version: str = ""
    is_from_digest: bool = False
    override_reason: str = ""


def propose_introduction(
    proposal: Proposal,
    *,
    side: Side,
    actor: User,
    at: datetime,
    words: Words | None = None,
    pairs: Sequence[LinePair] = (),
) -> Introduction:
    """Proposes two organisations to each other; who proposes has agreed.

    Refuses a pair that is in contact, was so lately, or whose other side has no
    capacity left, and words that hold contact data.
    """
    introduction = Introduction(
        **vars(proposal),
        **vars(words or Words()),
        provider=proposal.offer.organisation,
        company=proposal.site.organisation,
        proposed_by=side,
        state=IntroductionState.OPEN,
        created_at=at,
        due_at=days_after(at, value_of(Setting.INTRODUCTION_DAYS)),
        lines=[IntroductionLine(**vars(pair)) for pair in pairs],
    )
    _require_allowed(introduction, side, actor=actor)
    # Who proposes at the same time waits here, and then counts this one too.
    for party in sorted((introduction.provider, introduction.company), key=_number):
        locked(party)
    require_possible(introduction, at=at)
    if side is not Side.COORDINATION:
        say_yes(introduction, side, at=at)
    try:
        with db.session.begin_nested():
            db.session.add(introduction)
    except IntegrityError:  # somebody proposed the same pair in this very instant
        sentence = _("Sie sind schon im Gespräch. Sehen Sie sich den Stand an.")
        raise Refusal(sentence) from None

    record("introduction.proposed", introduction, actor=actor, at=at)
    note(
        introduction,
        Event.PROPOSED,
        side=side,
        code=introduction.proposer,
        at=at,
    )
    tell(mails.introduction_proposed, introduction, silent(introduction), at=at)
    return introduction


def require_no_contact(message: str) -> None:
    """Refuses words by which the other side could be reached outside."""
    if names_contact(message):
        raise Refusal(
            _("Bitte noch keine Kontaktdaten: Die sehen beide nach zwei Zusagen.")
        )


def _require_allowed(introduction: Introduction, side: Side, *, actor: User) -> None:
    if side not in sides_of(actor, introduction):
        raise Refusal(_("Vorstellen kann hier nur, wer dazugehört."))
    if introduction.override_reason and side is not Side.COORDINATION:
        raise Refusal(_("Die Wartezeit verkürzt nur die Koordinationsstelle."))
    require_no_contact(introduction.message)


def _number(organisation: Organisation) -> int:
    return organisation.id

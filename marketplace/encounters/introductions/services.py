from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from marketplace.encounters.introductions import mails
from marketplace.encounters.introductions.enums import (
    MOVES,
    Act,
    DeclineCode,
    IntroductionState,
    Side,
)
from marketplace.encounters.introductions.models import Introduction
from marketplace.encounters.introductions.queries import (
    due_introductions,
    live_incoming_counts,
    live_outgoing_count,
    overdue_introductions,
    past_of_pair,
)
from marketplace.encounters.introductions.rules import (
    are_contacts_open,
    are_known,
    can_act,
    has_agreed,
    is_live,
    is_too_soon,
    sides_of,
)
from marketplace.foundation.clock import day_of, days_after
from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.enums import Notice
from marketplace.people.accounts.models import User
from marketplace.people.accounts.queries import willing
from marketplace.people.organisations.models import Organisation, Site
from marketplace.people.organisations.queries import addresses_of
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.offers.models import Offer
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.models import Letter
from marketplace.upkeep.mail.services import queue
from marketplace.upkeep.settings.enums import Setting
from marketplace.upkeep.settings.queries import value_of

LONGEST_DAYS = 21
AFTER_HALF = 7
# Reminders go so many days before the deadline.
REMINDERS = (7, 2)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Whom to bring together, and why: both directions as the list showed them."""

    offer: Offer
    site: Site
    list_rank: int | None = None
    bundle_id: str | None = None
    reasons: dict[str, Any] = field(default_factory=dict)


def propose_introduction(
    proposal: Proposal, *, side: Side, actor: User, at: datetime
) -> Introduction:
    """Proposes two organisations to each other; who proposes has agreed.

    Refuses a pair that is in contact, was so lately, or whose other side has no
    capacity left.
    """
    introduction = Introduction(
        **vars(proposal),
        provider=proposal.offer.organisation,
        company=proposal.site.organisation,
        proposed_by=side,
        state=IntroductionState.OPEN,
        created_at=at,
        due_at=days_after(at, value_of(Setting.INTRODUCTION_DAYS)),
    )
    if side not in sides_of(actor, introduction):
        raise Refusal(_("Vorstellen kann hier nur, wer dazugehört."))
    # Who proposes at the same time waits here, and then counts this one too.
    for party in sorted((introduction.provider, introduction.company), key=_number):
        locked(party)
    _require_possible(introduction, at=at)
    if side is not Side.COORDINATION:
        _say_yes(introduction, side, at=at)
    try:
        with db.session.begin_nested():
            db.session.add(introduction)
    except IntegrityError:  # somebody proposed the same pair in this very instant
        sentence = _("Sie sind schon im Gespräch. Sehen Sie sich den Stand an.")
        raise Refusal(sentence) from None

    record("introduction.proposed", introduction, actor=actor, at=at)
    _write(mails.introduction_proposed, introduction, _silent(introduction), at=at)
    return introduction


def agree(introduction: Introduction, *, side: Side, actor: User, at: datetime) -> None:
    """Says yes for a side; with the second yes both read each other's contact."""
    introduction = locked(introduction)
    _require(introduction, Act.AGREE, side=side, actor=actor)
    _require_in_time(introduction, at=at)
    if not are_known(introduction):
        raise Refusal(
            _("Eine der beiden Seiten ist gerade nicht freigeschaltet.")
            + " "
            + _("Bitte fragen Sie die Koordinationsstelle.")
        )
    _say_yes(introduction, side, at=at)
    if introduction.state is IntroductionState.AGREED:
        introduction.ended_at = at
    else:
        _prolong(introduction, at=at)

    record("introduction.agreed", introduction, actor=actor, at=at)
    if introduction.state is IntroductionState.AGREED:
        _write(mails.introduction_agreed, introduction, _BOTH, at=at)


def decline(
    introduction: Introduction,
    code: DeclineCode,
    *,
    side: Side,
    actor: User,
    at: datetime,
) -> None:
    """Says no for a side; the other reads only that it does not come about."""
    introduction = locked(introduction)
    _require(introduction, Act.DECLINE, side=side, actor=actor)
    introduction.decline_side, introduction.decline_code = side, code
    _end(introduction, Act.DECLINE, at=at)

    record("introduction.declined", introduction, actor=actor, at=at)
    _write(mails.introduction_ended, introduction, _others(side), at=at)


def withdraw(
    introduction: Introduction, *, side: Side, actor: User, at: datetime
) -> None:
    """Takes a proposal back, for the side that agreed or the office."""
    introduction = locked(introduction)
    _require(introduction, Act.WITHDRAW, side=side, actor=actor)
    _end(introduction, Act.WITHDRAW, at=at)

    record("introduction.withdrawn", introduction, actor=actor, at=at)
    _write(mails.introduction_ended, introduction, _others(side), at=at)


def expire_introductions(*, at: datetime) -> int:
    """Ends what nobody answered in time and says how many."""
    overdue = overdue_introductions(at)
    for introduction in overdue:
        _end(introduction, Act.EXPIRE, at=at)
        record("introduction.expired", introduction, actor=None, at=at)
        _write(mails.introduction_ended, introduction, _BOTH, at=at)
    return len(overdue)


def remind_silent_sides(*, at: datetime) -> int:
    """Reminds who has not answered, once at each of the two days; says how many."""
    count = 0
    for introduction in db.session.scalars(due_introductions()):
        left = (day_of(introduction.due_at) - day_of(at)).days
        due = sum(left <= days for days in REMINDERS)
        if due > introduction.reminded_count:
            introduction.reminded_count = due
            _remind(introduction, at=at)
            count += 1
    return count


def _remind(introduction: Introduction, *, at: datetime) -> None:
    """Writes to the sides that have not answered, to whom wants to be reminded."""
    for side in _silent(introduction):
        letter = mails.introduction_reminder(
            introduction, to_provider=side is Side.PROVIDER
        )
        members = addresses_of(_party(introduction, side))
        queue(letter, willing(members, Notice.INTRODUCTIONS), at=at)


def _number(organisation: Organisation) -> int:
    return organisation.id


_BOTH = (Side.PROVIDER, Side.COMPANY)


def _say_yes(introduction: Introduction, side: Side, *, at: datetime) -> None:
    if side is Side.PROVIDER:
        introduction.provider_ok_at = at
    else:
        introduction.company_ok_at = at
    introduction.state = MOVES[introduction.state, Act.AGREE].to


def _end(introduction: Introduction, act: Act, *, at: datetime) -> None:
    introduction.state = MOVES[introduction.state, act].to
    introduction.ended_at = at


def _prolong(introduction: Introduction, *, at: datetime) -> None:
    """Leaves the other side a week after the first yes, at most 21 days in all."""
    longest = days_after(introduction.created_at, LONGEST_DAYS)
    introduction.due_at = min(
        longest, max(introduction.due_at, days_after(at, AFTER_HALF))
    )


def _require(introduction: Introduction, act: Act, *, side: Side, actor: User) -> None:
    if side not in sides_of(actor, introduction):
        raise Refusal(_("Das entscheiden die beiden Seiten."))
    if not can_act(side, introduction, act):
        raise Refusal(_("Das geht nicht mehr. Sehen Sie sich den neuen Stand an."))


def _require_in_time(introduction: Introduction, *, at: datetime) -> None:
    if at > introduction.due_at:
        raise Refusal(_("Die Frist ist vorbei. Schlagen Sie sich neu vor."))


def _require_possible(introduction: Introduction, *, at: datetime) -> None:
    provider, company = introduction.provider, introduction.company
    if provider is company:
        raise Refusal(_("Das sind Sie selbst. Wählen Sie ein anderes Gegenüber."))
    is_public = introduction.offer.state is PostingState.PUBLISHED
    if not are_known(introduction) or not is_public:
        raise Refusal(_("Vorgestellt wird nur, was geprüft und öffentlich ist."))
    past = past_of_pair(provider.id, company.id)
    if past and is_live(past):
        raise Refusal(_("Sie sind schon im Gespräch. Sehen Sie sich den Stand an."))
    if past and are_contacts_open(past):
        raise Refusal(
            _("Sie kennen sich schon. Die Kontakte stehen unter „Vorstellungen“.")
        )
    if past and is_too_soon(past, at):
        raise Refusal(_("Sie haben vor Kurzem angefragt. Warten Sie noch etwas."))
    _require_capacity(introduction)


def _require_capacity(introduction: Introduction) -> None:
    side = introduction.proposed_by
    incoming = live_incoming_counts()
    for other in _others(side):
        who = _party(introduction, other)
        if incoming.get(who.id, 0) >= who.capacity:
            raise Refusal(
                _("%(name)s hat gerade genug Anfragen.", name=who.name)
                + " "
                + _("Versuchen Sie es in zwei Wochen wieder.")
            )
    if side is Side.COORDINATION:
        return
    by_offer = side is Side.PROVIDER
    outgoing = live_outgoing_count(
        offer_id=introduction.offer.id if by_offer else None,
        site_id=None if by_offer else introduction.site.id,
    )
    if outgoing >= value_of(Setting.MOST_OUTGOING_INTRODUCTIONS):
        raise Refusal(_("Zu viele Anfragen sind offen. Warten Sie eine Antwort ab."))


def _party(introduction: Introduction, side: Side) -> Organisation:
    return introduction.provider if side is Side.PROVIDER else introduction.company


def _others(side: Side) -> tuple[Side, ...]:
    return tuple(other for other in _BOTH if other is not side)


def _silent(introduction: Introduction) -> tuple[Side, ...]:
    return tuple(side for side in _BOTH if not has_agreed(introduction, side))


def _write(
    letter: Callable[..., Letter],
    introduction: Introduction,
    sides: tuple[Side, ...],
    *,
    at: datetime,
) -> None:
    for side in sides:
        words = letter(introduction, to_provider=side is Side.PROVIDER)
        queue(words, addresses_of(_party(introduction, side)), at=at)

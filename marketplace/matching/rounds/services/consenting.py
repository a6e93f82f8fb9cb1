"""A guardian and the named list of companies of one pupil."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import update

from marketplace.encounters.applications.enums import ApprovalWay
from marketplace.encounters.applications.rules import TEXT_VERSION, same_mailbox
from marketplace.encounters.applications.services.holding import (
    MOST_FAMILIES,
    SIGNAL_WINDOW,
    Signature,
)
from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.foundation.tokens import hash_of
from marketplace.matching.rounds import mails
from marketplace.matching.rounds.models import RoundConsent, RoundEntry
from marketplace.matching.rounds.queries.entries import families_of
from marketplace.matching.rounds.rules import (
    is_coordinator,
    is_minor,
    people_at_home,
    takes_wishes,
)
from marketplace.people.accounts.models import User
from marketplace.people.accounts.queries import is_of_a_pupil
from marketplace.people.organisations.models import Organisation
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import queue, recall

# A guardian's box is not filled by who saves a list again and again.
PAUSE = timedelta(minutes=10)
ORIGIN_KEPT = timedelta(days=1)


def companies_of(entry: RoundEntry) -> list[Organisation]:
    """The companies on a list, each once, in the order of the list."""
    firms = (wish.seat.period.internship.organisation for wish in entry.wishes)
    return list(dict.fromkeys(firms))


def unanswered(entry: RoundEntry) -> list[Organisation]:
    """The companies that somebody at home has still to say something about."""
    missing = {
        firm
        for one in people_at_home(entry)
        for firm in unanswered_by(entry, one.no)
        if one.name
    }
    return [firm for firm in companies_of(entry) if firm in missing]


def unanswered_by(entry: RoundEntry, number: int) -> list[Organisation]:
    """The companies that one of those at home has not said anything about yet."""
    said = {it.organisation_id for it in entry.consents if it.guardian_no == number}
    return [firm for firm in companies_of(entry) if firm.id not in said]


def ask_guardian(
    entry: RoundEntry, *, asked_from: str, actor: User, at: datetime
) -> None:
    """Sends the list of companies home, with a link; the links before it end.

    `asked_from` is where the pupil sits, kept as a hash for a day. Refuses an empty
    list, and a second letter within minutes.
    """
    entry = locked(entry)
    if actor.id != entry.pupil_id or not takes_wishes(entry, at):
        raise Refusal(_("Die Listen sind geschlossen."))
    if not is_minor(entry.pupil, day_of(at)):
        raise Refusal(_("Seit deinem 18. Geburtstag muss niemand mehr zustimmen."))
    if not unanswered(entry):
        raise Refusal(_("Über jeden Betrieb auf deiner Liste ist schon entschieden."))
    if entry.asked_at and at - entry.asked_at < PAUSE:
        raise Refusal(_("Der Brief ist gerade erst abgegangen. Warte zehn Minuten."))
    entry.asked_at, entry.asked_from_hash = at, hash_of(asked_from)
    recall(mails.CONSENT, entry.id, at=at)
    for one in people_at_home(entry):
        firms = [firm.name for firm in unanswered_by(entry, one.no)]
        if firms and one.address:
            letter = mails.consent_asked(entry, firms, one.name, at=at)
            queue(letter, [one.address], at=at)
    record("round.consent_asked", entry, actor=actor, at=at)


def answer_list(
    entry: RoundEntry,
    granted: Collection[int],
    signature: Signature,
    *,
    at: datetime,
) -> None:
    """Notes yes for the chosen companies and no for the others on the list.

    A later answer replaces the one before. Signals that the pupil answered herself do
    not refuse: they put the yes before the office. Companies learn nothing here.
    """
    if not is_minor(entry.pupil, day_of(at)):
        raise Refusal(_("Seit dem 18. Geburtstag braucht es keine Freigabe mehr."))
    if not takes_wishes(entry, at):
        raise Refusal(_("Die Runde ist geschlossen. Jetzt ändert das nichts mehr."))
    entry = locked(entry)
    number = signature.guardian_no
    is_odd = _is_odd(entry, signature, at=at)
    own = (one for one in entry.consents if one.guardian_no == number)
    known = {consent.organisation_id: consent for consent in own}
    for firm in companies_of(entry):
        is_granted = firm.id in granted
        if not is_granted and signature.way is ApprovalWay.PAPER:
            continue  # it may have come onto the list after the sheet was printed
        is_held = is_granted and (is_odd or _works_for(firm, signature, entry))
        consent = known.get(firm.id) or RoundConsent(
            organisation_id=firm.id, guardian_no=number
        )
        _put(consent, signature, is_granted=is_granted, is_held=is_held, at=at)
        if firm.id not in known:
            entry.consents.append(consent)
    if address := people_at_home(entry)[number - 1].address:
        recall(mails.CONSENT, entry.id, recipient=address, at=at)
    record("round.consent_answered", entry, actor=signature.user, at=at)
    queue(mails.consent_given(entry), [entry.pupil.email], at=at)


def release_consents(
    consents: Sequence[RoundConsent], *, actor: User, at: datetime
) -> None:
    """Lets held approvals count, after the office has talked to the guardian."""
    if not is_coordinator(actor) or not consents:
        raise Refusal(_("Hier wird nichts zurückgehalten."))
    for consent in consents:
        consent.is_held = False
    record("round.consent_released", consents[0].entry, actor=actor, at=at)


def forget_origins(*, at: datetime) -> None:
    """Forgets after a day where a list was sent home from."""
    db.session.execute(
        update(RoundEntry)
        .where(
            RoundEntry.asked_from_hash.is_not(None),
            RoundEntry.asked_at < at - ORIGIN_KEPT,
        )
        .values(asked_from_hash=None)
    )


def _put(
    consent: RoundConsent,
    signature: Signature,
    *,
    is_granted: bool,
    is_held: bool,
    at: datetime,
) -> None:
    consent.is_granted, consent.is_held = is_granted, is_held
    consent.way, consent.at = signature.way, at
    consent.guardian_name, consent.address = signature.name, signature.address
    consent.user_id = signature.user.id if signature.user else None
    consent.signed_on, consent.text_version = signature.signed_on, TEXT_VERSION


def _is_odd(entry: RoundEntry, signature: Signature, *, at: datetime) -> bool:
    """Says whether it looks as if the pupil had answered for herself."""
    if signature.way is ApprovalWay.PAPER:
        return False
    is_same_place = (
        bool(signature.came_from)
        and hash_of(signature.came_from) == entry.asked_from_hash
        and entry.asked_at is not None
        and at - entry.asked_at <= SIGNAL_WINDOW
    )
    box = people_at_home(entry)[signature.guardian_no - 1].address
    has_many = bool(box) and families_of(box) > MOST_FAMILIES
    is_pupil = is_of_a_pupil({box, same_mailbox(box)})
    return is_same_place or has_many or is_pupil or signature.is_own_browser


def _works_for(firm: Organisation, signature: Signature, entry: RoundEntry) -> bool:
    """Says whether who answers works for the company."""
    members = [membership.user for membership in firm.memberships]
    boxes = {same_mailbox(user.email) for user in members}
    named = people_at_home(entry)[signature.guardian_no - 1].address
    own = {same_mailbox(it) for it in (named, signature.address) if it}
    is_one = signature.user is not None and signature.user in members
    return is_one or bool(boxes & own)

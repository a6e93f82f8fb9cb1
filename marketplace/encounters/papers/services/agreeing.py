"""An agreement is made, signed in turn, and made anew when the placement changes."""

from dataclasses import dataclass
from datetime import date, datetime

from marketplace.encounters.applications.enums import Side
from marketplace.encounters.applications.models import Application
from marketplace.encounters.papers import mails
from marketplace.encounters.papers.enums import AGREED, Party, SignatureWay
from marketplace.encounters.papers.models import Agreement, Signature
from marketplace.encounters.papers.queries import agreement_of, has_school_account
from marketplace.encounters.papers.rules import (
    can_witness,
    is_open,
    is_signed,
    is_turn_of,
    missing_parties,
)
from marketplace.encounters.papers.services.describing import (
    agreement_words,
    canonical,
    digest_of,
    still_said,
)
from marketplace.encounters.papers.services.writing import ask_next, tell_all
from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import recall


@dataclass(frozen=True, kw_only=True)
class SeenPaper:
    """A signature that stands on the printed agreement."""

    party: Party
    signed_by: str
    signed_on: date


def prepare_agreement(application: Application, *, at: datetime) -> Agreement | None:
    """Makes the agreement of a firm place, or its next version where it changed.

    Safe to do twice: what says the same stays, with its signatures, also where new
    agreements are worded differently. None where the place is not firm.
    """
    application = locked(application)
    if application.state not in AGREED:
        return None
    present = agreement_of(application)
    if present and present.words == still_said(present):
        return present
    if present:
        present.replaced_at = at
        recall(mails.AGREEMENT, present.id, at=at)
    words = canonical(agreement_words(application, since=at))
    agreement = Agreement(
        application=application,
        number=present.number + 1 if present else 1,
        made_at=at,
        words=words,
        digest=digest_of(words),
    )
    db.session.add(agreement)
    db.session.flush()  # the record and the link need its id
    record("agreement.made", agreement, actor=None, at=at)
    ask_next(agreement, at=at)
    return agreement


def sign(
    agreement: Agreement, party: Party, *, name: str, user: User | None, at: datetime
) -> None:
    """Signs a version with a typed name, in turn; refuses one that was replaced.

    Twice changes nothing.
    """
    agreement = locked(agreement)
    _require_open(agreement)
    if any(signature.party is party for signature in agreement.signatures):
        return
    has_school = has_school_account(agreement.application)
    if not is_turn_of(party, agreement, day_of(at), has_school_account=has_school):
        raise Refusal(_("Noch ist jemand anderes an der Reihe. Dann kommt ein Brief."))
    signature = Signature(party=party, way=SignatureWay.SCREEN, name=name, at=at)
    signature.user_id = user.id if user else None
    _add(agreement, signature, actor=user, at=at)


def enter_signature(
    agreement: Agreement, paper: SeenPaper, *, side: Side, actor: User, at: datetime
) -> None:
    """Notes that one party signed on paper, as whoever has seen it there.

    The order does not matter. Refuses a party that is not asked or has signed.
    """
    agreement = locked(agreement)
    _require_open(agreement)
    day = day_of(at)
    is_missing = paper.party in missing_parties(agreement, day)
    if not (is_missing and can_witness(side, agreement, day)):
        raise Refusal(_("Diese Unterschrift steht schon da oder ist nicht nötig."))
    signature = Signature(
        party=paper.party,
        way=SignatureWay.PAPER,
        name=paper.signed_by,
        at=at,
        user_id=actor.id,
        seen_by=actor.name,
        signed_on=paper.signed_on,
    )
    _add(agreement, signature, actor=actor, at=at)


def _add(
    agreement: Agreement, signature: Signature, *, actor: User | None, at: datetime
) -> None:
    agreement.signatures.append(signature)
    record(f"agreement.signed_{signature.party}", agreement, actor=actor, at=at)
    recall(mails.AGREEMENT, agreement.id, at=at)
    if is_signed(agreement, day_of(at)):
        tell_all(agreement, at=at)
    else:
        ask_next(agreement, at=at)


def _require_open(agreement: Agreement) -> None:
    if agreement.replaced_at:
        raise Refusal(_("Das Praktikum hat sich geändert. Es gibt eine neue Fassung."))
    if not is_open(agreement):
        raise Refusal(_("Hier ist nichts mehr zu unterschreiben."))

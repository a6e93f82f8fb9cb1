"""Claims: with a code at once, without one after a word of the office."""

from datetime import datetime

from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.accounts.queries import addresses_of_coordinators
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.rules import is_member, is_verified
from marketplace.people.organisations.services.claiming import (
    claim_organisation,
    unclaim_organisation,
)
from marketplace.postings.lives.models import Posting
from marketplace.stewardship.claims import mails
from marketplace.stewardship.claims.enums import CLAIM, ClaimState
from marketplace.stewardship.claims.models import Claim, ClaimLetter
from marketplace.stewardship.claims.queries import claim_asked_by, granted_claim_of
from marketplace.stewardship.claims.rules import (
    can_claim,
    is_claimable,
    is_undoable,
    is_valid,
)
from marketplace.stewardship.claims.services.drafts import (
    drop_drafts,
    has_own_postings,
    make_drafts,
)
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import queue, recall


def claim_with_letter(letter: ClaimLetter, *, actor: User, at: datetime) -> Claim:
    """Makes a person the owner of the organisation that a letter went to.

    Its hints become drafts; the office is asked to verify. Refuses a code that is used
    or too old, and whoever acts for no organisation.
    """
    if not can_claim(actor):
        raise Refusal(_("Übernehmen geht mit dem Konto einer Organisation."))
    organisation = locked(letter.organisation)
    _require_free(organisation)
    if not is_valid(letter, at):
        raise Refusal(_("Dieser Code gilt nicht mehr."))
    claim_organisation(organisation, founder=actor, writer=letter.made_by, at=at)
    letter.claimed_at = at
    recall(CLAIM, letter.id, at=at)
    claim = Claim(
        organisation=organisation,
        claimant=organisation,
        user=actor,
        letter_id=letter.id,
        asked_at=at,
    )
    _grant(claim, actor=actor, at=at)
    return claim


def ask_for_claim(
    hint: Posting, claimant: Organisation, *, actor: User, at: datetime
) -> Claim:
    """Asks the office for what lists say of an organisation; twice is one question.

    Refuses who is no member of a verified organisation, and what has people already.
    """
    if not (is_member(actor, claimant) and is_verified(claimant)):
        raise Refusal(_("Das können Mitglieder einer geprüften Organisation."))
    organisation = locked(hint.organisation)
    _require_free(organisation)
    claim = claim_asked_by(organisation, claimant)
    if claim:
        return claim
    claim = Claim(organisation=organisation, claimant=claimant, user=actor, asked_at=at)
    db.session.add(claim)
    db.session.flush()  # the record needs its id

    record("claim.asked", claim, actor=actor, at=at)
    queue(mails.claim_asked(claim), addresses_of_coordinators(), at=at)
    return claim


def grant_claim(claim: Claim, *, actor: User, at: datetime) -> None:
    """Gives the drafts to the organisation that asked, and tells its member."""
    locked(claim.organisation)
    _require_asked(claim)
    _require_free(claim.organisation)
    _grant(claim, actor=actor, at=at)
    queue(mails.claim_granted(claim), [claim.user.email], at=at)


def refuse_claim(claim: Claim, words: str, *, actor: User, at: datetime) -> None:
    """Says no, with a reason that the member reads."""
    _require_asked(claim)
    if not words.strip():
        raise Refusal(_("Schreiben Sie, warum nicht."))
    claim.state, claim.decided_at = ClaimState.REFUSED, at

    record("claim.refused", claim, actor=actor, at=at)
    queue(mails.claim_refused(claim, words.strip()), [claim.user.email], at=at)


def undo_claim(claim: Claim, *, actor: User, at: datetime) -> None:
    """Takes a claim back: its drafts go, its hints stay. Refuses once one was public.

    An organisation that got its people by this claim is known by name alone again,
    unless it has written something of its own meanwhile.
    """
    organisation = locked(claim.organisation)
    if not is_undoable(claim):
        raise Refusal(_("Zurücknehmen lässt sich, was übernommen ist."))
    drop_drafts(organisation, actor=actor, at=at)
    if claim.claimant is organisation:
        if has_own_postings(organisation):
            raise Refusal(_("Die Organisation hat schon Eigenes geschrieben."))
        unclaim_organisation(organisation, actor=actor, at=at)
    claim.state, claim.decided_at = ClaimState.UNDONE, at

    record("claim.undone", claim, actor=actor, at=at)
    queue(mails.claim_undone(claim), [claim.user.email], at=at)


def _grant(claim: Claim, *, actor: User, at: datetime) -> None:
    claim.state, claim.decided_at = ClaimState.GRANTED, at
    db.session.add(claim)
    db.session.flush()  # the record needs its id
    record("claim.granted", claim, actor=actor, at=at)
    make_drafts(claim.organisation, claim.claimant, actor=claim.user, at=at)


def _require_asked(claim: Claim) -> None:
    if claim.state is not ClaimState.ASKED:
        raise Refusal(
            _("Darüber ist schon entschieden: %(state)s.", state=claim.state.label)
        )


def _require_free(organisation: Organisation) -> None:
    is_taken = granted_claim_of(organisation) is not None
    if is_taken or not is_claimable(organisation):
        raise Refusal(_("Das hat schon jemand übernommen."))

"""Chasing: the office asks an organisation whether a hint still holds."""

from datetime import datetime

from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.postings.lives.models import Posting
from marketplace.stewardship.claims import mails
from marketplace.stewardship.claims.models import Chase
from marketplace.stewardship.claims.queries import chase_by, open_chases_of
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import queue


def ask_to_chase(hint: Posting, *, actor: User, at: datetime) -> Chase:
    """Asks the office to find out about a hint; asking twice counts once.

    Who asked before and got an answer may ask again.
    """
    chase = chase_by(actor, hint)
    if chase and chase.done_at is None:
        return chase
    if chase is None:
        chase = Chase(kind=hint.kind, posting_key=hint.public_id, user_id=actor.id)
        db.session.add(chase)
    chase.asked_at, chase.done_at = at, None
    db.session.flush()  # the record needs its id
    record("chase.asked", chase, actor=actor, at=at)
    return chase


def note_chased(hint: Posting, words: str, *, actor: User, at: datetime) -> None:
    """Notes what came of it and tells all who asked; refuses if nobody did."""
    chases = open_chases_of(hint)
    if not chases:
        raise Refusal(_("Danach fragt gerade niemand."))
    if not words.strip():
        raise Refusal(_("Schreiben Sie, was dabei herauskam."))
    for chase in chases:
        chase.done_at = at
        record("chase.done", chase, actor=actor, at=at)
    letter = mails.hint_chased(hint, words.strip())
    queue(letter, [chase.user.email for chase in chases], at=at)

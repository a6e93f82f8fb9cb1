"""Whom an organisation does not want as partner, and when it wants it again.

The other side is told nothing: it reads what everybody reads who asks in vain.
"""

from datetime import datetime

from sqlalchemy import select

from marketplace.encounters.introductions.models import Unwanted
from marketplace.encounters.introductions.queries import (
    introductions_of_pair,
    unwanted_around,
)
from marketplace.encounters.introductions.rules import can_choose_for, is_live
from marketplace.foundation.database import db, locked_all
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.upkeep.audit.services import record


def leave_out(
    organisation: Organisation, other: Organisation, *, actor: User, at: datetime
) -> Unwanted:
    """Keeps two organisations apart, because the first does not want the other.

    Said twice it stays as it is. Refuses strangers, and while the two have an
    introduction that waits for an answer.
    """
    _require_choosing(organisation, actor)
    if organisation is other:
        raise Refusal(_("Das sind Sie selbst. Wählen Sie ein anderes Gegenüber."))
    # Who proposes the two at the same time waits here, and so does who says it twice.
    locked_all(Organisation, [organisation.id, other.id])
    if there := _between(organisation, other):
        return there
    one, two = organisation.id, other.id
    met = [*introductions_of_pair(one, two), *introductions_of_pair(two, one)]
    if any(map(is_live, met)):
        raise Refusal(
            _("Zwischen den beiden läuft noch eine Vorstellung. Beenden Sie sie erst.")
        )
    unwanted = Unwanted(organisation=organisation, other=other, since_at=at)
    db.session.add(unwanted)
    db.session.flush()
    record("partner.left_out", unwanted, actor=actor, at=at)
    return unwanted


def take_in_again(
    organisation: Organisation, other: Organisation, *, actor: User, at: datetime
) -> None:
    """Lets two be brought together again; said twice it stays as it is.

    What the other side wants is not touched. Refuses strangers.
    """
    _require_choosing(organisation, actor)
    locked_all(Organisation, [organisation.id, other.id])
    if there := _between(organisation, other):
        record("partner.taken_in", there, actor=actor, at=at)
        db.session.delete(there)
        db.session.flush()


def forget_choices(organisation: Organisation) -> None:
    """Drops whom an organisation does not want, and who does not want it."""
    for unwanted in unwanted_around(organisation):
        db.session.delete(unwanted)


def _require_choosing(organisation: Organisation, actor: User) -> None:
    if not can_choose_for(actor, organisation):
        raise Refusal(_("Das entscheidet nur, wer zur Organisation gehört."))


def _between(organisation: Organisation, other: Organisation) -> Unwanted | None:
    query = select(Unwanted).where(
        Unwanted.organisation_id == organisation.id, Unwanted.other_id == other.id
    )
    return db.session.scalar(query)

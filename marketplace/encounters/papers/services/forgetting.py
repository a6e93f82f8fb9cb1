"""What papers leave behind: nothing but the hash of a check code, for five years."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, delete, select, update

from marketplace.encounters.papers.mails import AGREEMENT
from marketplace.encounters.papers.models import Agreement, Certificate
from marketplace.foundation.database import db
from marketplace.upkeep.mail.services import forget_all


def forget_papers(application_ids: Sequence[int]) -> None:
    """Forgets what the papers of some placements say, and the links to them.

    A certificate keeps the hash of its code: whoever asks learns that it was issued.
    """
    of_them = Agreement.application_id.in_(application_ids)
    forget_all(AGREEMENT, db.session.scalars(select(Agreement.id).where(of_them)).all())
    # Signatures go with their agreement.
    db.session.execute(delete(Agreement).where(of_them))
    certificates = update(Certificate).where(
        Certificate.application_id.in_(application_ids)
    )
    db.session.execute(certificates.values(words=None, application_id=None))


def codes_before(day: date) -> Select[Any]:
    """The numbers of certificates without words that were issued before a day."""
    query = select(Certificate.id).where(
        Certificate.issued_on < day, Certificate.words.is_(None)
    )
    return query.order_by(Certificate.id)


def forget_codes(ids: Sequence[int]) -> None:
    """Deletes check codes; whoever asks reads that they are unknown."""
    db.session.execute(delete(Certificate).where(Certificate.id.in_(ids)))

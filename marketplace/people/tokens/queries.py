from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from marketplace.foundation.database import db
from marketplace.foundation.tokens import hash_of
from marketplace.people.organisations.models import Organisation
from marketplace.people.tokens.models import AccessToken, Reservation


def token_with(secret: str) -> AccessToken | None:
    """The token of this secret, valid or not, with maker and organisation."""
    query = select(AccessToken).where(AccessToken.secret_hash == hash_of(secret))
    with_both = (joinedload(AccessToken.user), joinedload(AccessToken.organisation))
    return db.session.scalar(query.options(*with_both))


def token_by_id(number: int) -> AccessToken | None:
    """The token of this number."""
    return db.session.get(AccessToken, number)


def tokens_of(organisation: Organisation | None) -> Sequence[AccessToken]:
    """The tokens of an organisation, or of the office, that nobody revoked."""
    owner = organisation.id if organisation else None
    query = select(AccessToken).where(
        AccessToken.organisation_id.is_not_distinct_from(owner),
        AccessToken.revoked_at.is_(None),
    )
    query = query.options(joinedload(AccessToken.user)).order_by(AccessToken.id)
    return db.session.scalars(query).all()


def reservation_of(token: AccessToken, key: str) -> Reservation | None:
    """What a program sent under this key before."""
    return db.session.scalar(
        select(Reservation).where(
            Reservation.token_id == token.id, Reservation.key == key
        )
    )

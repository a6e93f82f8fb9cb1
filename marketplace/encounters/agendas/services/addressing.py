"""Making, renewing and ending the address."""

from datetime import datetime

from sqlalchemy import delete

from marketplace.encounters.agendas.models import Agenda
from marketplace.encounters.agendas.queries import agenda_of
from marketplace.foundation.database import db, locked
from marketplace.foundation.tokens import hash_of, new_token
from marketplace.people.accounts.models import User
from marketplace.upkeep.audit.services import record


def make_address(user: User, *, at: datetime) -> Agenda:
    """Gives a person a new address; what stood at an older one ends at once."""
    locked(user)
    agenda = agenda_of(user) or Agenda(user_id=user.id)
    token = new_token()
    agenda.token, agenda.token_hash, agenda.made_at = token, hash_of(token), at
    db.session.add(agenda)
    db.session.flush()  # the record needs its id
    record("agenda.made", agenda, actor=user, at=at)
    return agenda


def end_address(user: User, *, at: datetime) -> None:
    """Ends a person's address; twice does no harm."""
    agenda = agenda_of(user)
    if agenda:
        record("agenda.ended", agenda, actor=user, at=at)
        db.session.delete(agenda)


def forget_agenda(user_id: int) -> None:
    """Drops the address of a person who leaves."""
    db.session.execute(delete(Agenda).where(Agenda.user_id == user_id))

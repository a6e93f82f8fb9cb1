"""How an account begins: opened, confirmed by letter, described."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import format_date
from sqlalchemy.exc import IntegrityError

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.enums import Role, SchoolKind
from marketplace.people.accounts.mails import ADDRESS, account_exists, confirm_address
from marketplace.people.accounts.models import Pupil, User
from marketplace.people.accounts.queries import user_by_email
from marketplace.people.accounts.rules import (
    YOUNGEST,
    birthday,
    is_confirmed,
    is_old_enough,
)
from marketplace.people.accounts.services.letters import followed, send
from marketplace.people.accounts.services.passwords import hashed, require_strong
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import Topic
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import use_link


@dataclass(frozen=True, kw_only=True)
class AccountEntry:
    """What a person enters to open an account; pupils add the birth date."""

    email: str
    first_name: str
    surname: str
    password: str
    born_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class PupilEntry:
    """What a pupil tells of herself; all of it may stay open."""

    class_level: int | None = None
    school_state: FederalState | None = None
    school_kind: SchoolKind | None = None
    school_name: str = ""
    town: str = ""
    interests: frozenset[Topic] = frozenset()


def register(entry: AccountEntry, *, role: Role, at: datetime) -> User | None:
    """Opens an account and asks for the address; None where there is one already.

    To whoever asks, both look the same; the owner of the address gets a letter.
    Refuses a weak password, and children under 13.
    """
    require_strong(entry.password, about=(entry.first_name, entry.surname, entry.email))
    if entry.born_on and not is_old_enough(entry.born_on, day_of(at)):
        day = format_date(birthday(entry.born_on, YOUNGEST), "long")
        raise Refusal(
            _("Ein Konto geht ab 13 Jahren, für dich ab %(day)s.", day=day)
            + " "
            + _("Praktika und Angebote ansehen kannst du schon jetzt.")
        )
    existing = user_by_email(entry.email)
    if existing:
        hashed(entry.password)  # so that it takes as long
        send(account_exists(existing), existing, at=at)
        return None
    try:
        with db.session.begin_nested():
            user = open_account(entry, role=role, at=at)
    except IntegrityError:  # somebody took the address in this very instant
        return None
    send(confirm_address(user, at=at), user, at=at)
    return user


def open_account(entry: AccountEntry, *, role: Role, at: datetime) -> User:
    """Adds an account whose address is not confirmed; it must be new."""
    return add_account(entry, hashed(entry.password), role=role, at=at)


def add_account(entry: AccountEntry, kept: str, *, role: Role, at: datetime) -> User:
    """The same with what is kept of the password, where that is known already."""
    user = User(
        email=entry.email.strip().lower(),
        first_name=entry.first_name.strip(),
        surname=entry.surname.strip(),
        role=role,
        password_hash=kept,
        opened_at=at,
    )
    if entry.born_on:
        user.pupil = Pupil(birth_on=entry.born_on)
    db.session.add(user)
    db.session.flush()  # the record needs its id

    record("account.opened", user, actor=user, at=at)
    return user


def send_confirmation_again(user: User, *, at: datetime) -> None:
    """Sends a new link to an address that is not confirmed yet."""
    if not is_confirmed(user):
        send(confirm_address(user, at=at), user, at=at)


def confirm(token: str, *, at: datetime) -> User:
    """Confirms an address by the link of the letter; twice does no harm."""
    link, user = followed(ADDRESS, token)
    if is_confirmed(user):
        return user
    if not use_link(link, at=at):
        raise Refusal(
            _("Dieser Link ist abgelaufen.")
            + " "
            + _("Nach dem Anmelden lässt sich ein neuer schicken.")
        )
    user.confirmed_at = at

    record("account.confirmed", user, actor=user, at=at)
    return user


def describe_pupil(user: User, entry: PupilEntry, *, at: datetime) -> None:
    """Keeps what a pupil tells of herself; refuses who is none.

    A school of another name is no longer the one that was chosen from the list.
    """
    if user.pupil is None:
        raise Refusal(_("Das ist kein Konto einer Schülerin oder eines Schülers."))
    if entry.school_name != user.pupil.school_name:
        user.pupil.school_id = None
    for name, value in vars(entry).items():
        setattr(user.pupil, name, value)

    record("account.described", user, actor=user, at=at)

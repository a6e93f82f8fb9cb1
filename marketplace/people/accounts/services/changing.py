"""What a person changes of her own account: address, language, optional letters."""

from datetime import datetime

from marketplace.foundation.language import LANGUAGES, _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.enums import NOTICES, Notice
from marketplace.people.accounts.mails import (
    NEW_ADDRESS,
    PASSWORD,
    account_exists,
    address_asked,
    address_changed,
    confirm_new_address,
)
from marketplace.people.accounts.models import User
from marketplace.people.accounts.queries import user_by_email
from marketplace.people.accounts.services.letters import DAY, MOST_A_DAY, followed
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.queries import count_of_letters
from marketplace.upkeep.mail.services import queue, recall, use_link


def ask_for_new_address(user: User, email: str, *, at: datetime) -> None:
    """Sends a link to the new address and a word to the old one.

    Whether the new one has an account already, only its own owner learns.
    """
    address = email.strip().lower()
    if address == user.email:
        raise Refusal(_("Das ist die jetzige Adresse. Bitte eine andere eingeben."))
    if count_of_letters("address_asked", user.email, since=at - DAY) >= MOST_A_DAY:
        raise Refusal(_("Heute geht das nicht mehr. Bitte morgen noch einmal."))
    recall(NEW_ADDRESS, user.id, at=at)
    user.new_email = address
    owner = user_by_email(address)
    letter = account_exists(owner) if owner else confirm_new_address(user, at=at)

    record("account.address_asked", user, actor=user, at=at)
    queue(letter, [address], at=at)
    queue(address_asked(user), [user.email], at=at)


def take_new_address(token: str, *, at: datetime) -> User:
    """Puts the new address in place, by the link of its letter; twice does no harm."""
    link, user = followed(NEW_ADDRESS, token)
    if user.email == link.recipient:
        return user
    is_asked = user.new_email == link.recipient
    if not is_asked or user_by_email(link.recipient) or not use_link(link, at=at):
        raise Refusal(
            _("Dieser Link gilt nicht mehr.")
            + " "
            + _("Im Konto lässt sich die Adresse noch einmal ändern.")
        )
    # A link that still lies in the old mailbox opens nothing any more.
    recall(PASSWORD, user.id, at=at)
    old, user.email, user.new_email = user.email, link.recipient, None

    record("account.address_changed", user, actor=user, at=at)
    queue(address_changed(user), [old], at=at)
    return user


def choose_language(user: User, language: str, *, at: datetime) -> None:
    """Keeps the language of a person's pages."""
    if language not in LANGUAGES:
        raise Refusal(_("Diese Sprache gibt es hier nicht."))
    user.language = language

    record("account.language_chosen", user, actor=user, at=at)


def choose_notices(user: User, wanted: frozenset[Notice], *, at: datetime) -> None:
    """Keeps which of the optional letters a person wants."""
    user.muted_notices = frozenset(NOTICES.get(user.role, ())) - wanted

    record("account.notices_chosen", user, actor=user, at=at)

from datetime import datetime, timedelta

from marketplace.foundation.clock import days_after
from marketplace.foundation.language import in_german as _
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.upkeep.mail.models import Letter, LinkRequest

# What the links in letters are good for.
ADDRESS, PASSWORD, NEW_ADDRESS = "address", "password", "new_address"
ADDRESS_DAYS = 14
PASSWORD_TIME = timedelta(minutes=60)


def confirm_address(user: User, *, at: datetime) -> Letter:
    """Asks a new person to follow a link, so that the address is hers."""
    until = days_after(at, ADDRESS_DAYS)
    link = LinkRequest(ADDRESS, user.id, "accounts.confirm_address", until)
    subject = _("Bitte bestätigen: Ihre Adresse bei der MINT-Börse")
    if user.role is Role.PUPIL:
        subject = _("Bitte bestätigen: Deine Adresse bei der MINT-Börse")
    return Letter("confirm_address", subject, _words(user), link)


def password_reset(user: User, *, at: datetime) -> Letter:
    """Brings a link to choose a new password, good for an hour."""
    link = LinkRequest(PASSWORD, user.id, "accounts.reset", at + PASSWORD_TIME)
    return Letter("password_reset", _("Neues Passwort wählen"), _words(user), link)


def account_exists(user: User) -> Letter:
    """Tells somebody who registers again that there is an account already."""
    subject = _("Es gibt schon ein Konto mit dieser Adresse")
    return Letter("account_exists", subject, _words(user))


def password_changed(user: User) -> Letter:
    """Tells a person that her password is new, in case it was not her."""
    return Letter("password_changed", _("Das Passwort ist geändert"), _words(user))


def confirm_new_address(user: User, *, at: datetime) -> Letter:
    """Brings a link to the new address, so that it is hers."""
    until = days_after(at, ADDRESS_DAYS)
    link = LinkRequest(NEW_ADDRESS, user.id, "own.confirm_new_address", until)
    subject = _("Neue Adresse bestätigen")
    return Letter("confirm_new_address", subject, _words(user), link)


def address_asked(user: User) -> Letter:
    """Tells the old address that a new one was entered, in case it was not her."""
    subject = _("Ihre Adresse soll sich ändern")
    if user.role is Role.PUPIL:
        subject = _("Deine Adresse soll sich ändern")
    return Letter("address_asked", subject, _words(user))


def address_changed(user: User) -> Letter:
    """Tells the old address that it no longer belongs to the account."""
    subject = _("Ihre Adresse ist geändert")
    if user.role is Role.PUPIL:
        subject = _("Deine Adresse ist geändert")
    return Letter("address_changed", subject, _words(user))


def account_disabled(user: User, reason: str) -> Letter:
    """Tells a person that she cannot sign in for now, and why."""
    subject = _("Ihr Konto ist gesperrt")
    if user.role is Role.PUPIL:
        subject = _("Dein Konto ist gesperrt")
    return Letter("account_disabled", subject, _words(user) | {"reason": reason})


def account_enabled(user: User, reason: str) -> Letter:
    """Tells a person that she can sign in again."""
    subject = _("Ihr Konto ist wieder offen")
    if user.role is Role.PUPIL:
        subject = _("Dein Konto ist wieder offen")
    return Letter("account_enabled", subject, _words(user) | {"reason": reason})


def second_factor_changed(user: User, change: str) -> Letter:
    """Tells what became of the second factor: "on", "off" or "codes"."""
    subject = _("Der zweite Faktor ist geändert")
    return Letter("second_factor_changed", subject, _words(user) | {"change": change})


def _words(user: User) -> dict[str, object]:
    return {"name": user.first_name, "is_pupil": user.role is Role.PUPIL}
